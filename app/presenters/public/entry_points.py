"""The two ways in of the home page, and what is on offer behind each, by purpose."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.domain.journeys.journey import Journey, Purpose
from app.domain.journeys.variants import variants
from app.domain.procedures import on_offer
from app.domain.rules.calendar import Delay
from app.domain.text import N_
from app.web import formats
from app.web.current import today


@dataclass(frozen=True)
class EntryPoint:
    """A way in: its address, its words, and the purposes behind it with theirs."""

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
_BY_SLUG = {one.slug: one for one in ENTRY_POINTS}


def entry_point(slug: str) -> EntryPoint | None:
    """The way in at this address."""
    return _BY_SLUG.get(slug)


def offered(one: EntryPoint) -> list[tuple[str, list[Journey]]]:
    """Title of each purpose and its procedures; a purpose without any is not shown."""
    found = [(title, [j for j in on_offer() if j.purpose is purpose]) for purpose, title in one.purposes]
    return [(title, journeys) for title, journeys in found if journeys]


def shortest_and_longest_answer() -> tuple[str, str]:
    """What the law gives the administration to answer, from the quickest procedure to the slowest."""
    shortest, longest = _answers(today())
    return formats.delay(shortest), formats.delay(longest)


@lru_cache(maxsize=2)
def _answers(day: date) -> tuple[Delay, Delay]:
    rules = [(one, one.answer_within) for one in on_offer()]
    found = {delay for one, rule in rules for _given, delay in variants(one, rule, day) if delay}
    ordered = sorted(found, key=lambda one: one.days + 30 * one.months)
    return ordered[0], ordered[-1]
