"""The queue of a service: which dossiers, in which order, how many. Every query begins with the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

from peewee import JOIN, Expression, Tuple, fn

from app.domain.actions import REASSIGNING
from app.domain.dossiers.states import OPEN, State
from app.domain.journeys.questions import PHOTO
from app.storage import capped_count
from app.storage.applications import rights_coverage
from app.storage.capped_count import MOST, CappedCount
from app.storage.models import Agent, Document, Dossier, Event, PhotoCode
from app.storage.models.dossiers import CARDS, in_states
from app.storage.review import dossier_view, queue_filters, search
from app.storage.review.queue_filters import Mark

PAGE = 100
URGENT_DAYS = 7
SOON_DAYS = 30


class View(StrEnum):
    """The lists an agent goes through; the values appear in addresses."""

    ALL = "tous"
    TO_TAKE = "a-prendre"
    MINE = "les-miens"
    UNASSIGNED = "sans-agent"
    ANSWERED = "complements"
    WAITING = "en-attente"
    CARDS = "titres"
    UNCOVERED = "sans-couverture"  # rights that end within a week, followed by nothing


_STATES: dict[View, frozenset[State]] = {
    View.ALL: OPEN,
    View.TO_TAKE: frozenset({State.FILED}),
    View.MINE: OPEN,
    View.UNASSIGNED: OPEN,
    View.ANSWERED: frozenset({State.COMPLEMENT_RECEIVED}),
    View.WAITING: frozenset({State.COMPLEMENT_REQUESTED}),
    View.CARDS: CARDS,
    View.UNCOVERED: OPEN,
}

_ORDER = (Dossier.rights_end, Dossier.filed_on, Dossier.id)


@dataclass(frozen=True)
class Cursor:
    """The last dossier of a page: the next page begins after it, whatever was added meanwhile."""

    rights_end: date
    filed_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.rights_end}_{self.filed_on}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor of an address; None, hence the first page, for anything else."""
        try:
            rights_end, filed_on, number = text.split("_")
            cursor = cls(date.fromisoformat(rights_end), date.fromisoformat(filed_on), int(number))
        except ValueError:
            return None
        return cursor if 0 <= cursor.id < 2**31 else None


@dataclass(frozen=True)
class Filters:
    """What the agent looks for; `agent` is an id, `narrowing.NOBODY` or empty."""

    view: View = View.ALL
    words: str = ""
    journey: str = ""
    state: str = ""
    agent: str = ""
    horizon: date = date.max  # until when rights are looked at, for UNCOVERED
    ends_by: date | None = None  # rights that end by that day
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Counts:
    """How many dossiers match, by urgency."""

    urgent: CappedCount
    soon: CappedCount
    later: CappedCount

    @property
    def total(self) -> CappedCount:
        """All of them."""
        return self.urgent + self.soon + self.later


