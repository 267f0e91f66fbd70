"""The queue of a service: filters from the query string, dossiers in three groups of urgency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.wrappers import Response

from app.blueprints.instruction import timeline_text
from app.blueprints.instruction.lists import list_place, search
from app.blueprints.instruction.lists.list_place import ListPlace
from app.domain.actions import BATCHES
from app.domain.actions.action import AgentAction
from app.domain.dossiers.ranks import Rank
from app.domain.dossiers.standing import standing
from app.domain.dossiers.states import STATE_TITLES, State
from app.domain.procedures import journey, known
from app.domain.rules.calendar import bounded, days_since, paris_day
from app.domain.rules.parameters import UNCOVERED_SIGHT_DAYS
from app.domain.text import N_
from app.forms.views import FieldView
from app.presenters.standing_view import desk_view
from app.services.filed import case_of
from app.services.review import access_log
from app.services.staff import acceptance
from app.services.staff.agents import roles_of
from app.services.standing import facts_of
from app.storage import appointments, hiring
from app.storage.applications import conversations, rights_coverage, transfers
from app.storage.capped_count import CappedCount
from app.storage.people import agents, recoveries
from app.storage.review import assignments as assignment_store
from app.storage.review import dossier_view, news, queue_lines, saved_searches
from app.storage.review import queue as store
from app.storage.review.queue import Counts, Filters, View
from app.storage.review.queue_order import Cursor, Order, bounds, day_of
from app.web.current import agent, now, today
from app.web.http.htmx import wants_fragment
from app.web.localisation import nationalities
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Agent, SavedView

MOVES_SHOWN = timedelta(days=30)
ASSIGNMENTS_SHOWN = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One dossier of the queue."""

    dossier: Any
    address: str  # with the list, so that leaving the dossier comes back to it
    title: str
    day: date  # by which the list is ordered
    ends: date | None  # rights; None if no day ends them, which `endless` then says
    endless: str
    answer: date | None  # the legal answer date, while silence can still refuse
    country: str
    state_title: str
    tag: str
    since: date
    received: int
    asked: int
    time_asked: int | None  # days since more time was asked for, None without such a request
    new: bool  # whether something came for the agent in charge, who is the reader
    gone: bool  # whether its agent has left the service
    pick: str  # value of its box: ids of the dossier and its last transition


@dataclass(frozen=True)
class Group:
    """Dossiers of the same urgency: how many match, and those of this page."""

    title: str
    urgency: str  # CSS class of its lines
    count: CappedCount
    lines: Sequence[Line]


def queue() -> Response:
    """Show the dossiers of the agent's service, the most urgent first."""
    if wants_fragment():
        return render_page("instruction/queue/_queue.html", **_list(), fragment=True)
    return whole()


def whole(error: str = "", status: int = 200) -> Response:
    """Return the whole page: the list, the views, the filters, what else waits; `error` is of the ticks."""
    person = agent()
    shared = _list(error)
    filters: Filters = shared["filters"]
    lists = _lists(person)
    return render_page(
        "instruction/queue.html",
        status,
        fragment=False,
        wrong=[FieldView(list_place.TICKED, "boxes", _("Dossiers cochés"), error=error)],
        lists=lists,
        titles=search.TITLES,
        folded=frozenset(view for view, _title, many in lists if _is_folded(view, many, filters)),
        kept=[_kept(person, saved) for saved in saved_searches.of_agent(person.id)],
        uncovered=rights_coverage.how_many(person.service_id, filters.horizon, today()),
        sight=UNCOVERED_SIGHT_DAYS,
        journeys=known(),
        states=[(state, title) for state, title in STATE_TITLES.items() if state is not State.DRAFT],
        endings=search.ENDINGS,
        answers=search.ANSWERS,
        marks=search.MARKS,
        moves=transfers.recent(person.service_id, now() - MOVES_SHOWN),
        assignments=[
            (timeline_text.format_event(event), event.dossier)
            for event in assignment_store.recent(person, now() - ASSIGNMENTS_SHOWN)
        ],
        mailboxes=recoveries.how_many(person.service_id),
        newcomers=len(acceptance.waiting_for(person)) if person.rank == Rank.SUPERVISOR else 0,
        questions=conversations.how_many(person.service_id),
        hirings=hiring.how_many(person.service_id),
        meetings=appointments.how_many(person.service_id, now()),
        **shared,
    )


