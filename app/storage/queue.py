"""The queue of a service: which dossiers, in which order, how many. Every query begins with the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

from peewee import JOIN, Case, Expression, fn

from app.domain.questions import PHOTO
from app.domain.states import HANDS, OPEN, State
from app.domain.text import fold
from app.storage import coverage, narrowing
from app.storage.models import Agent, Document, Dossier, Event, PhotoCode
from app.storage.narrowing import Mark

PAGE = 100
URGENT_DAYS = 7
SOON_DAYS = 30
MOST_COUNTED = 1000  # how far lists that are counted one by one are counted


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
    View.CARDS: frozenset({State.FAVOURABLE, State.IN_PRODUCTION, State.CARD_AVAILABLE}),
    View.UNCOVERED: OPEN,
}


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

    urgent: int
    soon: int
    later: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.urgent + self.soon + self.later


@dataclass(frozen=True)
class Extract:
    """One page of the queue: the next one begins after `after`, the previous one ends before `before`."""

    dossiers: Sequence[Dossier]
    before: Cursor | None
    after: Cursor | None


def page(
    service_id: int,
    agent_id: int,
    filters: Filters,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Extract:
    """The most urgent dossiers first: end of rights, then age. The page after a cursor, or the one before it."""
    query = (
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
        .where(_matching(service_id, agent_id, filters))
        .limit(PAGE + 1)
    )
    order = (Dossier.rights_end, Dossier.filed_on, Dossier.id)
    backwards = query.where(_preceding(before)).order_by(*(one.desc() for one in order)) if before else None
    if backwards is not None and (found := list(backwards)):  # else what came before has gone: the first page
        shown = found[:PAGE][::-1]
        return Extract(shown, _at(shown[:1]) if len(found) > PAGE else None, _at(shown[-1:]))
    query = query.order_by(*order)
    found = list(query if after is None else query.where(_following(after)))
    if after is not None and not found:  # what came after has gone
        return page(service_id, agent_id, filters)
    shown = found[:PAGE]
    return Extract(shown, _at(shown[:1]) if after else None, _at(shown[-1:]) if len(found) > PAGE else None)


def _at(rows: Sequence[Any]) -> Cursor | None:
    return Cursor(rows[0].rights_end, rows[0].filed_on, rows[0].id) if rows else None


def how_many(service_id: int, agent_id: int, filters: Filters) -> int:
    """How many dossiers match, counted up to MOST_COUNTED."""
    some = Dossier.select(Dossier.id).where(_matching(service_id, agent_id, filters)).limit(MOST_COUNTED)
    return int(some.count())


def urgency(service_id: int, agent_id: int, filters: Filters, today: date) -> Counts:
    """How many dossiers match, by what remains of the rights."""
    in_week = Dossier.rights_end <= today + timedelta(days=URGENT_DAYS)
    in_month = Dossier.rights_end <= today + timedelta(days=SOON_DAYS)
    counted: Any = Dossier.select(_many(in_week), _many(in_month), fn.COUNT(Dossier.id)).where(
        _matching(service_id, agent_id, filters)
    )
    week, month, total = (number or 0 for number in counted.tuples().get())
    return Counts(urgent=week, soon=month - week, later=total - month)


def _many(condition: Expression) -> Any:
    return fn.SUM(Case(None, ((condition, 1),), 0))


def views(service_id: int, agent_id: int) -> dict[View, int]:
    """How many dossiers each list holds."""
    rows: Any = (
        Dossier.select(Dossier.state, fn.COUNT(Dossier.id), _many(Dossier.agent == agent_id))
        .where(Dossier.service == service_id)
        .group_by(Dossier.state)
    )
    counted = {state: (all_of_them, mine) for state, all_of_them, mine in rows.tuples()}
    none = (0, 0)
    return {
        view: sum(counted.get(state, none)[view is View.MINE] for state in map(str, _STATES[view]))
        for view in View
        if view not in (View.UNCOVERED, View.UNASSIGNED)  # see storage.coverage, how_many
    }


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
    """The supporting documents that have a file, and `ephoto` with a code, for a page of dossiers."""
    files: Any = Document.select(Document.dossier, Document.slot).where(
        Document.dossier.in_(dossier_ids) & Document.removed_at.is_null()
    )
    photos: Any = PhotoCode.select(PhotoCode.dossier).where(PhotoCode.dossier.in_(dossier_ids))
    pairs = {*files.tuples(), *((dossier_id, PHOTO) for (dossier_id,) in photos.tuples())}
    return {key: frozenset(slot for owner, slot in pairs if owner == key) for key in dossier_ids}


def last_events(dossier_ids: Sequence[int]) -> Mapping[int, datetime]:
    """When something last happened, for a page of dossiers, whoever is in charge."""
    rows: Any = (
        Event.select(Event.dossier, fn.MAX(Event.at))
        .where(Event.dossier.in_(dossier_ids) & Event.action.not_in(sorted(HANDS)))
        .group_by(Event.dossier)
    )
    return dict(rows.tuples())


def _matching(service_id: int, agent_id: int, filters: Filters) -> Expression:
    conditions = [Dossier.service == service_id, Dossier.state.in_(_states(filters))]
    if filters.view is View.MINE:
        conditions.append(Dossier.agent == agent_id)
    if filters.view is View.UNASSIGNED:
        conditions.append(narrowing.unassigned(service_id))
    if filters.view is View.UNCOVERED:
        conditions.append(coverage.uncovered(filters.horizon))
    if filters.journey:
        conditions.append(Dossier.journey == filters.journey)
    conditions += narrowing.conditions(service_id, filters.agent, filters.ends_by, filters.marks)
    # Each word on its own, so that given name and surname are found in either order.
    conditions += [Dossier.search.contains(word) for word in fold(filters.words).split()]
    return reduce(and_, conditions)


def _states(filters: Filters) -> list[str]:
    states = _STATES[filters.view]
    if filters.view is View.ALL and (filters.words or filters.state):
        states = frozenset(State) - {State.DRAFT}  # who looks for one dossier finds it decided too
    return sorted(str(state) for state in states if filters.state in ("", state))


def _following(cursor: Cursor) -> Expression:
    same_day = Dossier.rights_end == cursor.rights_end
    return (
        (Dossier.rights_end > cursor.rights_end)
        | (same_day & (Dossier.filed_on > cursor.filed_on))
        | (same_day & (Dossier.filed_on == cursor.filed_on) & (Dossier.id > cursor.id))
    )


def _preceding(cursor: Cursor) -> Expression:
    same_day = Dossier.rights_end == cursor.rights_end
    return (
        (Dossier.rights_end < cursor.rights_end)
        | (same_day & (Dossier.filed_on < cursor.filed_on))
        | (same_day & (Dossier.filed_on == cursor.filed_on) & (Dossier.id < cursor.id))
    )
