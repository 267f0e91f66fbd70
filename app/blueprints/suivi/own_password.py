"""Change of a signed-in applicant’s password."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.suivi.open_sessions import this_session
from app.domain.public_forms.account import CHANGE_PASSWORD
from app.forms.steps import StepForm
from app.presenters.wait_messages import retry_wait
from app.services.access.passwords import WeakPassword
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts
from app.web.access import browsers
from app.web.current import account, now
from app.web.localisation.language import gettext as _
from app.web.posted.forms import form_of, format_problem, render_form


def password() -> Response:
    """Change the password, given the present one; 404 for an account that has none yet."""
    if not account().password_hash:
        abort(404)
    form = form_of(CHANGE_PASSWORD)
    if not form.validate_on_submit():
        return _shown(form)
    current, new = form.answers["current"], form.answers["password"]
    try:
        accounts.change_password(account(), current, new, this_session(), browsers.origin(), now())
    except WrongCredentials:
        form.add_error("current", _("Ce mot de passe n’est pas celui de votre compte."))
    except TooSoon as soon:
        form.add_error("current", retry_wait(soon.until))
        return _shown(form, 429)
    except WeakPassword as weak:
        form.add_error("password", format_problem(weak.problem))
    else:
        return redirect(url_for("suivi.password", ok=1), 303)
    return _shown(form)


def _shown(form: StepForm, status: int = 200) -> Response:
    return render_form(
        "suivi/password.html", form, status, saved=request.method == "GET" and "ok" in request.args
    )
