"""Every public page by section of the site; a test fails for a public route missing here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.domain import help as answers
from app.domain.procedures import on_offer
from app.domain.text import N_
from app.presenters.public import entry_points, help_questions
from app.web.localisation.language import gettext as _


@dataclass(frozen=True)
class Place:
    """A section of the site and its pages: (endpoint, title)."""

    title: str
    pages: tuple[tuple[str, str], ...]


PLACES = (
    Place(
        N_("Demander un titre de séjour"),
        (
            ("accueil.home", N_("Accueil")),
            ("orientation.ask", N_("Quelle démarche pour moi ?")),
            ("accueil.procedures", ""),
            ("accueil.presentation", ""),
            ("accueil.my_list", ""),
            ("accueil.documents", ""),
        ),
    ),
    Place(
        N_("Votre compte"),
        (
            ("compte.sign_in", N_("Se connecter")),
            ("compte.identify", N_("Créer votre compte")),
            ("compte.identify_visa", N_("Créer votre compte avec un visa")),
            ("compte.follow", N_("Suivre ma demande sans numéro étranger")),
            ("compte.forgotten", N_("Mot de passe oublié")),
            ("compte.lost", N_("Changer d’adresse e-mail sans accès à l’ancienne")),
        ),
    ),
    Place(
        N_("Vérifier"),
        (
            ("attestations.verify", N_("Vérifier une attestation")),
            ("aide.recognise", N_("Reconnaître une attestation")),
            ("embauche.start", N_("Vérifier avant d’embaucher")),
            ("embauche.certificate", N_("J’embauche : attestation")),
            ("embauche.card", N_("J’embauche : carte de séjour")),
            ("embauche.read", N_("Relire un reçu")),
        ),
    ),
    Place(
        N_("Aide"),
        (
            ("aide.contact", N_("Une question, un blocage ?")),
            ("aide.write", N_("Écrire au service")),
            ("aide.blocked", N_("Je n’arrive pas à avancer")),
            ("aide.questions", N_("Questions fréquentes")),
            ("aide.question", ""),
            ("aide.service", N_("Quel service ?")),
            ("aide.fees", N_("Les tarifs")),
            ("aide.terms", N_("Les mots de l’administration")),
        ),
    ),
    Place(
        N_("À propos de ce site"),
        (
            ("aide.site_map", N_("Plan du site")),
            ("aide.accessibility", N_("Accessibilité : non conforme")),
            ("aide.privacy", N_("Données personnelles")),
            ("aide.legal", N_("Mentions légales")),
            ("aide.council", N_("Ce que le Conseil d’État a demandé le 5 mai 2026, et où c’est ici")),
        ),
    ),
    Place(N_("Agents des préfectures"), (("instruction.sign_in", N_("Se connecter")),)),
)

# Public routes that are not listed: later steps of a process, files, probes.
INSIDE = frozenset(
    {
        "root",
        "alive",
        "readiness",
        "figures",
        "agents.recovery_code",
        "agents.invitation",
        "agents.authenticator",
        "agents.forgotten",
        "agents.reset",
        "aide.written",
        "aide.certificate",
        "compte.email",
        "compte.verify",
        "compte.password",
        "compte.enter",
        "compte.passkey",
        "compte.enter_by_link",
        "compte.lost_visa",
        "compte.lost_sent",
        "compte.lost_done",
        "compte.lost_stopped",
        "compte.lost_confirm",
        "suivi.address_confirm",
        "compte.lost_stop",
        "compte.reset",
        "attestations.words",
        "embauche.receipt",
        "embauche.receipt_pdf",
        "published.attestation_keys",
        "published.worker",
        "instruction.second_factor",
        "published.robots",
        "published.security",
        "accueil.my_list_pdf",
        "accueil.documents_list",
        "orientation.dates",
        "orientation.reminder",
        "orientation.confirm",
    }
)


def sections() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the title of each section and its pages: (URL, title)."""
    return [(_(place.title), [link for page in place.pages for link in _links(*page)]) for place in PLACES]


def _links(endpoint: str, title: str) -> Iterator[tuple[str, str]]:
    if title:
        yield url_for(endpoint), _(title)
        return
    for values, text in _each(endpoint):
        yield url_for(endpoint, **values), text


def _each(endpoint: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the URL values and title of each page of a route with several."""
    if endpoint == "aide.question":
        for line in help_questions.lines(answers.ENTRIES):
            yield {"key": line.key}, line.question
        return
    if endpoint == "accueil.procedures":
        for way in entry_points.ENTRY_POINTS:
            yield {"way": way.slug}, _(way.title)
        return
    for journey in on_offer():
        title = _(journey.title)
        if endpoint == "accueil.my_list":
            title = _("%(procedure)s : la liste de mes documents", procedure=title)
        if endpoint == "accueil.documents":
            title = _("%(procedure)s : tous les documents", procedure=title)
        yield {"procedure": journey.slug}, title
