"""Agents' sign-in: a password, then a one-time code; no page opens before both."""

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.agent_forms.own_account import SECOND_FACTOR, SIGN_IN
from app.domain.texts.devices import device
from app.forms.steps import StepForm
from app.presenters.wait_messages import retry_wait
from app.services.access import sessions
from app.services.access.refusals import WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.staff import agents
from app.web import sign_in as browser
from app.web.audiences import first_page
from app.web.current import now
from app.web.forms import blank_form, form_of, render_staff_form
from app.web.htmx import wants_fragment

if TYPE_CHECKING:
    from app.storage.models import Agent


def sign_in() -> Response:
    """Check the password; the session that it starts only opens `second_factor`."""
    if person := getattr(current_user, "agent", None):
        return redirect(url_for(first_page(person)), 303)
    if wants_fragment():
        # The session ended while the queue was being filtered: replace the whole page, not the list.
        return Response(headers={"HX-Redirect": url_for("instruction.sign_in")})
    form = form_of(SIGN_IN)
    if not form.validate_on_submit():
        return _credentials(form)
    try:
        agent = agents.check_password(
            form.answers["email"], form.answers["password"], request.remote_addr or "", now()
        )
    except WrongCredentials:
        form.add_error("email", _("Cette adresse ou ce mot de passe est faux. Vérifiez les deux."))
        return _credentials(form)
    except TooSoon as soon:
        form.add_error("email", retry_wait(soon.until))
        return _credentials(form, 429)
    browser.start_session(sessions.begin(now(), agent=agent))
    return redirect(url_for("instruction.second_factor"), 303)


def second_factor() -> Response:
    """Check the one-time code, and replace the session of the first step by a new one."""
    agent: Any = getattr(current_user, "pending_agent", None)
    if agent is None:
        return redirect(url_for("instruction.sign_in"), 303)
    form = form_of(SECOND_FACTOR)
    if not form.validate_on_submit():
        return _code(form)
    try:
        agents.check_code(agent, form.answers["code"], now())
    except WrongCode:
        wrong = _("Ce code est faux, ou il a déjà servi. Attendez le suivant et recopiez-le.")
        return _code_refused(wrong)
    except TooSoon as soon:
        return _code_refused(retry_wait(soon.until), 429)
    admit(agent)
    return redirect(url_for(first_page(agent)), 303)


def admit(agent: "Agent") -> None:
    """Start a session with full access, after both factors were checked."""
    browser.end_session()
    browser.start_session(agents.admit(agent, now(), device(request.user_agent.string)))


def sign_out() -> Response:
    """Sign out, and make the browser clear its cache."""
    browser.end_session()
    response = redirect(url_for("instruction.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _credentials(form: StepForm, status: int = 200) -> Response:
    # person=None: the page must not show an applicant who is signed in with this browser.
    changed = "change" in request.args
    return render_staff_form("instruction/sign_in.html", form, status, person=None, changed=changed)


def _code(form: StepForm, status: int = 200) -> Response:
    return render_staff_form("instruction/second_factor.html", form, status, person=None)


def _code_refused(sentence: str, status: int = 200) -> Response:
    """Return the page with an error and without the typed code."""
    form = blank_form(SECOND_FACTOR)
    form.add_error("code", sentence)
    return _code(form, status)
