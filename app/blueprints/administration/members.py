"""Accounts of the agents' side: listed, invited, changed, closed, opened again."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.blueprints.account_forms import read
from app.blueprints.administration.record_text import lines
from app.blueprints.staff_forms import blank, show
from app.domain.agent_forms.administration import (
    ACCESS_TITLES,
    ACTS,
    CHANGE,
    CLOSE,
    INVITE,
    LAST,
    NO_SERVICE,
    OFFERED,
    OPEN,
    RESET,
    TAKEN,
    Access,
    Services,
    invitation_step,
    member_step,
)
from app.domain.dossiers.ranks import RANK_TITLES, Rank
from app.domain.journeys.journey import Step
from app.forms.fields import clean
from app.forms.steps import Reading
from app.services.staff import administration
from app.services.staff.administration import AddressTaken, AdminActor, LastAdministrator, NotNow, Place
from app.storage.people import administration as store
from app.storage.people import agent_links as links
from app.storage.people import services as offices
from app.storage.people.administration import NO_SERVICE as OF_NONE
from app.storage.people.administration import Wanted
from app.web.current import agent, now
from app.web.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Agent

LATEST = 20
TAGS = {Access.OPEN: "ok", Access.INVITED: "", Access.CLOSED: "bare"}

_DONE: dict[str, Callable[["Agent", AdminActor], object]] = {
    INVITE: administration.invite_again,
    RESET: administration.reset_second_factor,
    CLOSE: administration.close,
    OPEN: administration.reopen,
}


def members() -> Response:
    """Everybody, by service; looked for by name or address."""
    wanted = Wanted(clean(request.args.get("q", ""))[:100], clean(request.args.get("service", ""))[:8])
    after = request.args.get("apres", "")
    extract = store.page(wanted, int(after) if re.fullmatch(r"\d{1,9}", after, re.ASCII) else None)
    query = {"q": wanted.words, "service": wanted.service}
    return render_page(
        "administration/members.html",
        members=[(one, store.access(one)) for one in extract.rows],
        after=extract.after,
        paged=bool(after),
        wanted=wanted,
        query={key: value for key, value in query.items() if value},
        services=_services(),
        none=OF_NONE,
        **_words(),
    )


def member(number: int) -> Response:
    """One account, what can be done with it, what was."""
    one = store.member(number)
    return render_page(
        "administration/member.html",
        member=one,
        access=store.access(one),
        until=links.invited_until(one.id, now()),
        offered=[(key, ACTS[key]) for key in OFFERED[store.access(one)]],
        done=ACTS.get(request.args.get("fait", "")),
        new="cree" in request.args,
        lines=lines(store.journal(LATEST, subject=one.id).rows),
        **_words(),
    )


def invite() -> Response:
    """Invite somebody: an account that opens nothing until they have chosen their password and second factor."""
    step = invitation_step(_services())
    if request.method == "GET":
        return show("administration/invite.html", step, blank(step))
    reading = _with_service(read(step))
    if reading.errors:
        return show("administration/invite.html", step, reading)
    answers = reading.answers
    try:
        made, _token = administration.invite(answers["name"], answers["email"], _place(reading), _deeds())
    except AddressTaken:
        return show("administration/invite.html", step, reading.with_error("email", TAKEN))
    return redirect(url_for("administration.member", number=made.id, cree=1), 303)


def act(number: int, action: str) -> Response:
    """One act on an account: its page says what it does, its button does it."""
    one = store.member(number)
    if action not in ACTS:
        abort(404)
    if action not in OFFERED[store.access(one)]:
        return redirect(url_for("administration.member", number=number), 303)  # it is done already
    step = member_step(_services(one)) if action == CHANGE else Step(action, ACTS[action].title, "")
    known = {"rank": one.rank, "service": one.service.code if one.service else ""}
    if request.method == "GET":
        return _asked(one, action, step, blank(step, **known))
    reading = _with_service(read(step)) if action == CHANGE else read(step)
    if reading.errors:
        return _asked(one, action, step, reading)
    try:
        if action == CHANGE:
            administration.change(one, _place(reading), _deeds())
        else:
            _DONE[action](one, _deeds())
    except LastAdministrator:
        return _asked(one, action, step, reading, 409)
    except NotNow:
        return redirect(url_for("administration.member", number=number), 303)
    return redirect(url_for("administration.member", number=number, fait=action), 303)


def _asked(one: "Agent", action: str, step: Step, reading: Reading, status: int = 200) -> Response:
    refusal = _(LAST.text) if status == 409 else ""
    context: dict[str, Any] = {"member": one, "action": action, "words": ACTS[action], "refusal": refusal}
    return show("administration/act.html", step, reading, status, **context)


def _with_service(reading: Reading) -> Reading:
    """An agent and a supervisor have a service."""
    answers = reading.answers
    owed = answers.get("rank") in (Rank.AGENT, Rank.SUPERVISOR) and "service" not in reading.errors
    return reading.with_error("service", NO_SERVICE) if owed and not answers.get("service") else reading


def _place(reading: Reading) -> Place:
    rank = Rank(reading.answers["rank"])
    code = "" if rank is Rank.ADMINISTRATOR else reading.answers["service"]
    return Place(rank, store.service(code) if code else None)


def _services(of: "Agent | None" = None) -> Services:
    """Services that take applications, and the one of a member even if it is closed."""
    own = of.service_id if of else None
    return tuple(
        (code, one.name) for code, one in offices.all_services().items() if one.active or one.id == own
    )


def _words() -> dict[str, object]:
    return {
        "titles": ACCESS_TITLES,
        "tags": TAGS,
        "ranks": {str(rank): title for rank, title in RANK_TITLES.items()},
    }


def _deeds() -> AdminActor:
    return AdminActor(agent(), now())
