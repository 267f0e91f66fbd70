"""Ways in by a letter: an invitation, a new password; and by a recovery code, for who has not their authenticator."""

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.blueprints.account_forms import read, told, waiting
from app.blueprints.instruction.sign_in import admit, patience
from app.blueprints.staff_forms import blank, show
from app.domain.agent_forms.own_account import (
    AUTHENTICATOR,
    FIRST_PASSWORD,
    FORGOTTEN,
    NEW_PASSWORD,
    RECOVERY_CODE,
)
from app.forms.steps import Reading
from app.presenters import authenticators, recovery_codes_display
from app.services.access.passwords import WeakPassword
from app.services.access.throttles import TooSoon
from app.services.staff import agent_passwords, agents, invitations, recovery_codes
from app.services.staff.agents import TooManyTries, WrongCode
from app.services.staff.invitations import DeadLink
from app.web.current import now, settings
from app.web.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import AgentLink


def invitation(token: str) -> Response:
    """First step: a password. Opening the page uses nothing up: mail scanners open links too."""
    try:
        link = invitations.live(token, now())
    except DeadLink:
        return _no_invitation()
    reading = blank(FIRST_PASSWORD) if request.method == "GET" else read(FIRST_PASSWORD)
    context: dict[str, Any] = {"token": token, "member": link.agent, "person": None}
    if request.method == "GET" or reading.errors:
        return show("agents/first_password.html", FIRST_PASSWORD, reading, **context)
    try:
        invitations.choose_password(link, reading.answers["password"])
    except WeakPassword as weak:
        wrong = {"password": told(weak.problem)}
        return show("agents/first_password.html", FIRST_PASSWORD, reading, errors=wrong, **context)
    return redirect(url_for("agents.authenticator", token=token), 303)


def authenticator(token: str) -> Response:
    """Second step: the secret goes into the authenticator, a code proves it, the account opens."""
    try:
        link = invitations.live(token, now())
        if not link.password_hash:
            return redirect(url_for("agents.invitation", token=token), 303)
        if request.method == "GET":
            return _secret(link, token, blank(AUTHENTICATOR))
        reading = read(AUTHENTICATOR)
        if reading.errors:
            return _secret(link, token, reading)
        seed = recovery_codes.new_seed()
        codes = recovery_codes.codes_from_seed(settings().secret_key, seed)
        agent = invitations.accept(link, reading.answers["code"], codes, now())
    except WrongCode:
        return _secret(link, token, blank(AUTHENTICATOR), errors={"code": authenticators.wrong()})
    except TooSoon as soon:
        return _secret(link, token, blank(AUTHENTICATOR), 429, {"code": waiting(soon.until)})
    except DeadLink:
        return _no_invitation()
    admit(agent)
    recovery_codes_display.show(seed, now())
    return redirect(url_for("agents.codes", premiers=1), 303)


def _secret(
    link: "AgentLink", token: str, reading: Reading, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    shown = authenticators.shown(link.totp_secret, link.agent.email)
    context: dict[str, Any] = {"token": token, "person": None, **shown}
    return show("agents/authenticator.html", AUTHENTICATOR, reading, status, errors, **context)


def recovery_code() -> Response:
    """The second lock without the authenticator."""
    agent: Any = getattr(current_user, "pending_agent", None)
    if agent is None:
        return redirect(url_for("instruction.sign_in"), 303)
    reading = blank(RECOVERY_CODE) if request.method == "GET" else read(RECOVERY_CODE)
    if request.method == "GET" or reading.errors:
        return show("agents/recovery_code.html", RECOVERY_CODE, reading, person=None)
    try:
        agents.check_recovery_code(agent, reading.answers["code"], now())
    except WrongCode:
        wrong = _("Ce code ne convient pas, ou il a déjà servi. Essayez-en un autre.")
        return show("agents/recovery_code.html", RECOVERY_CODE, reading, errors={"code": wrong}, person=None)
    except TooManyTries as wait:
        soon = {"code": patience(wait.until)}
        return show("agents/recovery_code.html", RECOVERY_CODE, reading, 429, soon, person=None)
    admit(agent)
    return redirect(url_for("agents.codes", secours=1), 303)


def forgotten() -> Response:
    """Ask for a link; the answer is the same whether the account exists or not."""
    if request.method == "GET":
        if "envoye" in request.args:
            return render_page("agents/sent.html", person=None)
        return show("agents/forgotten.html", FORGOTTEN, blank(FORGOTTEN), person=None)
    reading = read(FORGOTTEN)
    if reading.errors:
        return show("agents/forgotten.html", FORGOTTEN, reading, person=None)
    agent_passwords.ask_reset(reading.answers["email"], now())
    return redirect(url_for("agents.forgotten", envoye=1), 303)


def reset(token: str) -> Response:
    """Choose a new password. The second factor is asked for at the door, as always."""
    context: dict[str, Any] = {"token": token, "person": None}
    try:
        agent_passwords.live(token, now())
        reading = blank(NEW_PASSWORD) if request.method == "GET" else read(NEW_PASSWORD)
        if request.method == "GET" or reading.errors:
            return show("agents/reset.html", NEW_PASSWORD, reading, **context)
        agent_passwords.reset(token, reading.answers["password"], request.remote_addr or "", now())
    except WeakPassword as weak:
        wrong = {"password": told(weak.problem)}
        return show("agents/reset.html", NEW_PASSWORD, reading, errors=wrong, **context)
    except DeadLink:
        return render_page("agents/dead_link.html", 410, person=None, invitation=False)
    return redirect(url_for("instruction.sign_in", change=1), 303)


def _no_invitation() -> Response:
    return render_page("agents/dead_link.html", 410, person=None, invitation=True)
