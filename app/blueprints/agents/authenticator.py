"""Change of an agent's authenticator: the password, then a code of the new one."""

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.agent_forms.own_account import CHANGE_AUTHENTICATOR, NEW_AUTHENTICATOR
from app.forms.steps import StepForm
from app.presenters import authenticators
from app.presenters.wait_messages import retry_wait
from app.services.access.refusals import DeadLink, WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.staff import authenticators as service
from app.web.current import agent, now
from app.web.localisation.language import gettext as _
from app.web.posted.forms import blank_form, form_of, render_staff_form


def change() -> Response:
    """Ask for the present password."""
    form = form_of(CHANGE_AUTHENTICATOR)
    template, late = "agents/change_authenticator.html", "tard" in request.args
    if not form.validate_on_submit():
        return render_staff_form(template, form, late=late)
    try:
        service.begin(agent(), form.answers["current"], now())
    except WrongCredentials:
        form.add_error("current", _("Ce n’est pas votre mot de passe actuel."))
        return render_staff_form(template, form, late=late)
    except TooSoon as soon:
        form.add_error("current", retry_wait(soon.until))
        return render_staff_form(template, form, 429, late=late)
    return redirect(url_for("agents.new_authenticator"), 303)


def new() -> Response:
    """Show the secret of the new authenticator, and replace the old one after a valid code."""
    try:
        secret = service.begun(agent(), now()).totp_secret
        form = form_of(NEW_AUTHENTICATOR)
        if not form.validate_on_submit():
            return _secret(secret, form)
        service.replace(current_user.session, agent(), form.answers["code"], now())
    except WrongCode:
        return _code_refused(secret, authenticators.wrong())
    except TooSoon as soon:
        return _code_refused(secret, retry_wait(soon.until), 429)
    except DeadLink:
        return redirect(url_for("agents.change_authenticator", tard=1), 303)
    return redirect(url_for("agents.account", fait="application"), 303)


def _secret(secret: str, form: StepForm, status: int = 200) -> Response:
    shown = authenticators.shown(secret, agent().email)
    return render_staff_form("agents/new_authenticator.html", form, status, **shown)


def _code_refused(secret: str, sentence: str, status: int = 200) -> Response:
    """Return the page with an error and without the typed code."""
    form = blank_form(NEW_AUTHENTICATOR)
    form.add_error("code", sentence)
    return _secret(secret, form, status)
