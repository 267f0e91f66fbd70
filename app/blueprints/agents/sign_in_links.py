"""Agents' access by e-mail (invitation, new password), and sign-in with a recovery code."""

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.blueprints.instruction.sign_in import admit
from app.domain.agent_forms.own_account import (
    AUTHENTICATOR,
    FIRST_PASSWORD,
    FORGOTTEN,
    NEW_PASSWORD,
    RECOVERY_CODE,
)
from app.forms.steps import StepForm
from app.keys import KeyPurpose
from app.presenters import authenticators, recovery_codes_display
from app.presenters.wait_messages import retry_wait
from app.services.access.passwords import WeakPassword
from app.services.access.refusals import DeadLink, WrongCode
from app.services.access.throttles import TooSoon
from app.services.staff import agent_passwords, agents, invitations, recovery_codes
from app.web.access import browsers, letter_links
from app.web.current import keys, now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_of, format_problem, render_staff_form

if TYPE_CHECKING:
    from app.storage.models import AgentLink


def invitation(token: str) -> Response:
    """Choose a password, step 1 of an invitation.

    Opening the page does not use the link up: mail scanners open links too.
    """
    try:
        link = invitations.live(token, now())
    except DeadLink:
        return _no_invitation()
    form = form_of(FIRST_PASSWORD)
    context: dict[str, Any] = {"member": link.agent, "person": None}
    if not form.validate_on_submit():
        return render_staff_form("agents/first_password.html", form, **context)
    try:
        invitations.choose_password(link, form.answers["password"])
    except WeakPassword as weak:
        form.add_error("password", format_problem(weak.problem))
        return render_staff_form("agents/first_password.html", form, **context)
    return redirect(url_for("agents.authenticator", token=letter_links.OPENED), 303)


def authenticator(token: str) -> Response:
    """Set up the authenticator, step 2 of an invitation; a valid code opens the account."""
    try:
        link = invitations.live(token, now())
        if not link.password_hash:
            return redirect(url_for("agents.invitation", token=letter_links.OPENED), 303)
        form = form_of(AUTHENTICATOR)
        if not form.validate_on_submit():
            return _secret(link, token, form)
        seed = recovery_codes.new_seed(keys(KeyPurpose.CODES))
        waits = link.agent.proposed_at is not None
        codes = () if waits else recovery_codes.codes_from_seed(keys(KeyPurpose.CODES), seed)
        agent = invitations.accept(link, form.answers["code"], codes, now())
    except WrongCode:
        return _code_refused(link, token, authenticators.wrong())
    except TooSoon as soon:
        return _code_refused(link, token, retry_wait(soon.until), 429)
    except DeadLink:
        return _no_invitation()
    if waits:  # recovery codes are shown to whoever is inside
        return render_page("agents/awaits.html", person=None)
    admit(agent, first=True)
    recovery_codes_display.show(seed, now())
    return redirect(url_for("agents.codes", premiers=1), 303)


def _secret(link: "AgentLink", token: str, form: StepForm, status: int = 200) -> Response:
    context: dict[str, Any] = authenticators.shown(link.totp_secret, link.agent.email)
    return render_staff_form("agents/authenticator.html", form, status, person=None, **context)


def _code_refused(link: "AgentLink", token: str, sentence: str, status: int = 200) -> Response:
    """Return the page with an error and without the typed code."""
    form = blank_form(AUTHENTICATOR)
    form.add_error("code", sentence)
    return _secret(link, token, form, status)


def recovery_code() -> Response:
    """Sign in with a recovery code instead of the authenticator."""
    agent: Any = getattr(current_user, "pending_agent", None)
    if agent is None:
        return redirect(url_for("instruction.sign_in"), 303)
    form = form_of(RECOVERY_CODE)
    if not form.validate_on_submit():
        return render_staff_form("agents/recovery_code.html", form, person=None)
    try:
        agents.check_recovery_code(agent, form.answers["code"], browsers.origin(), now())
    except WrongCode:
        form.add_error(
            "code",
            _("Ce code est faux, ou il a déjà servi. Prenez-en un autre dans votre liste de dix codes."),
        )
        return render_staff_form("agents/recovery_code.html", form, person=None)
    except TooSoon as soon:
        form.add_error("code", retry_wait(soon.until))
        return render_staff_form("agents/recovery_code.html", form, 429, person=None)
    admit(agent)
    return redirect(url_for("agents.codes", secours=1), 303)


def forgotten() -> Response:
    """Send a link to choose a new password; the answer is the same if there is no account."""
    if request.method == "GET" and "envoye" in request.args:
        return render_page("agents/sent.html", person=None)
    form = form_of(FORGOTTEN)
    if not form.validate_on_submit():
        return render_staff_form("agents/forgotten.html", form, person=None)
    agent_passwords.ask_reset(form.answers["email"], browsers.origin(), now())
    return redirect(url_for("agents.forgotten", envoye=1), 303)


def reset(token: str) -> Response:
    """Choose a new password; signing in still asks for the second factor."""
    form = form_of(NEW_PASSWORD)
    context: dict[str, Any] = {"person": None}
    try:
        agent_passwords.live(token, now())
        if not form.validate_on_submit():
            return render_staff_form("agents/reset.html", form, **context)
        agent_passwords.reset(token, form.answers["password"], browsers.origin(), now())
    except WeakPassword as weak:
        form.add_error("password", format_problem(weak.problem))
        return render_staff_form("agents/reset.html", form, **context)
    except DeadLink:
        return render_page("agents/dead_link.html", 410, person=None, invitation=False)
    return redirect(url_for("instruction.sign_in", change=1), 303)


def _no_invitation() -> Response:
    return render_page("agents/dead_link.html", 410, person=None, invitation=True)
