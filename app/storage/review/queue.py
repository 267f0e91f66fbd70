"""The queue of a service: its dossiers in order of urgency, and their counts. Every query has the service first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

from peewee import JOIN, Expression

from app.domain.dossiers.states import OPEN, State
from app.domain.rules.parameters import UNCOLLECTED_DAYS
from app.storage import capped_count, failed_work
from app.storage.applications import cards, rights_coverage
from app.storage.capped_count import MOST, CappedCount
from app.storage.models import Agent, Dossier
from app.storage.models.dossiers import CARDS, DECIDED, WATCHED, in_states
from app.storage.review import news, queue_filters, search
from app.storage.review.queue_filters import Mark
from app.storage.review.queue_order import (
    Cursor,
    Order,
    answerable,
    backwards,
    bounds,
    columns,
    day_of,
    following,
    in_range,
    place,
    preceding,
)

PAGE = 100


class View(StrEnum):
    """The lists of the queue; the values appear in URLs."""

    ALL = "tous"
    TO_TAKE = "a-prendre"
    MINE = "les-miens"
    NEWS = "nouveautes"  # of mine: something came that I have not opened
    UNASSIGNED = "sans-agent"
    ANSWERED = "complements"
    WAITING = "en-attente"
    CARDS = "titres"
    UNCOLLECTED = "titres-non-retires"  # announced, and not collected for weeks
    SILENCE = "silence"  # which silence refuses within two weeks, or has refused
    OVERDUE = "sans-reponse"  # requests for documents whose date has passed
    TIME_ASKED = "delais-demandes"  # applicants who asked for more time, and wait for an answer
    FAILED = "envois-en-echec"  # a letter, a message or a paper failed
    DECIDED = "decides"  # of mine: decided
    UNCOVERED = "sans-couverture"  # rights that end within a week, followed by nothing


_STATES: dict[View, frozenset[State]] = {
    View.ALL: OPEN,
    View.TO_TAKE: frozenset({State.FILED}),
    View.MINE: OPEN,
    View.NEWS: OPEN,
    View.UNASSIGNED: OPEN,
    View.ANSWERED: frozenset({State.COMPLEMENT_RECEIVED}),
    **dict.fromkeys((View.WAITING, View.OVERDUE, View.TIME_ASKED), frozenset({State.COMPLEMENT_REQUESTED})),
    View.CARDS: CARDS,
    View.UNCOLLECTED: frozenset({State.CARD_AVAILABLE}),
    View.SILENCE: OPEN,
    View.FAILED: frozenset(State) - {State.DRAFT},
    View.DECIDED: DECIDED,
    View.UNCOVERED: WATCHED,
}


@dataclass(frozen=True)
class Filters:
    """The filters of a search in the queue; `agent` is an id, `queue_filters.UNASSIGNED` or ""."""

    view: View = View.ALL
    words: str = ""
    journey: str = ""
    state: str = ""
    agent: str = ""
    today: date = date.min
    horizon: date = date.max  # last end of rights that UNCOVERED looks at
    ends_by: date | None = None  # rights that end on that day or before
    answer_by: date | None = None  # legal answer date on that day or before
    by_answer: bool = False  # in the order of the legal answer date
    marks: frozenset[Mark] = frozenset()

    @property
    def order(self) -> Order:
        """The order of the list."""
        by_answer = self.view is View.SILENCE or (self.by_answer and self.view is not View.CARDS)
        return Order.ANSWER if by_answer else Order.RIGHTS


@dataclass(frozen=True)
class Counts:
    """The number of matching dossiers, by urgency."""

    urgent: CappedCount
    soon: CappedCount
    later: CappedCount

    @property
    def total(self) -> CappedCount:
        """The sum of all three."""
        return self.urgent + self.soon + self.later


@dataclass(frozen=True)
class Extract:
    """One page of the queue, with the cursors of its ends where there are further pages.

    `matching` is the condition of all pages, `common` is set for search words that thousands of dossiers have.
    """

    dossiers: Sequence[Dossier]
    before: Cursor | None
    after: Cursor | None
    matching: Expression
    order: Order = Order.RIGHTS
    common: bool = False


def page(
    service_id: int,
    agent_id: int,
    filters: Filters,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Extract:
    """Return the page after or before a cursor, earliest day of the list's order first, then oldest filing."""
    sought = search.found(service_id, filters.words)
    matching = _matching(service_id, sought, agent_id, filters)
    order = filters.order
    found, start, end = _between(Dossier.select(Dossier.id).where(matching), order, after, before)
    return Extract(
        found,
        _at(found[:1], order) if start else None,
        _at(found[-1:], order) if end else None,
        matching,
        order,
        sought.common,
    )


