"""Templates of decision letters: a service's text with placeholders of a closed list.

There is no template language: a placeholder is replaced once, values are not searched for further ones, and the rest is
printed as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.dossiers.decisions import Outcome
from app.domain.text import N_, Problem

MOST = 8000  # characters of a template

# Each placeholder and the description of its value.
PLACEHOLDERS: Mapping[str, str] = {
    "nom": N_("prénoms et nom de la personne"),
    "reference": N_("référence de la demande"),
    "numero_etranger": N_("numéro étranger"),
    "demarche": N_("nom de la démarche"),
    "date_depot": N_("jour du dépôt"),
    "date_decision": N_("jour de la décision"),
    "service": N_("nom de votre service"),
    "ville": N_("ville de votre service"),
    "agent": N_("nom de l’agent qui décide"),
    "titre": N_("titre accordé, mention et dates ; ou ce qui est accordé, sans titre"),
    "montant": N_("ce qui sera payé pour la carte"),
    "motif": N_("motif choisi et mots de l’agent"),
    "textes": N_("textes appliqués"),
    "voies_de_recours": N_("comment contester, où et dans quel délai"),
}
_AGAINST = ("motif", "textes")
_OF_SOME: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.FAVOURABLE: ("titre", "montant"),
    Outcome.UNFAVOURABLE: _AGAINST,
    Outcome.CLOSED: _AGAINST,
}
# Placeholders without which a letter of a kind has no legal effect (CRPA L.211-5, L.212-1; CJA R.421-5).
OWED: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.FAVOURABLE: ("nom", "reference", "titre", "agent"),
    Outcome.UNFAVOURABLE: ("nom", "reference", "motif", "textes", "voies_de_recours", "agent"),
    Outcome.CLOSED: ("nom", "reference", "motif", "voies_de_recours", "agent"),
}


@dataclass(frozen=True)
class Head:
    """The head of a letter: service and city, applicant's name, reference of the application."""

    service: str
    city: str
    name: str
    reference: str


_MARK = re.compile(r"\{([^{}]*)\}")
_SOME = frozenset(name for names in _OF_SOME.values() for name in names)


def allowed(kind: Outcome) -> tuple[str, ...]:
    """Return the placeholders allowed in a kind of letter, in the order of PLACEHOLDERS."""
    return tuple(name for name in PLACEHOLDERS if name not in _SOME or name in _OF_SOME[kind])


def problem(text: str, kind: Outcome) -> Problem | None:
    """Return what is wrong with a template, or None."""
    names = _MARK.findall(text)
    if unknown := next((name for name in names if name not in allowed(kind)), None):
        return _unknown(unknown)
    if re.search("[{}]", _MARK.sub("", text)) or "" in names:
        return Problem(
            N_(
                "Une accolade { ou } est seule ou vide. Retirez-la, ou écrivez entre deux accolades un mot "
                "de la liste."
            )
        )
    if missing := [name for name in OWED[kind] if name not in names]:
        return Problem(
            N_("Il manque dans ce texte : %(words)s. Sans ces mots, la lettre n’est pas régulière."),
            {"words": ", ".join("{" + name + "}" for name in missing)},
        )
    return None


def _unknown(name: str) -> Problem:
    if name in _SOME:
        sentence = N_("« {%(name)s} » n’a pas de sens dans cette lettre. Retirez-le.")
    else:
        sentence = N_("« {%(name)s} » n’existe pas. Prenez un mot de la liste, écrit de la même façon.")
    return Problem(sentence, {"name": name[:60]})


def fill(text: str, values: Mapping[str, str]) -> list[list[str]]:
    """Return the paragraphs of a letter as lists of lines; a placeholder without value becomes empty."""
    filled = _MARK.sub(lambda match: values.get(match[1], ""), text.replace("\r\n", "\n"))
    return list(_paragraphs(filled))


def _paragraphs(text: str) -> Iterator[list[str]]:
    for block in re.split(r"\n\s*\n", text):
        if lines := [line.strip() for line in block.split("\n") if line.strip()]:
            yield lines


_OPENING = """Objet : votre demande {reference}

{nom},

Le {date_depot}, vous avez déposé une demande : {demarche}."""

_SIGNED = """Fait à {ville}, le {date_decision}.

Pour le préfet, {agent}
{service}"""

DEFAULTS: Mapping[Outcome, str] = {
    Outcome.FAVOURABLE: f"""{_OPENING}

Après examen, cette demande est acceptée : les conditions prévues par la loi sont remplies.

{{titre}}

{{montant}}

Si vous contestez cette décision, par exemple la durée ou la mention du titre :

{{voies_de_recours}}

{_SIGNED}""",
    Outcome.UNFAVOURABLE: f"""{_OPENING}

Après examen de votre situation, cette demande est refusée pour le motif suivant :

{{motif}}

Textes appliqués : {{textes}}.

{{voies_de_recours}}

{_SIGNED}""",
    Outcome.CLOSED: f"""{_OPENING}

Votre dossier est clos, sans décision sur le fond, pour le motif suivant :

{{motif}}

Si ce motif ne tient pas ou ne tient plus, écrivez au service depuis votre espace : le dossier peut être rouvert.

{{voies_de_recours}}

{_SIGNED}""",
}

# Values of an invented applicant, for the preview of a template.
SPECIMEN: Mapping[str, str] = {
    "nom": "Thị Ánh Nguyễn-Παπαδοπούλου (Олена)",
    "reference": "99-2026-000000-0",
    "numero_etranger": "99 0000 0000",
    "demarche": "renouvellement, étudiant",
    "date_depot": "2\u00a0novembre\u00a02026",
    "date_decision": "25\u00a0novembre\u00a02026",
    "titre": "Titre accordé : carte de séjour temporaire, mention « étudiant », valable du 11\u00a0février\u00a02027 au "
    "10\u00a0février\u00a02028.",
    "montant": "Au retrait de la carte, vous paierez 100\u00a0€ par timbre électronique, au tarif d’aujourd’hui.",
    "motif": "Vous ne remplissez pas, ou plus, les conditions du titre que vous demandez.\n"
    "Exemple de précision : aucun relevé de notes depuis deux ans.",
    "textes": "article L.433-1 du code de l’entrée et du séjour des étrangers et du droit d’asile",
}
