"""The steps of a procedure with the applicant's progress, and the identity in the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.domain.journeys.journey import Page, Step
from app.domain.rules import mentions
from app.domain.rules.births import born
from app.domain.rules.identifiers import group_foreign_number
from app.domain.text import N_
from app.presenters.answers import NO_NAME, NO_NUMBER
from app.presenters.applicants import thresholds
from app.presenters.public import own_case
from app.services.applications.dossiers import Draft
from app.web.localisation import formats, nationalities
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import address


class StepView(NamedTuple):
    """A step of the list; `label` is a msgid. `url` is empty for a step that cannot be opened."""

    number: int
    label: str
    state: str  # done, now, to_come
    url: str


def stepper(draft: Draft, here: Step) -> tuple[StepView, ...]:
    """Return the steps of a draft's procedure; their states are computed, never stored."""
    steps = draft.journey.steps
    filed = here.page is Page.CONFIRMATION
    last_reachable = len(steps) - 1 if filed else steps.index(draft.first_incomplete_step)
    root = address("demande.begin", procedure=draft.journey.slug)
    return tuple(
        StepView(
            number,
            step.title,
            "now" if step.slug == here.slug else "done" if number <= last_reachable else "to_come",
            "" if filed or number > last_reachable + 1 or step.slug == here.slug else f"{root}/{step.slug}",
        )
        for number, step in enumerate(steps, 1)
    )


@dataclass(frozen=True)
class Link:
    """A link; `label` is a msgid."""

    url: str
    label: str


def previous(draft: Draft, here: Step) -> Link | None:
    """Return the link to the step before, None for the first one and after filing."""
    step = draft.journey.before(here)
    if step is None or here.page is Page.CONFIRMATION:
        return None
    return Link(address("demande.step", procedure=draft.journey.slug, slug=step.slug), step.title)


def frame(draft: Draft, here: Step) -> dict[str, Any]:
    """Return the values of every step's layout."""
    return {
        "draft": draft,
        "step": here,
        "stepper": stepper(draft, here),
        "previous": previous(draft, here),
        "place": draft.journey.steps.index(here) + 1,
        "total_steps": len(draft.journey.steps),
        "advice": draft.journey.advice(draft.case),
        "following": own_case.after(draft.journey, draft.case),
        "shortfall": thresholds.shortfall(draft, here),
    }


PERMIT = N_("titre de séjour")  # of a kind that is handled elsewhere
PERMITS = {
    "CST": N_("carte de séjour temporaire"),
    "CSP": N_("carte de séjour pluriannuelle"),
    "VLS-TS": N_("visa de long séjour valant titre de séjour"),
    "VLS": N_("visa de long séjour"),
    "RECEPISSE": N_("récépissé"),
}


def format_permit(record: Mapping[str, Any]) -> str:
    """Return the kind of a permit as text."""
    return _(PERMITS.get(record["permit_kind"], PERMIT))


def format_mention(printed: str) -> str:
    """Return the printed mention, with its present name if that has changed."""
    present = mentions.today(printed)
    if present == printed:
        return mentions.title(printed)
    return _(
        "%(printed)s (aujourd’hui : %(present)s)",
        printed=mentions.title(printed),
        present=mentions.title(present),
    )


def identity_rows(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the register's record as (label, value) rows, for the applicant and the agent."""
    code = language()
    country = nationalities.country(record["birth_country"], code)
    birth = filter(None, (formats.birth(born(record), code), record["birth_place"], country))
    return [
        (_("Nom de naissance"), record["surname"] or _(NO_NAME)),
        (_("Prénoms"), record["given_names"] or _(NO_NAME)),
        (_("Naissance"), ", ".join(birth)),
        (_("Nationalité"), nationalities.nationality(record["nationality"], code)),
        (_("Numéro étranger"), group_foreign_number(record["foreign_number"]) or _(NO_NUMBER)),
        *(((_("Numéro de visa"), record["visa_number"]),) if record.get("visa_number") else ()),
        *(((_("Mention du titre"), format_mention(record["mention"])),) if record["mention"] else ()),
        (
            _("Titre actuel"),
            _(
                "%(permit)s, jusqu’au %(day)s",
                permit=format_permit(record),
                day=formats.day(date.fromisoformat(record["valid_until"]), code),
            ),
        ),
    ]