def _between(
    matching: Any, order: Order, after: Cursor | None, before: Cursor | None
) -> tuple[Sequence[Dossier], bool, bool]:
    """Return the dossiers of a page, whether others come before it, and whether others come after it."""
    if before:
        earlier = matching.where(preceding(order, before)).order_by(*backwards(order))
        found = _rows(earlier, order)
        if found:
            return found[-PAGE:], len(found) > PAGE, True
    later = matching if after is None else matching.where(following(order, after))
    found = _rows(later.order_by(*columns(order)), order)
    if after is not None and not found:  # the rest was processed meanwhile: show the first page
        return _between(matching, order, None, None)
    return found[:PAGE], after is not None, len(found) > PAGE


def _rows(matching: Any, order: Order) -> list[Dossier]:
    """Return the rows of a page and one more, in the order of the queue."""
    return list(
        Dossier.select(
            Dossier.id,
            Dossier.reference,
            Dossier.identity,
            Dossier.journey,
            Dossier.journey_version,
            Dossier.state,
            Dossier.sealed,
            Dossier.filed_on,
            Dossier.in_time,
            Dossier.extension,
            Dossier.rights_end,
            Dossier.legal_answer_on,
            Dossier.agent,
            Agent,
        )
        .join(Agent, JOIN.LEFT_OUTER)
        # Ids are chosen in the index first: the columns of a page are wide, and read for its rows only.
        .where(Dossier.id.in_(matching.limit(PAGE + 1)))
        .order_by(*columns(order))
    )


def _at(rows: Sequence[Any], order: Order) -> Cursor | None:
    return place(rows[0], order) if rows else None


def neighbours(
    service_id: int, agent_id: int, filters: Filters, at: Cursor
) -> tuple[Dossier | None, Dossier | None]:
    """Return the dossiers of a list just before and just after a place, which its dossier may have left since."""
    sought, order = search.found(service_id, filters.words), filters.order
    needed = (Dossier.id, Dossier.reference, Dossier.identity, *columns(order)[:2])
    matching: Any = Dossier.select(*needed).where(_matching(service_id, sought, agent_id, filters))
    before = matching.where(preceding(order, at)).order_by(*backwards(order))
    return before.first(), matching.where(following(order, at)).order_by(*columns(order)).first()


def how_many(service_id: int, agent_id: int, filters: Filters) -> CappedCount:
    """Count matching dossiers up to MOST, or up to one page for search words that thousands of dossiers have."""
    sought = search.found(service_id, filters.words)
    matching = Dossier.select(Dossier.id).where(_matching(service_id, sought, agent_id, filters))
    return capped_count.capped_count(matching, PAGE if sought.common else MOST)


def _ids(service_id: int, agent_id: int, filters: Filters) -> Any:
    sought = search.found(service_id, filters.words)
    return Dossier.select(Dossier.id).where(_matching(service_id, sought, agent_id, filters))


def urgency(extract: Extract, today: date) -> Counts:
    """Count the dossiers that match a page, by time left to the day of its order, up to MOST each."""
    urgent, soon = bounds(extract.order, today)
    if extract.common:
        return _seen(extract, urgent, soon)
    spans = ((None, urgent), (urgent, soon), (soon, None))
    ranges = [extract.matching & in_range(extract.order, low, high) for low, high in spans]
    return Counts(*capped_count.capped_counts([Dossier.select().where(part) for part in ranges], MOST))


