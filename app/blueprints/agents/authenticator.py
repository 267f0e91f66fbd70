"""Another authenticator for one's own account: the password, then a code of the new one."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.blueprints.account_forms import read, waiting
from app.blueprints.staff_forms import blank, show
from app.domain.agent_forms.own_account import CHANGE_AUTHENTICATOR, NEW_AUTHENTICATOR
from app.forms.steps import Reading
from app.presenters import authenticators
from app.services.access.throttles import TooSoon
from app.services.staff import authenticators as service
from app.services.staff.agents import WrongCode, WrongCredentials
from app.services.staff.invitations import DeadLink
from app.web.current import agent, now


def change() -> Response:
    """The present password is asked first."""
    template, step = "agents/change_authenticator.html", CHANGE_AUTHENTICATOR
    reading = blank(step) if request.method == "GET" else read(step)
    late = "tard" in request.args
    if request.method == "GET" or reading.errors:
        return show(template, step, reading, late=late)
    try:
        service.begin(agent(), reading.answers["current"], now())
    except WrongCredentials:
        wrong = {"current": _("Ce n’est pas votre mot de passe actuel.")}
        return show(template, step, reading, errors=wrong, late=late)
    except TooSoon as soon:
        return show(template, step, reading, 429, {"current": waiting(soon.until)}, late=late)
    return redirect(url_for("agents.new_authenticator"), 303)


def new() -> Response:
    """The secret goes into the new authenticator, a code proves it."""
    try:
        secret = service.begun(agent(), now()).totp_secret
        reading = blank(NEW_AUTHENTICATOR) if request.method == "GET" else read(NEW_AUTHENTICATOR)
        if request.method == "GET" or reading.errors:
            return _secret(secret, reading)
        service.replace(current_user.session, agent(), reading.answers["code"], now())
    except WrongCode:
        return _secret(secret, blank(NEW_AUTHENTICATOR), errors={"code": authenticators.wrong()})
    except TooSoon as soon:
        return _secret(secret, blank(NEW_AUTHENTICATOR), 429, {"code": waiting(soon.until)})
    except DeadLink:
        return redirect(url_for("agents.change_authenticator", tard=1), 303)
    return redirect(url_for("agents.account", fait="application"), 303)


def _secret(
    secret: str, reading: Reading, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    shown = authenticators.shown(secret, agent().email)
    return show("agents/new_authenticator.html", NEW_AUTHENTICATOR, reading, status, errors, **shown)
