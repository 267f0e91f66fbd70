"""Forms and texts of the administration: agents' accounts, services' texts, titles of the administration record.

An administrator sees no dossier; the administration record is apart from the dossiers', see storage.administration.
"""

from enum import StrEnum
from functools import cache
from typing import Any

from app.domain.agent_forms.words import Words
from app.domain.dossiers.ranks import RANK_TITLES, Rank
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Option, Question
from app.domain.rules.identifiers import is_site
from app.domain.text import N_, Problem, plain


class Access(StrEnum):
    """Whether an agent's account can sign in."""

    INVITED = "invited"  # has no password yet
    OPEN = "open"
    CLOSED = "closed"


ACCESS_TITLES: dict[Access, str] = {
    Access.INVITED: N_("Invité"),
    Access.OPEN: N_("Ouvert"),
    Access.CLOSED: N_("Fermé"),
}


class AdminAction(StrEnum):
    """The actions in the administration record."""

    INVITED = "invited"
    INVITED_AGAIN = "invited_again"
    CHANGED = "changed"
    CLOSED = "closed"
    OPENED = "opened"
    RESET = "reset"
    SERVICE = "service"
    ACCEPTED = "accepted"
    DECLINED = "declined"


ADMIN_ACTION_TITLES: dict[AdminAction, str] = {
    AdminAction.INVITED: N_("Compte créé, invitation envoyée"),
    AdminAction.INVITED_AGAIN: N_("Nouvelle invitation envoyée"),
    AdminAction.CHANGED: N_("Rang ou service changé"),
    AdminAction.CLOSED: N_("Accès fermé"),
    AdminAction.OPENED: N_("Accès rouvert"),
    AdminAction.RESET: N_("Second facteur réinitialisé"),
    AdminAction.SERVICE: N_("Textes du service changés"),
    AdminAction.ACCEPTED: N_("Compte accepté par une deuxième personne"),
    AdminAction.DECLINED: N_("Compte refusé par une deuxième personne, et fermé"),
}

CHANGE, CLOSE, OPEN, INVITE, RESET = "modifier", "fermer", "rouvrir", "inviter", "reinitialiser"

ACTS: dict[str, Words] = {
    CHANGE: Words(
        N_("Changer le rang ou le service"),
        N_("Changer le rang ou le service"),
        N_("Le changement vaut tout de suite. Les dossiers restent à leur service."),
        N_("C’est changé."),
    ),
    INVITE: Words(
        N_("Envoyer une nouvelle invitation"),
        N_("Envoyer une nouvelle invitation ?"),
        N_(
            "Un nouveau lien est envoyé par e-mail. Il est valable 72 heures. Le lien précédent ne marche "
            "plus."
        ),
        N_("L’invitation est envoyée."),
    ),
    RESET: Words(
        N_("Réinitialiser le second facteur"),
        N_("Réinitialiser le second facteur ?"),
        N_(
            "Pour une personne qui n’a plus son application ni ses codes de secours. Vérifiez d’abord que "
            "c’est bien elle qui demande. Ses sessions se ferment, et une nouvelle invitation lui est "
            "envoyée par e-mail."
        ),
        N_("Le second facteur est réinitialisé. Une nouvelle invitation est envoyée."),
        danger=True,
    ),
    CLOSE: Words(
        N_("Fermer l’accès"),
        N_("Fermer l’accès ?"),
        N_(
            "La personne est déconnectée et ne peut plus se connecter. Ce qu’elle a fait reste dans les "
            "dossiers."
        ),
        N_("L’accès est fermé."),
        danger=True,
    ),
    OPEN: Words(
        N_("Rouvrir l’accès"),
        N_("Rouvrir l’accès ?"),
        N_(
            "La personne se connecte de nouveau avec son mot de passe et son application. Si elle ne "
            "s’était jamais connectée, une invitation est envoyée."
        ),
        N_("L’accès est rouvert."),
    ),
}

# Actions possible on an account, in the order of the page.
OFFERED: dict[Access, tuple[str, ...]] = {
    Access.INVITED: (CHANGE, INVITE, CLOSE),
    Access.OPEN: (CHANGE, RESET, CLOSE),
    Access.CLOSED: (OPEN,),
}

_RANK_HINTS = {
    Rank.AGENT: N_("Instruit les dossiers de son service."),
    Rank.SUPERVISOR: N_("Instruit, et encadre son service."),
    Rank.ADMINISTRATOR: N_("Gère les comptes et les services. Ne voit aucun dossier."),
}

NO_SERVICE = Problem(N_("Choisissez le service de cette personne."))
TAKEN = Problem(N_("Cette adresse a déjà un compte."))
LAST = Problem(N_("C’est le dernier administrateur qui peut se connecter. Invitez-en un autre d’abord."))

Services = tuple[tuple[str, str], ...]  # code and name of each


@cache
def member_step(services: Services) -> Step:
    """Return the form for the rank and service of an agent; an administrator has no service."""
    return Step(CHANGE, ACTS[CHANGE].title, ACTS[CHANGE].sentence, _place(services))


@cache
def invitation_step(services: Services) -> Step:
    """Return the form of an invitation: name, address, rank and service."""
    return Step(
        "inviter",
        N_("Inviter une personne"),
        N_("Elle reçoit un lien par e-mail. Elle choisit elle-même son mot de passe et son second facteur."),
        (
            Question(
                "name",
                Kind.TEXT,
                N_("Nom affiché"),
                missing=N_("Écrivez le nom à afficher."),
                hint=N_("Les usagers ne le voient pas."),
                max_length=80,
            ),
            Question(
                "email",
                Kind.EMAIL,
                N_("Adresse e-mail professionnelle"),
                missing=N_("Écrivez l’adresse e-mail professionnelle."),
                max_length=254,
                width="w20",
            ),
            *_place(services),
        ),
    )


def _place(services: Services) -> tuple[Question, ...]:
    ranks = tuple(Option(str(rank), title, _RANK_HINTS[rank]) for rank, title in RANK_TITLES.items())
    return (
        Question("rank", Kind.CHOICE, N_("Rang"), missing=N_("Choisissez un rang."), options=ranks),
        Question(
            "service",
            Kind.SELECT,
            N_("Service"),
            hint=N_("Rien à choisir pour un administrateur."),
            required=False,
            options=tuple(Option(code, name) for code, name in services),
        ),
    )


def _site(value: Any, case: Case) -> Problem | None:
    if is_site(value):
        return None
    return Problem(N_("Écrivez l’adresse en entier, par exemple https://www.rhone.gouv.fr"))


SERVICE_TEXTS = Step(
    "textes",
    N_("Textes du service"),
    "",
    (
        Question(
            "collection_place",
            Kind.LONG_TEXT,
            N_("Où récupérer une carte"),
            missing=N_("Écrivez où récupérer une carte."),
            hint=N_("Proposé à l’agent qui prévient qu’une carte est prête, puis lu par l’usager."),
            max_length=300,
        ),
        Question(
            "help_place",
            Kind.LONG_TEXT,
            N_("Où se faire aider"),
            hint=N_("Le point d’accueil numérique (e-MERAUDE). Laissez vide s’il n’y en a pas."),
            required=False,
            max_length=300,
        ),
        Question(
            "site",
            Kind.TEXT,
            N_("Site"),
            required=False,
            checks=(_site,),
            normal=plain,
            max_length=200,
            width="w20",
        ),
    ),
)
