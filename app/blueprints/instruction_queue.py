"""The queue as a page: what the agent looks for, in the address; the lists, in three degrees of urgency."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.blueprints import instruction_words as words
from app.domain.calendar import paris_day
from app.domain.parameters import UNCOVERED_SIGHT_DAYS
from app.domain.procedures import JOURNEYS, current, journey
from app.domain.states import STATE_TITLES, State
from app.domain.text import N_
from app.forms.fields import clean
from app.services.reviews import case_of
from app.storage import agents, conversations, coverage, recoveries, transfers
from app.storage import queue as store
from app.storage.queue import Counts, Cursor, Filters, View
from app.web.current import agent, now, today
from app.web.htmx import wants_fragment
from app.web.rendering import page

MOVES_SHOWN = timedelta(days=30)
VIEWS = {
    View.ALL: N_("Tous"),
    View.TO_TAKE: N_("À prendre"),
    View.MINE: N_("Les miens"),
    View.ANSWERED: N_("Compléments reçus"),
    View.WAITING: N_("En attente de l’usager"),
    View.CARDS: N_("Titres à remettre"),
}


@dataclass(frozen=True)
class Line:
    """One dossier of the queue."""

    dossier: Any
    title: str
    days: int
    country: str
    state_title: str
    tag: str
    since: date
    received: int
    asked: int


@dataclass(frozen=True)
class Group:
    """Dossiers of one degree of urgency: how many match, and those of this page."""

    title: str
    urgency: str  # the class of its lines
    count: int
    lines: Sequence[Line]


def queue() -> Response:
    """The dossiers of one's own service, the most urgent first."""
    person = agent()
    filters = wanted(request.args)
    extract = store.page(person.service_id, person.id, filters, Cursor.read(request.args.get("apres", "")))
    counts = store.urgency(person.service_id, person.id, filters, today())
    lines = tuple(_lines(extract.dossiers, today()))
    shared: dict[str, Any] = {
        "filters": filters,
        "groups": [group for group in _groups(lines, counts) if group.lines],
        "counts": counts,
        "shown": len(lines),
        "after": extract.after,
        "paged": "apres" in request.args,
        "query": _query(request.args),
        "fragment": wants_fragment(),
    }
    if shared["fragment"]:
        return page("instruction/_queue.html", **shared)
    return page(
        "instruction/queue.html",
        views=[(view, VIEWS[view], many) for view, many in store.views(person.service_id, person.id).items()],
        uncovered=coverage.how_many(person.service_id, filters.horizon),
        sight=UNCOVERED_SIGHT_DAYS,
        journeys=JOURNEYS,
        states=[(state, title) for state, title in STATE_TITLES.items() if state is not State.DRAFT],
        colleagues=agents.colleagues(person.service_id),
        me=person,
        moves=transfers.lately(person.service_id, now() - MOVES_SHOWN),
        mailboxes=recoveries.how_many(person.service_id),
        questions=conversations.how_many(person.service_id),
        **shared,
    )


def wanted(args: MultiDict[str, str]) -> Filters:
    """What the address asks for; anything unknown is no filter at all."""
    view, state = args.get("vue", ""), args.get("etat", "")
    known = current(args.get("motif", ""))
    return Filters(
        view=View(view) if view in list(View) else View.ALL,
        words=clean(args.get("q", ""))[:100],
        journey=known.slug if known else "",
        state=state if state in list(State) and state != State.DRAFT else "",
        horizon=today() + timedelta(days=UNCOVERED_SIGHT_DAYS),
        agent=args["agent"] if re.fullmatch(r"\d{1,9}", args.get("agent", ""), re.ASCII) else "",
    )


def _query(args: MultiDict[str, str]) -> dict[str, str]:
    """The present search, for the links to other pages of it."""
    return {key: args[key] for key in ("vue", "q", "motif", "etat", "agent") if args.get(key)}


def _lines(dossiers: Sequence[Any], day: date) -> Iterator[Line]:
    ids = [one.id for one in dossiers]
    received, last = store.received(ids), store.last_events(ids)
    for one in dossiers:
        pinned = journey(one.journey, one.journey_version)
        needed = {document.key for document in pinned.needed(case_of(one))}
        state = State(one.state)
        yield Line(
            dossier=one,
            title=pinned.title,
            days=(one.rights_end - day).days,
            country=words.country(one.identity["nationality"]),
            state_title=STATE_TITLES[state],
            tag=words.tag(state),
            since=paris_day(last[one.id]),
            received=len(received[one.id] & needed),
            asked=len(needed),
        )


def _groups(lines: Sequence[Line], counts: Counts) -> Iterator[Group]:
    urgent, soon = store.URGENT_DAYS, store.SOON_DAYS
    yield Group(
        N_("Droits expirés, ou expirant sous 7 jours"),
        "late",
        counts.urgent,
        [line for line in lines if line.days <= urgent],
    )
    yield Group(
        N_("Expirant sous 30 jours"), "soon", counts.soon, [x for x in lines if urgent < x.days <= soon]
    )
    yield Group(N_("Plus tard"), "", counts.later, [line for line in lines if line.days > soon])