def _seen(extract: Extract, week: date, month: date) -> Counts:
    """Count only this page when the search word is very common: counting all would read thousands of rows."""
    ends = [end for dossier in extract.dossiers if (end := day_of(dossier, extract.order))]
    numbers = (sum(end <= week for end in ends), sum(week < end <= month for end in ends))
    urgent, soon, later = (*numbers, len(ends) - sum(numbers))
    reached = [place for place, number in enumerate((urgent, soon, later)) if number]
    # Dossiers of the next page are in the last range reached or a later one, those of the previous page the reverse.
    first, last = (reached[0], reached[-1]) if reached else (0, 2)
    return Counts(
        *(
            CappedCount(
                number, bool((extract.before and place <= first) or (extract.after and place >= last))
            )
            for place, number in enumerate((urgent, soon, later))
        )
    )


def views(service_id: int, agent_id: int, today: date) -> dict[View, CappedCount]:
    """Count the dossiers of each list, up to MOST."""
    # The exact count of UNCOVERED is rights_coverage.how_many.
    counted = [view for view in View if view is not View.UNCOVERED]
    lists = [_ids(service_id, agent_id, Filters(view, today=today)) for view in counted]
    return dict(zip(counted, capped_count.capped_counts(lists, MOST), strict=True))


def _matching(service_id: int, sought: search.Found, agent_id: int, filters: Filters) -> Expression:
    conditions = [sought.condition, _standing(filters)]
    conditions += _of_view(service_id, agent_id, filters)
    if filters.order is Order.ANSWER or filters.answer_by:
        conditions.append(answerable())
    if filters.answer_by:
        conditions.append(in_range(Order.ANSWER, None, filters.answer_by))
    if filters.journey:
        conditions.append(Dossier.journey == filters.journey)
    conditions += queue_filters.conditions(service_id, filters.agent, filters.ends_by, filters.marks)
    return reduce(and_, conditions)


def _of_view(service_id: int, agent_id: int, filters: Filters) -> list[Any]:
    """Return what a list asks beside the states of its dossiers."""
    today = filters.today
    asked: dict[View, Callable[[], Any]] = {
        View.MINE: lambda: Dossier.agent == agent_id,
        View.DECIDED: lambda: Dossier.agent == agent_id,
        View.NEWS: lambda: news.unread(agent_id),
        View.UNASSIGNED: lambda: queue_filters.unassigned(service_id),
        View.SILENCE: lambda: in_range(Order.ANSWER, None, bounds(Order.ANSWER, today)[1]),
        View.OVERDUE: lambda: queue_filters.overdue(today),
        View.UNCOLLECTED: lambda: cards.waiting_since(today - timedelta(days=UNCOLLECTED_DAYS)),
        View.TIME_ASKED: queue_filters.time_asked,
        View.UNCOVERED: lambda: rights_coverage.uncovered(filters.horizon, today),
        View.FAILED: failed_work.dossiers,
    }
    return [asked[filters.view]()] if filters.view in asked else []


def _standing(filters: Filters) -> Any:
    """Return the condition on states, written as in the partial index that has the list's order; a search finds all."""
    if filters.view is View.ALL and (filters.words.strip() or filters.state):
        return Dossier.state == filters.state if filters.state else Dossier.reference.is_null(False)
    if filters.view is View.FAILED and not filters.state:
        return Dossier.reference.is_null(False)
    if filters.view is View.MINE and filters.state in map(str, DECIDED):
        return in_states(DECIDED) & (Dossier.state == filters.state)
    states = _STATES[filters.view]
    if filters.state:
        states &= {State(filters.state)}
    if not states:
        return Dossier.id.is_null()
    # Without a card, a favourable decision is the last step.
    return in_states(states) & Dossier.with_card if filters.view is View.CARDS else in_states(states)
