"""Agents' sign-in: a password, then a one-time code; no page opens before both."""

from typing import TYPE_CHECKING, Any

from flask import redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.agent_forms.own_account import SECOND_FACTOR, SIGN_IN
from app.forms.steps import StepForm
from app.presenters.wait_messages import retry_wait
from app.services import passkeys
from app.services.access import sessions
from app.services.access.refusals import WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.passkeys import NotAccepted
from app.services.staff import agents
from app.web.access import browsers
from app.web.access import passkeys as web_keys
from app.web.access import sign_in as browser
from app.web.access.audiences import first_page
from app.web.current import now
from app.web.localisation.language import gettext as _
from app.web.posted import kept_forms
from app.web.posted.forms import blank_form, form_of, render_staff_form

if TYPE_CHECKING:
    from app.storage.models import Agent


_AFTER = "after"  # in the cookie, between the two factors: the page to go to


def sign_in() -> Response:
    """Check the password; the session that it starts only opens `second_factor`."""
    if person := getattr(current_user, "agent", None):
        return redirect(_next() or url_for(first_page(person)), 303)
    form = form_of(SIGN_IN)
    if not form.validate_on_submit():
        return _credentials(form)
    try:
        agent = agents.check_password(
            form.answers["email"], form.answers["password"], browsers.origin(), now()
        )
    except WrongCredentials:
        form.add_error("email", _("Cette adresse ou ce mot de passe est faux. Vérifiez les deux."))
        return _credentials(form)
    except agents.NotAccepted:
        form.add_error("email", _("Votre compte attend l’accord d’un responsable, qui a reçu un e-mail."))
        return _credentials(form)
    except TooSoon as soon:
        form.add_error("email", retry_wait(soon.until))
        return _credentials(form, 429)
    browser.start_session(sessions.begin(now(), agent=agent))
    kept_forms.keep_carried(kept_forms.owner_of(agent), request.form.get("kept", ""))
    session[_AFTER] = _next()
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
        agents.check_code(agent, form.answers["code"], browsers.origin(), now())
    except WrongCode:
        wrong = _("Ce code est faux, ou il a déjà servi. Attendez le suivant et recopiez-le.")
        return _code_refused(wrong)
    except TooSoon as soon:
        return _code_refused(retry_wait(soon.until), 429)
    return redirect(admit(agent) or url_for(first_page(agent)), 303)


def passkey() -> Response:
    """Check the answer of a passkey in place of the one-time code."""
    agent: Any = getattr(current_user, "pending_agent", None)
    if agent is None:
        return redirect(url_for("instruction.sign_in"), 303)
    try:
        challenge = web_keys.answered_challenge()
        answer = request.form.get("answer", "")
        passkeys.enter(web_keys.site(), challenge, answer, browsers.origin(), now(), agent)
    except NotAccepted:
        return _code_refused(
            _("Cette clé n’est pas la vôtre, ou a déjà répondu. Recommencez, ou écrivez le code.")
        )
    except TooSoon as soon:
        return _code_refused(retry_wait(soon.until), 429)
    return redirect(admit(agent) or url_for(first_page(agent)), 303)


def admit(agent: "Agent", *, first: bool = False) -> str:
    """Start a session with full access, after both factors were checked; return the page asked for before, if any."""
    after = str(session.get(_AFTER, ""))
    browser.end_session()
    browser.start_session(agents.admit(agent, browsers.origin(), now(), first=first))
    browsers.keep()
    return after


def answer() -> Response:
    """Return the way to the sign-in page for a request without a session; what was typed is kept."""
    return kept_forms.way_in(
        "instruction.sign_in", lambda kept: _credentials(form_of(SIGN_IN), 401, kept.page, kept.text)
    )


def _next() -> str:
    return browser.own_address(request.values.get("next", ""))


def sign_out() -> Response:
    """Sign out, and make the browser clear its cache."""
    browser.end_session()
    response = redirect(url_for("instruction.sign_in"), 303)
    response.headers["Clear-Site-Data"] = browsers.FORGET
    return response


def _credentials(
    form: StepForm, status: int = 200, next_path: str | None = None, kept: str | None = None
) -> Response:
    carried = request.form.get("kept", "") if kept is None else kept
    return render_staff_form(
        "instruction/sign_in.html",
        form,
        status,
        person=None,  # the page must not show an applicant who is signed in with this browser
        changed="change" in request.args,
        next_path=_next() if next_path is None else next_path,
        carried=carried,
        kept=carried or "garde" in request.args,
        ended=not form.errors and browser.was_signed_in() and not current_user.is_authenticated,
    )


def _code(form: StepForm, status: int = 200) -> Response:
    agent: Any = getattr(current_user, "pending_agent", None)
    options = ""
    if agent and web_keys.site().offers and passkeys.of(agent):
        options = passkeys.options_to_enter(web_keys.site(), web_keys.new_challenge(), agent)
    return render_staff_form("instruction/second_factor.html", form, status, person=None, options=options)


def _code_refused(sentence: str, status: int = 200) -> Response:
    """Return the page with an error and without the typed code."""
    form = blank_form(SECOND_FACTOR)
    form.add_error("code", sentence)
    return _code(form, status)