def _list(error: str = "") -> dict[str, Any]:
    """Return the context of the list, the same for the page and the fragment."""
    person, args = agent(), list_place.asked()
    filters = search.wanted(args)
    if filters.words:
        access_log.searched(person, filters.words, now())
    after, before = Cursor.read(args.get("apres", "")), Cursor.read(args.get("avant", ""))
    extract = store.page(person.service_id, person.id, filters, after, before)
    counts = store.urgency(extract, today())
    shown = list_place.shown(args)
    lines = tuple(_lines(extract.dossiers, shown, person.service_id, today()))
    colleagues = agents.members(person.service_id)
    return {
        "filters": filters,
        "groups": [group for group in _groups(lines, counts, filters.order) if group.lines],
        "counts": counts,
        "shown": len(lines),
        "before": extract.before,
        "after": extract.after,
        "query": search.written(filters),
        "today": today(),
        "by_answer": filters.order is Order.ANSWER,
        "unordered": {key: value for key, value in search.written(filters).items() if key != "tri"},
        "on": search.switched_on(filters, colleagues),
        "colleagues": colleagues,
        "me": person,
        "list": shown,
        "batches": _batches(lines),
        "ticked": "tout" in request.args,
        "tick_error": error,
    }


def _batches(lines: Sequence[Line]) -> list[AgentAction]:
    """Return the acts that are possible on at least one dossier of a page."""
    roles, states = roles_of(agent()), {State(line.dossier.state) for line in lines}
    return [action for action in BATCHES if any(action.is_possible(state, roles) for state in states)]


def _is_folded(view: View, many: CappedCount, filters: Filters) -> bool:
    """Return whether a list stands among the others: those that hold nothing, and one's own past decisions."""
    if view in (View.ALL, View.MINE, filters.view):
        return False
    return view is View.DECIDED or not many


def _lists(person: "Agent") -> list[tuple[View, str, CappedCount]]:
    counted = store.views(person.service_id, person.id, today())
    return [(view, title, counted[view]) for view, title in search.VIEWS.items()]


def _kept(person: "Agent", saved: "SavedView") -> tuple["SavedView", dict[str, str], CappedCount]:
    filters = search.wanted(saved.query)
    return saved, search.written(filters), store.how_many(person.service_id, person.id, filters)


def _lines(dossiers: Sequence[Any], shown: ListPlace, service_id: int, day: date) -> Iterator[Line]:
    order = shown.filters.order
    ids = [dossier.id for dossier in dossiers]
    received, last = queue_lines.received(ids), queue_lines.last_events(ids)
    asked = queue_lines.times_asked(ids)
    moves, new = dossier_view.last_moves(ids), news.unread_among(agent().id, ids)
    for dossier in dossiers:
        pinned = journey(dossier.journey, dossier.journey_version)
        needed = {document.key for document in pinned.needed(case_of(dossier))}
        state, assigned = State(dossier.state), dossier.agent
        desk = desk_view(standing(facts_of(dossier), day))
        yield Line(
            dossier=dossier,
            address=shown.address_of(dossier),
            title=pinned.title,
            day=day_of(dossier, order) or day,
            ends=bounded(dossier.rights_end),
            endless=desk.endless,
            answer=desk.stand.silence.on if desk.stand.silence else None,
            country=nationalities.country_or_status(dossier.identity["nationality"], language()),
            state_title=STATE_TITLES[state],
            tag=timeline_text.tag(state),
            since=paris_day(last[dossier.id]),
            received=len(received[dossier.id] & needed),
            asked=len(needed),
            time_asked=days_since(asked[dossier.id], day) if dossier.id in asked else None,
            new=dossier.id in new,
            gone=bool(assigned and not (assigned.active and assigned.service_id == service_id)),
            pick=f"{dossier.id}.{moves.get(dossier.id, 0)}",
        )


# Titles of the groups of an order, with the CSS class of their lines.
_GROUPS = {
    Order.RIGHTS: (
        (N_("Droits expirés, ou expirant sous 7 jours"), "late"),
        (N_("Expirant sous 30 jours"), "soon"),
        (N_("Plus tard, ou droits sans fin"), ""),
    ),
    Order.ANSWER: (
        (N_("Date légale dépassée : le silence vaut refus"), "late"),
        (N_("Silence dans 15 jours ou moins"), "soon"),
        (N_("Plus tard"), ""),
    ),
}


def _groups(lines: Sequence[Line], counts: Counts, order: Order) -> Iterator[Group]:
    urgent, soon = bounds(order, today())
    found = (
        [line for line in lines if line.day <= urgent],
        [line for line in lines if urgent < line.day <= soon],
        [line for line in lines if line.day > soon],
    )
    numbers = (counts.urgent, counts.soon, counts.later)
    for (title, urgency), number, of_group in zip(_GROUPS[order], numbers, found, strict=True):
        yield Group(title, urgency, number, of_group)
