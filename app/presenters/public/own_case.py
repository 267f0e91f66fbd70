"""What a procedure costs, needs and advises: for the permit of the reader, and for every other one."""

from dataclasses import dataclass
from datetime import date

from app.domain.journeys.journey import Journey, SupportingDocument
from app.domain.journeys.permits import PermitQuestion, Side
from app.domain.journeys.questions import Case
from app.domain.journeys.variants import example, variants
from app.domain.procedures import following
from app.domain.rules.deadlines import Identity
from app.presenters.public import prices
from app.presenters.public.prices import Price


@dataclass(frozen=True)
class Following:
    """A procedure to begin after another one, and its fee in cents; without a `slug`, the prefecture's."""

    slug: str = ""
    title: str = ""
    cents: int = 0


@dataclass(frozen=True)
class Presentation:
    """A procedure before it is begun. The `own_…` parts are empty where no permit is known.

    `own_photo` and `photo` hold the possible answers to "is an e-photo asked?".
    """

    own_advice: tuple[Side, ...]
    own_following: Following | None
    own_prices: list[Price]
    own_photo: frozenset[bool]
    advice: tuple[Side, ...]  # on the other sides
    prices: list[Price]  # the other ones
    photo: frozenset[bool]
    documents: list[SupportingDocument]  # asked of every holder
    conditional: list[tuple[str, list[SupportingDocument]]]  # by condition


def presentation(journey: Journey, today: date, permit: Identity | None) -> Presentation:
    """Return what a procedure is for the holder of a permit, or for all if None."""
    known = permit is not None
    own_prices = prices.of_journey(journey, today, permit) if known else []
    paid = {(price.operation, price.rate) for price in own_prices}
    own_advice = advice(journey, today, permit)
    sides = [
        side
        for question in journey.turns_on
        for side in question.sides
        if _exists(journey, question, side, today)
    ]
    own_sides = [side for side in sides if permit is not None and side.holds(permit, today)]
    documents, conditional = _documents(journey, today, permit)
    return Presentation(
        own_advice=own_advice,
        own_following=after(journey, Case({}, today=today, identity=permit)) if permit is not None else None,
        own_prices=own_prices,
        own_photo=_photo(journey, today, permit) if known else frozenset(),
        advice=tuple(side for side in sides if side.advice and side not in own_sides),
        prices=[
            price for price in prices.of_journey(journey, today) if (price.operation, price.rate) not in paid
        ],
        photo=_photo(journey, today, None),
        documents=documents,
        conditional=conditional,
    )


def advice(journey: Journey, today: date, permit: Identity | None) -> tuple[Side, ...]:
    """Return what the holder of a permit has to know before they begin."""
    return journey.advice(Case({}, today=today, identity=permit)) if permit is not None else ()


def _exists(journey: Journey, question: PermitQuestion, side: Side, today: date) -> bool:
    """Return whether a permit can be on a side on a day: what the law has ended is not told any more."""
    return side.holds(example(journey, {question.key: side.key}, today), today)


def after(journey: Journey, case: Case) -> Following | None:
    """Return what the holder of a permit has to ask for once a procedure is filed, None if nothing."""
    if journey.leads_to(case) is None:
        return None
    found = following(journey, case)
    blank = Case({}, today=case.today, identity=case.identity)
    return Following(found.slug, found.title, found.fee(blank, case.today)) if found else Following()


def _photo(journey: Journey, today: date, permit: Identity | None) -> frozenset[bool]:
    return frozenset(asked for _answers, asked in variants(journey, journey.photo, today, permit))


def _documents(
    journey: Journey, today: date, permit: Identity | None
) -> tuple[list[SupportingDocument], list[tuple[str, list[SupportingDocument]]]]:
    """Return the documents that every holder gives, and the others by condition."""
    always: list[SupportingDocument] = []
    others: dict[str, list[SupportingDocument]] = {}
    for document in journey.documents:
        needed = {needed for _answers, needed in variants(journey, document.needed, today, permit)}
        if needed == {True}:
            always.append(document)
        elif True in needed:
            others.setdefault(document.when, []).append(document)
    return always, list(others.items())