@dataclass(frozen=True)
class Extract:
    """One page of the queue: the next one begins after `after`, the previous one ends before `before`.

    `matching` is the condition of all of them, `common` whether words are looked for that thousands have.
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
    """The most urgent dossiers first: end of rights, then age. The page after a cursor, or the one before it."""
    sought = search.found(service_id, filters.words)
    matching = _matching(service_id, sought, agent_id, filters)
    found, start, end = _between(Dossier.select(Dossier.id).where(matching), after, before)
    return Extract(
        found, _at(found[:1]) if start else None, _at(found[-1:]) if end else None, matching, sought.common
    )


def _between(
    matching: Any, after: Cursor | None, before: Cursor | None
) -> tuple[Sequence[Dossier], bool, bool]:
    """The dossiers of a page, whether others come before it, and whether others come after it."""
    if before:
        found = _rows(matching.where(_preceding(before)).order_by(*(one.desc() for one in _ORDER)))
        if found:
            return found[-PAGE:], len(found) > PAGE, True
    following = matching if after is None else matching.where(_following(after))
    found = _rows(following.order_by(*_ORDER))
    if after is not None and not found:  # what came after has gone
        return _between(matching, None, None)
    return found[:PAGE], after is not None, len(found) > PAGE


def _rows(matching: Any) -> list[Dossier]:
    """The lines of a page and one more, in the order of the queue."""
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
        # Chosen in the index first: what a page shows is wide, and read for its lines only.
        .where(Dossier.id.in_(matching.limit(PAGE + 1)))
        .order_by(*_ORDER)
    )


def _at(rows: Sequence[Any]) -> Cursor | None:
    return Cursor(rows[0].rights_end, rows[0].filed_on, rows[0].id) if rows else None


def how_many(service_id: int, agent_id: int, filters: Filters) -> CappedCount:
    """How many dossiers match, as far as MOST; as far as a page where words are looked for that thousands have."""
    sought = search.found(service_id, filters.words)
    matching = Dossier.select(Dossier.id).where(_matching(service_id, sought, agent_id, filters))
    return capped_count.capped_count(matching, PAGE if sought.common else MOST)


def _ids(service_id: int, agent_id: int, filters: Filters) -> Any:
    sought = search.found(service_id, filters.words)
    return Dossier.select(Dossier.id).where(_matching(service_id, sought, agent_id, filters))


def urgency(extract: Extract, today: date) -> Counts:
    """How many dossiers match what a page shows, by what remains of the rights; as far as is worth reading."""
    week, month = today + timedelta(days=URGENT_DAYS), today + timedelta(days=SOON_DAYS)
    if extract.common:
        return _seen(extract, week, month)
    end = Dossier.rights_end
    ranges = (end <= week, (end > week) & (end <= month), end > month)
    return Counts(
        *capped_count.capped_counts([Dossier.select().where(extract.matching & one) for one in ranges], MOST)
    )


def _seen(extract: Extract, week: date, month: date) -> Counts:
    """What the page itself tells, where counting would ask thousands of dossiers for their words."""
    ends = [end for one in extract.dossiers if (end := one.rights_end)]
    numbers = (sum(end <= week for end in ends), sum(week < end <= month for end in ends))
    urgent, soon, later = (*numbers, len(ends) - sum(numbers))
    reached = [place for place, number in enumerate((urgent, soon, later)) if number]
    # Those of the next page come in the last degree reached or later, those of the page before in the first or earlier.
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
    """How many dossiers each list holds, as far as MOST."""
    counted = [view for view in View if view is not View.UNCOVERED]  # by what covers it, see storage.coverage
    lists = [_ids(service_id, agent_id, Filters(view)) for view in counted]
    return dict(zip(counted, capped_count.capped_counts(lists, MOST), strict=True))


def chosen(service_id: int, dossier_ids: Sequence[int]) -> Sequence[Dossier]:
    """Those of some dossiers that are a service's, with who has them: the others are nobody's business here."""
    mine = (Dossier.service == service_id) & Dossier.id.in_(dossier_ids)
    return list(
        Dossier.select(Dossier.id, Dossier.reference, Dossier.agent, Agent)
        .join(Agent, JOIN.LEFT_OUTER)
        .where(mine)
        .order_by(Dossier.id)
    )


def received(dossier_ids: Sequence[int]) -> Mapping[int, frozenset[str]]:
    """The supporting documents that have a file sent, and `ephoto` with a code, for a page of dossiers."""
    files: Any = Document.select(Document.dossier, Document.slot).where(
        Document.dossier.in_(dossier_ids) & Document.removed_at.is_null() & ~dossier_view.unsent(dossier_ids)
    )
    photos: Any = PhotoCode.select(PhotoCode.dossier).where(PhotoCode.dossier.in_(dossier_ids))
    pairs = {*files.tuples(), *((dossier_id, PHOTO) for (dossier_id,) in photos.tuples())}
    return {key: frozenset(slot for owner, slot in pairs if owner == key) for key in dossier_ids}


def last_events(dossier_ids: Sequence[int]) -> Mapping[int, datetime]:
    """When something last happened, for a page of dossiers, whoever is in charge."""
    rows: Any = (
        Event.select(Event.dossier, fn.MAX(Event.at))
        .where(Event.dossier.in_(dossier_ids) & Event.action.not_in(sorted(REASSIGNING)))
        .group_by(Event.dossier)
    )
    return dict(rows.tuples())


def _matching(service_id: int, sought: search.Found, agent_id: int, filters: Filters) -> Expression:
    conditions = [sought.condition, _standing(filters)]
    if filters.view is View.MINE:
        conditions.append(Dossier.agent == agent_id)
    if filters.view is View.UNASSIGNED:
        conditions.append(queue_filters.unassigned(service_id))
    if filters.view is View.UNCOVERED:
        conditions.append(rights_coverage.uncovered(filters.horizon))
    if filters.journey:
        conditions.append(Dossier.journey == filters.journey)
    conditions += queue_filters.conditions(service_id, filters.agent, filters.ends_by, filters.marks)
    return reduce(and_, conditions)


def _standing(filters: Filters) -> Any:
    """The condition on states, each in the words of the index that has its order."""
    if filters.view is View.ALL and (filters.words.strip() or filters.state):
        # Who looks for one dossier finds it decided too.
        return Dossier.state == filters.state if filters.state else Dossier.reference.is_null(False)
    states = _STATES[filters.view]
    if filters.state:
        states &= {State(filters.state)}
    if not states:
        return Dossier.id.is_null()
    # Where no card is made, a favourable decision is the end.
    return in_states(states) & Dossier.with_card if filters.view is View.CARDS else in_states(states)


def _following(cursor: Cursor) -> Expression:
    return Tuple(*_ORDER) > Tuple(cursor.rights_end, cursor.filed_on, cursor.id)


def _preceding(cursor: Cursor) -> Expression:
    return Tuple(*_ORDER) < Tuple(cursor.rights_end, cursor.filed_on, cursor.id)
