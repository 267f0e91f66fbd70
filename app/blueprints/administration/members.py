"""Accounts of the agents' side: listed, invited, changed, closed, opened again."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.blueprints.administration.record_text import lines
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
from app.forms.steps import StepForm
from app.services.access.refusals import AddressTaken
from app.services.staff import administration
from app.services.staff.administration import AdminActor, LastAdministrator, NotNow, Place
from app.storage.people import administration as store
from app.storage.people import agent_links as links
from app.storage.people import services as offices
from app.storage.people.administration import NO_SERVICE as OF_NONE
from app.storage.people.administration import Wanted
from app.web.current import agent, now
from app.web.forms import form_of, format_problem, render_staff_form
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
    form = form_of(invitation_step(_services()))
    if not _validated(form):
        return render_staff_form("administration/invite.html", form)
    answers = form.answers
    try:
        made, _token = administration.invite(answers["name"], answers["email"], _place(form), _deeds())
    except AddressTaken:
        form.add_error("email", format_problem(TAKEN))
        return render_staff_form("administration/invite.html", form)
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
    form = form_of(step, known)
    if not _validated(form):
        return _asked(one, action, form)
    try:
        if action == CHANGE:
            administration.change(one, _place(form), _deeds())
        else:
            _DONE[action](one, _deeds())
    except LastAdministrator:
        return _asked(one, action, form, 409)
    except NotNow:
        return redirect(url_for("administration.member", number=number), 303)
    return redirect(url_for("administration.member", number=number, fait=action), 303)


def _asked(one: "Agent", action: str, form: StepForm, status: int = 200) -> Response:
    refusal = _(LAST.text) if status == 409 else ""
    context: dict[str, Any] = {"member": one, "action": action, "words": ACTS[action], "refusal": refusal}
    return render_staff_form("administration/act.html", form, status, **context)


def _validated(form: StepForm) -> bool:
    """Whether the form was sent and nothing is wrong with it. An agent and a supervisor have a service."""
    if not form.is_submitted():
        return False
    form.validate()
    owed = form.answers.get("rank") in (Rank.AGENT, Rank.SUPERVISOR) and not form["service"].data
    if owed and not form["service"].errors:
        form.add_error("service", format_problem(NO_SERVICE))
    return not form.errors


def _place(form: StepForm) -> Place:
    rank = Rank(form.answers["rank"])
    code = "" if rank is Rank.ADMINISTRATOR else form.answers["service"]
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
