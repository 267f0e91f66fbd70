"""Filters of the queue: read from a query string, written into one, and described one by one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.domain.dossiers.states import STATE_TITLES, State
from app.domain.procedures import latest
from app.domain.rules.parameters import SILENCE_SIGHT_DAYS, UNCOVERED_SIGHT_DAYS
from app.domain.text import N_, clean
from app.storage.review.queue import Filters, View
from app.storage.review.queue_filters import UNASSIGNED, Mark
from app.storage.review.queue_order import SOON_DAYS, URGENT_DAYS, Order
from app.web.current import today
from app.web.localisation.language import gettext as _
from app.web.localisation.language import ngettext

VIEWS = {
    View.ALL: N_("Tout le service"),
    View.MINE: N_("Les miens"),
    View.NEWS: N_("Du nouveau"),
    View.UNASSIGNED: N_("Sans agent"),
    View.TO_TAKE: N_("À prendre"),
    View.ANSWERED: N_("Compléments reçus"),
    View.WAITING: N_("En attente de l’usager"),
    View.TIME_ASKED: N_("Délais demandés"),
    View.SILENCE: N_("Silence dans 15 jours"),
    View.OVERDUE: N_("Demandes de documents dépassées"),
    View.CARDS: N_("Titres à remettre"),
    View.UNCOLLECTED: N_("Titres non retirés"),
    View.FAILED: N_("Envois en échec"),
    View.DECIDED: N_("Décidés, les miens"),
}
TITLES = VIEWS | {View.UNCOVERED: N_("Droits qui vont finir, sans attestation prévue")}
ENDINGS = {
    str(URGENT_DAYS): N_("Dans 7 jours ou moins"),
    str(SOON_DAYS): N_("Dans 30 jours ou moins"),
}
ANSWERS = {
    "-1": N_("Date dépassée"),
    str(SILENCE_SIGHT_DAYS): N_("Dans 15 jours ou moins"),
}
MARKS = {
    Mark.LATE: N_("Déposé hors délai"),
    Mark.ANSWERED: N_("A répondu à une demande de documents"),
    Mark.MOVED_IN: N_("Venu d’un autre service"),
}


@dataclass(frozen=True)
class On:
    """A filter that is on: its description, and the query without it."""

    words: str
    without: dict[str, str]


def wanted(args: Mapping[str, str]) -> Filters:
    """Return the filters of a query string; unknown values are ignored."""
    view, state = args.get("vue", ""), args.get("etat", "")
    ending, answer = args.get("fin", ""), args.get("reponse", "")
    known = latest(args.get("motif", ""))
    return Filters(
        view=View(view) if view in list(View) else View.ALL,
        words=clean(args.get("q", ""))[:100],
        journey=known.slug if known else "",
        state=state if state in list(State) and state != State.DRAFT else "",
        today=today(),
        horizon=today() + timedelta(days=UNCOVERED_SIGHT_DAYS),
        agent=args["agent"] if re.fullmatch(r"\d{1,9}", args.get("agent", ""), re.ASCII) else "",
        ends_by=today() + timedelta(days=int(ending)) if ending in ENDINGS else None,
        answer_by=today() + timedelta(days=int(answer)) if answer in ANSWERS else None,
        by_answer=args.get("tri") == Order.ANSWER,
        marks=frozenset(mark for mark in Mark if args.get(mark)),
    )


def written(filters: Filters) -> dict[str, str]:
    """Return the query that `wanted` reads as these filters, for links and saved searches."""
    query = {
        "vue": "" if filters.view is View.ALL else str(filters.view),
        "q": filters.words,
        "motif": filters.journey,
        "etat": filters.state,
        "agent": filters.agent,
        "fin": str((filters.ends_by - today()).days) if filters.ends_by else "",
        "reponse": str((filters.answer_by - today()).days) if filters.answer_by else "",
        "tri": str(Order.ANSWER) if filters.by_answer else "",
        **{str(mark): "1" for mark in sorted(filters.marks)},
    }
    return {key: value for key, value in query.items() if value}


def switched_on(filters: Filters, colleagues: Sequence[Any]) -> list[On]:
    """Return every filter that is on, except the view, which the page shows as a list of its own."""
    whole = written(filters)
    return [
        On(description, {other: value for other, value in whole.items() if other != key})
        for key, description in _descriptions(filters, colleagues)
    ]


def _descriptions(filters: Filters, colleagues: Sequence[Any]) -> Iterator[tuple[str, str]]:
    if filters.words:
        yield "q", _("« %(words)s »", words=filters.words)
    known = latest(filters.journey) if filters.journey else None
    if known:
        yield "motif", _("Motif : %(title)s", title=_(known.title))
    if filters.state:
        yield "etat", _("État : %(title)s", title=_(STATE_TITLES[State(filters.state)]))
    if filters.agent:
        yield "agent", _agent(filters.agent, colleagues)
    if filters.ends_by:
        yield (
            "fin",
            ngettext(
                "Fin des droits : %(num)s jour ou moins",
                "Fin des droits : %(num)s jours ou moins",
                (filters.ends_by - today()).days,
            ),
        )
    if filters.answer_by:
        passed = filters.answer_by < today()
        yield (
            "reponse",
            _("Réponse légale : date dépassée")
            if passed
            else ngettext(
                "Réponse légale : dans %(num)s jour ou moins",
                "Réponse légale : dans %(num)s jours ou moins",
                (filters.answer_by - today()).days,
            ),
        )
    yield from ((str(mark), _(MARKS[mark])) for mark in sorted(filters.marks))


def _agent(number: str, colleagues: Sequence[Any]) -> str:
    if number == UNASSIGNED:
        return _("Sans agent")
    names = [colleague.name for colleague in colleagues if str(colleague.id) == number]
    return _("Agent : %(name)s", name=names[0] if names else _("parti"))
