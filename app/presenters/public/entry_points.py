"""The two entry points of the home page, and the procedures on offer behind each, by purpose."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.domain.journeys.journey import Journey, Purpose
from app.domain.journeys.variants import variants
from app.domain.procedures import on_offer
from app.domain.rules.calendar import Delay
from app.domain.text import N_
from app.web.current import today
from app.web.localisation import formats
from app.web.localisation.language import language


@dataclass(frozen=True)
class EntryPoint:
    """An entry point: its URL slug, its texts, and its purposes with their titles."""

    slug: str
    title: str
    sentence: str
    purposes: tuple[tuple[Purpose, str], ...]


ENTRY_POINTS = (
    EntryPoint(
        "titre",
        N_("Je demande ou renouvelle un titre de séjour"),
        N_("Première demande, renouvellement, validation d’un visa"),
        (
            (Purpose.RENEWAL, N_("Renouveler un titre")),
            (Purpose.FIRST, N_("Demander un premier titre")),
            (Purpose.VALIDATION, N_("Valider un visa")),
        ),
    ),
    EntryPoint(
        "changement",
        N_("Je déclare un changement de situation"),
        N_("Nouvelle adresse, titre perdu, volé ou abîmé"),
        ((Purpose.CHANGE, N_("Ce qui se déclare en ligne")),),
    ),
)
_BY_SLUG = {entry.slug: entry for entry in ENTRY_POINTS}


def entry_point(slug: str) -> EntryPoint | None:
    """Return the entry point of a slug, None if there is none."""
    return _BY_SLUG.get(slug)


def offered(entry: EntryPoint) -> list[tuple[str, list[Journey]]]:
    """Return the title and procedures of each purpose that has some."""
    found = [(title, [j for j in on_offer() if j.purpose is purpose]) for purpose, title in entry.purposes]
    return [(title, journeys) for title, journeys in found if journeys]


def shortest_and_longest_answer() -> tuple[str, str]:
    """Return the shortest and longest legal time to answer of the procedures on offer."""
    shortest, longest = _answers(today())
    return formats.delay(shortest, language()), formats.delay(longest, language())


@lru_cache(maxsize=2)
def _answers(day: date) -> tuple[Delay, Delay]:
    rules = [(journey, journey.answer_within) for journey in on_offer()]
    found = {delay for journey, rule in rules for _case, delay in variants(journey, rule, day) if delay}
    ordered = sorted(found, key=lambda delay: delay.days + 30 * delay.months)
    return ordered[0], ordered[-1]
