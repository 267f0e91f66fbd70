"""Management of agents' accounts: list, invite, change, close, reopen."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, request, url_for
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
from app.domain.text import clean
from app.forms.steps import StepForm
from app.services.access.refusals import AddressTaken
from app.services.staff import acceptance, administration
from app.services.staff.administration import AdminActor, LastAdministrator, NotNow, Place
from app.storage.people import administration as store
from app.storage.people import agent_links as links
from app.storage.people import services as offices
from app.storage.people.administration import NO_SERVICE as OF_NONE
from app.storage.people.administration import Wanted
from app.web.current import agent, now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, format_problem, render_staff_form

if TYPE_CHECKING:
    from app.storage.models import Agent

LATEST = 20
TAGS = {Access.OPEN: "ok", Access.INVITED: "", Access.CLOSED: "bare"}

_ACTIONS: dict[str, Callable[["Agent", AdminActor], object]] = {
    INVITE: administration.invite_again,
    RESET: administration.reset_second_factor,
    CLOSE: administration.close,
    OPEN: administration.reopen,
}


def members() -> Response:
    """List agents by service, filtered by name, e-mail address or service."""
    wanted = Wanted(clean(request.args.get("q", ""))[:100], clean(request.args.get("service", ""))[:8])
    after = request.args.get("apres", "")
    extract = store.page(wanted, int(after) if re.fullmatch(r"\d{1,9}", after, re.ASCII) else None)
    query = {"q": wanted.words, "service": wanted.service}
    return render_page(
        "administration/members.html",
        members=[(row, store.access(row)) for row in extract.rows],
        after=extract.after,
        paged=bool(after),
        wanted=wanted,
        query={key: value for key, value in query.items() if value},
        services=_services(),
        none=OF_NONE,
        **_titles(),
    )


def member(number: int) -> Response:
    """Show one account, the actions offered on it, and its record."""
    shown = store.member(number)
    return render_page(
        "administration/member.html",
        member=shown,
        access=store.access(shown),
        judges=acceptance.judges(shown, store.proposer_id(shown.id)),
        until=links.invited_until(shown.id, now()),
        offered=[(key, ACTS[key]) for key in OFFERED[store.access(shown)]],
        done=ACTS.get(request.args.get("fait", "")),
        new="cree" in request.args,
        lines=lines(store.journal(LATEST, subject=shown.id).rows),
        **_titles(),
    )


def invite() -> Response:
    """Invite an agent: the account opens nothing until its password and second factor are chosen."""
    form = form_of(invitation_step(_services()))
    if not _validated(form):
        return render_staff_form("administration/invite.html", form)
    answers = form.answers
    try:
        made, _token = administration.invite(answers["name"], answers["email"], _place(form), _actor())
    except AddressTaken:
        form.add_error("email", format_problem(TAKEN))
        return render_staff_form("administration/invite.html", form)
    return redirect(url_for("administration.member", number=made.id, cree=1), 303)


def act(number: int, action: str) -> Response:
    """Perform an action on an account (POST), or ask for confirmation (GET)."""
    subject = store.member(number)
    if action not in ACTS:
        abort(404)
    if action not in OFFERED[store.access(subject)]:
        return redirect(url_for("administration.member", number=number), 303)  # done already
    step = member_step(_services(subject)) if action == CHANGE else Step(action, ACTS[action].title, "")
    known = {"rank": subject.rank, "service": subject.service.code if subject.service else ""}
    form = form_of(step, known)
    if not _validated(form):
        return _confirmation(subject, action, form)
    try:
        if action == CHANGE:
            administration.change(subject, _place(form), _actor())
        else:
            _ACTIONS[action](subject, _actor())
    except LastAdministrator:
        return _confirmation(subject, action, form, 409)
    except NotNow:
        return redirect(url_for("administration.member", number=number), 303)
    return redirect(url_for("administration.member", number=number, fait=action), 303)


def _confirmation(subject: "Agent", action: str, form: StepForm, status: int = 200) -> Response:
    refusal = _(LAST.text) if status == 409 else ""
    context: dict[str, Any] = {
        "member": subject,
        "action": action,
        "words": ACTS[action],
        "refusal": refusal,
    }
    return render_staff_form("administration/act.html", form, status, **context)


def _validated(form: StepForm) -> bool:
    """Return whether the form was sent without errors; agents and supervisors must have a service."""
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
    """Return the code and name of active services, and of an agent's own even if it is closed."""
    own = of.service_id if of else None
    return tuple(
        (code, service.name)
        for code, service in offices.all_services().items()
        if service.active or service.id == own
    )


def _titles() -> dict[str, object]:
    return {
        "titles": ACCESS_TITLES,
        "tags": TAGS,
        "ranks": {str(rank): title for rank, title in RANK_TITLES.items()},
    }


def _actor() -> AdminActor:
    return AdminActor(agent(), now())
