"""The sections of a certificate of being blocked, on paper and on the page."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.procedures import latest
from app.domain.public_forms.asking import HELPERS, PROCEDURES
from app.domain.rules.identifiers import group_foreign_number
from app.domain.text import N_
from app.web.localisation import formats
from app.web.localisation.language import gettext as _

if TYPE_CHECKING:
    from app.storage.models import Conversation

Rows = list[tuple[str, str]]

_OBSERVED = {
    "account": N_("Compte créé"),
    "begun": N_("Demande commencée, dernier enregistrement"),
    "filed": N_("Demande déposée"),
}
# CESEDA, article R.431-2, second sentence: the alternative for people who are blocked, in this project's words.
LAW = (
    N_(
        "La loi (article R.431-2 du CESEDA) prévoit un accueil et une aide pour les personnes qui ne "
        "peuvent pas déposer seules leur demande en ligne."
    ),
    N_(
        "Le site ne marche toujours pas pour vous, malgré cette aide ? La préfecture doit vous recevoir et "
        "enregistrer votre demande sur place."
    ),
)


def sections(conversation: "Conversation", language: str) -> Iterator[tuple[str, Rows]]:
    """Yield the title and rows of each section: person, attempts, records of the service, law."""
    facts: dict[str, Any] = conversation.blocked
    tried = {option.key: option.label for option in PROCEDURES}
    helpers = {option.key: option.label for option in HELPERS}
    wish = tried[facts["tried"]]
    yield _("La personne"), _identity_rows(facts)
    yield (
        _("Ce qu’elle déclare"),
        [
            (_("Ce qu’elle veut faire"), _(wish)),
            (_("Essaie depuis le"), formats.day(date.fromisoformat(facts["since"]), language)),
            (_("Ce qui ne marche pas"), facts["text"]),
            (_("Page concernée"), facts["page"] or "–"),
            (_("Aide déjà demandée"), ", ".join(_(helpers[key]) for key in facts["helpers"])),
            (_("Écrit le"), formats.moment(conversation.opened_at, language)),
        ],
    )
    yield _("Ce que le service a enregistré"), list(_observed(facts["observed"], language))
    yield _("Ce que dit la loi"), [("", _(sentence)) for sentence in LAW]
    yield _("Le service"), [(_("Service chargé de la question"), conversation.service.name)]


def _identity_rows(facts: dict[str, Any]) -> Rows:
    if not facts["name"]:
        return [
            (_("Adresse e-mail"), facts["email"]),
            (_("Compte"), _("Pas de compte : identité non vérifiée")),
        ]
    return [
        (_("Nom et prénoms"), facts["name"]),
        (_("Numéro étranger"), group_foreign_number(facts["foreign_number"]) or "–"),
    ]


def _observed(records: list[dict[str, str]], language: str) -> Iterator[tuple[str, str]]:
    for record in records:
        kind = _OBSERVED[record["what"]]
        title = _(kind)
        journey = latest(record.get("journey", ""))
        details = " ".join(filter(None, [_(journey.title) if journey else "", record.get("reference", "")]))
        yield (
            title,
            f"{details}, {_when(record['at'], language)}" if details else _when(record["at"], language),
        )
    if not records:
        yield _("Aucun compte à cette adresse n’a été reconnu."), ""


def _when(text: str, language: str) -> str:
    if len(text) == 10:
        return formats.day(date.fromisoformat(text), language)
    return formats.moment(datetime.fromisoformat(text), language)
