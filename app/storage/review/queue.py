"""The queue of a service: its dossiers in order of urgency, and their counts. Every query has the service first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

from peewee import JOIN, Expression, Tuple

from app.domain.dossiers.states import OPEN, State
from app.storage import capped_count, failed_work
from app.storage.applications import rights_coverage
from app.storage.capped_count import MOST, CappedCount
from app.storage.models import Agent, Dossier
from app.storage.models.dossiers import CARDS, WATCHED, in_states
from app.storage.review import queue_filters, search
from app.storage.review.queue_filters import Mark

PAGE = 100
URGENT_DAYS = 7
SOON_DAYS = 30


class View(StrEnum):
    """The lists of the queue; the values appear in URLs."""

    ALL = "tous"
    TO_TAKE = "a-prendre"
    MINE = "les-miens"
    UNASSIGNED = "sans-agent"
    ANSWERED = "complements"
    WAITING = "en-attente"
    CARDS = "titres"
    FAILED = "envois-en-echec"  # a letter, a message or a paper failed
    UNCOVERED = "sans-couverture"  # rights that end within a week, followed by nothing


_STATES: dict[View, frozenset[State]] = {
    View.ALL: OPEN,
    View.TO_TAKE: frozenset({State.FILED}),
    View.MINE: OPEN,
    View.UNASSIGNED: OPEN,
    View.ANSWERED: frozenset({State.COMPLEMENT_RECEIVED}),
    View.WAITING: frozenset({State.COMPLEMENT_REQUESTED}),
    View.CARDS: CARDS,
    View.FAILED: frozenset(State) - {State.DRAFT},
    View.UNCOVERED: WATCHED,
}

_ORDER = (Dossier.rights_end, Dossier.filed_on, Dossier.id)


@dataclass(frozen=True)
class Cursor:
    """The sort key of a dossier, at which a page begins or ends; rows added meanwhile do not move it."""

    rights_end: date
    filed_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.rights_end}_{self.filed_on}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the cursor of a URL; None, hence the first page, for any other text."""
        try:
            rights_end, filed_on, number = text.split("_")
            cursor = cls(date.fromisoformat(rights_end), date.fromisoformat(filed_on), int(number))
        except ValueError:
            return None
        return cursor if 0 <= cursor.id < 2**31 else None


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
    marks: frozenset[Mark] = frozenset()


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
    common: bool = False


def page(
    service_id: int,
    agent_id: int,
    filters: Filters,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Extract:
    """Return the page after or before a cursor, earliest end of rights first, then oldest filing."""
    sought = search.found(service_id, filters.words)
    matching = _matching(service_id, sought, agent_id, filters)
    found, start, end = _between(Dossier.select(Dossier.id).where(matching), after, before)
    return Extract(
        found, _at(found[:1]) if start else None, _at(found[-1:]) if end else None, matching, sought.common
    )


def _between(
    matching: Any, after: Cursor | None, before: Cursor | None
) -> tuple[Sequence[Dossier], bool, bool]:
    """Return the dossiers of a page, whether others come before it, and whether others come after it."""
    if before:
        found = _rows(matching.where(_preceding(before)).order_by(*(column.desc() for column in _ORDER)))
        if found:
            return found[-PAGE:], len(found) > PAGE, True
    following = matching if after is None else matching.where(_following(after))
    found = _rows(following.order_by(*_ORDER))
    if after is not None and not found:  # the rest was processed meanwhile: show the first page
        return _between(matching, None, None)
    return found[:PAGE], after is not None, len(found) > PAGE


def _rows(matching: Any) -> list[Dossier]:
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
            Dossier.rights_end,
            Dossier.agent,
            Agent,
        )
        .join(Agent, JOIN.LEFT_OUTER)
        # Ids are chosen in the index first: the columns of a page are wide, and read for its rows only.
        .where(Dossier.id.in_(matching.limit(PAGE + 1)))
        .order_by(*_ORDER)
    )


def place(dossier: Dossier) -> Cursor:
    """Return the sort key of a filed dossier."""
    if dossier.rights_end is None or dossier.filed_on is None:
        raise ValueError("not filed: the queue never shows it")
    return Cursor(dossier.rights_end, dossier.filed_on, dossier.id)


def _at(rows: Sequence[Any]) -> Cursor | None:
    return place(rows[0]) if rows else None


