"""The agents' door: a password, then a one-time code. Nothing opens before both."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.texts.devices import device
from app.forms import instruction as forms
from app.forms.fields import clean
from app.services.access import sessions
from app.services.access.refusals import WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.staff import agents
from app.web import sign_in as browser
from app.web.audiences import first_page
from app.web.current import now
from app.web.htmx import wants_fragment
from app.web.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Agent


def sign_in() -> Response:
    """First lock. The password alone opens the second lock only."""
    if person := getattr(current_user, "agent", None):
        return redirect(url_for(first_page(person)), 303)
    if wants_fragment():
        # The session ended while the queue was being filtered: the whole page goes to the door.
        return Response(headers={"HX-Redirect": url_for("instruction.sign_in")})
    if request.method == "GET":
        return _credentials()
    email, password = clean(request.form.get("email", ""))[:254], request.form.get("password", "")
    if not email.strip() or not password:
        return _credentials(email, _(forms.MISSING_CREDENTIALS), 422)
    try:
        agent = agents.check_password(email, password, request.remote_addr or "", now())
    except WrongCredentials:
        return _credentials(email, _(forms.WRONG_CREDENTIALS), 422)
    except TooSoon as wait:
        return _credentials(email, patience(wait.until), 429)
    browser.start_session(sessions.begin(now(), agent=agent))
    return redirect(url_for("instruction.second_factor"), 303)


def second_factor() -> Response:
    """Second lock. The browser gets a new session, so that the half-open one is worth nothing."""
    agent: Any = getattr(current_user, "pending_agent", None)
    if agent is None:
        return redirect(url_for("instruction.sign_in"), 303)
    if request.method == "GET":
        return _code()
    typed = request.form.get("code", "")[:20]
    if not typed.strip():
        return _code(_(forms.MISSING_CODE), 422)
    try:
        agents.check_code(agent, typed, now())
    except WrongCode:
        return _code(_(forms.WRONG_CODE), 422)
    except TooSoon as wait:
        return _code(patience(wait.until), 429)
    admit(agent)
    return redirect(url_for(first_page(agent)), 303)


def admit(agent: "Agent") -> None:
    """Give this browser a session past both locks."""
    browser.end_session()
    browser.start_session(agents.admit(agent, now(), device(request.user_agent.string)))


def sign_out() -> Response:
    """Close the session and make the browser forget its pages."""
    browser.end_session()
    response = redirect(url_for("instruction.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _credentials(email: str = "", error: str = "", status: int = 200) -> Response:
    # At this door an applicant who is signed in elsewhere is a stranger.
    fields = forms.credentials(email, error)
    return render_page(
        "instruction/sign_in.html", status, person=None, fields=fields, changed="change" in request.args
    )


def _code(error: str = "", status: int = 200) -> Response:
    return render_page(
        "instruction/second_factor.html", status, person=None, fields=forms.one_time_code(error)
    )


def patience(until: datetime) -> str:
    """How long until the next try."""
    seconds = max(1, round((until - now()).total_seconds()))
    if seconds < 60:
        return ngettext(forms.WAIT_SECOND, forms.WAIT_SECONDS, seconds)
    return ngettext(forms.WAIT_MINUTE, forms.WAIT_MINUTES, -(-seconds // 60))