def neighbours(
    service_id: int, agent_id: int, filters: Filters, at: Cursor
) -> tuple[Dossier | None, Dossier | None]:
    """Return the dossiers of a list just before and just after a place, which its dossier may have left since."""
    sought = search.found(service_id, filters.words)
    columns = (Dossier.id, Dossier.reference, Dossier.identity, Dossier.rights_end, Dossier.filed_on)
    matching: Any = Dossier.select(*columns).where(_matching(service_id, sought, agent_id, filters))
    before = matching.where(_preceding(at)).order_by(*(column.desc() for column in _ORDER))
    return before.first(), matching.where(_following(at)).order_by(*_ORDER).first()


def how_many(service_id: int, agent_id: int, filters: Filters) -> CappedCount:
    """Count matching dossiers up to MOST, or up to one page for search words that thousands of dossiers have."""
    sought = search.found(service_id, filters.words)
    matching = Dossier.select(Dossier.id).where(_matching(service_id, sought, agent_id, filters))
    return capped_count.capped_count(matching, PAGE if sought.common else MOST)


def _ids(service_id: int, agent_id: int, filters: Filters) -> Any:
    sought = search.found(service_id, filters.words)
    return Dossier.select(Dossier.id).where(_matching(service_id, sought, agent_id, filters))


def urgency(extract: Extract, today: date) -> Counts:
    """Count the dossiers that match a page, by time left of their rights, up to MOST each."""
    week, month = today + timedelta(days=URGENT_DAYS), today + timedelta(days=SOON_DAYS)
    if extract.common:
        return _seen(extract, week, month)
    end = Dossier.rights_end
    ranges = (end <= week, (end > week) & (end <= month), end > month)
    return Counts(
        *capped_count.capped_counts(
            [Dossier.select().where(extract.matching & part) for part in ranges], MOST
        )
    )


def _seen(extract: Extract, week: date, month: date) -> Counts:
    """Count only this page when the search word is very common: counting all would read thousands of rows."""
    ends = [end for dossier in extract.dossiers if (end := dossier.rights_end)]
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


def views(service_id: int, agent_id: int) -> dict[View, CappedCount]:
    """Count the dossiers of each list, up to MOST."""
    counted = [
        view for view in View if view is not View.UNCOVERED
    ]  # its exact count is rights_coverage.how_many
    lists = [_ids(service_id, agent_id, Filters(view)) for view in counted]
    return dict(zip(counted, capped_count.capped_counts(lists, MOST), strict=True))


def chosen(service_id: int, dossier_ids: Sequence[int]) -> Sequence[Dossier]:
    """Return those of the dossiers that belong to the service, with the agent in charge, in the order of the queue."""
    of_service = (Dossier.service == service_id) & Dossier.id.in_(dossier_ids)
    rows = Dossier.select(Dossier, Agent).join(Agent, JOIN.LEFT_OUTER)
    return list(rows.where(of_service).order_by(*_ORDER))


def _matching(service_id: int, sought: search.Found, agent_id: int, filters: Filters) -> Expression:
    conditions = [sought.condition, _standing(filters)]
    if filters.view is View.MINE:
        conditions.append(Dossier.agent == agent_id)
    if filters.view is View.UNASSIGNED:
        conditions.append(queue_filters.unassigned(service_id))
    if filters.view is View.UNCOVERED:
        conditions.append(rights_coverage.uncovered(filters.horizon, filters.today))
    if filters.view is View.FAILED:
        conditions.append(failed_work.dossiers())
    if filters.journey:
        conditions.append(Dossier.journey == filters.journey)
    conditions += queue_filters.conditions(service_id, filters.agent, filters.ends_by, filters.marks)
    return reduce(and_, conditions)


def _standing(filters: Filters) -> Any:
    """Return the condition on states, written as in the partial index that has the list's order."""
    if filters.view is View.ALL and (filters.words.strip() or filters.state):
        # A search also finds decided dossiers.
        return Dossier.state == filters.state if filters.state else Dossier.reference.is_null(False)
    if filters.view is View.FAILED and not filters.state:
        return Dossier.reference.is_null(False)
    states = _STATES[filters.view]
    if filters.state:
        states &= {State(filters.state)}
    if not states:
        return Dossier.id.is_null()
    # Without a card, a favourable decision is the last step.
    return in_states(states) & Dossier.with_card if filters.view is View.CARDS else in_states(states)


def _following(cursor: Cursor) -> Expression:
    return Tuple(*_ORDER) > Tuple(cursor.rights_end, cursor.filed_on, cursor.id)


def _preceding(cursor: Cursor) -> Expression:
    return Tuple(*_ORDER) < Tuple(cursor.rights_end, cursor.filed_on, cursor.id)
