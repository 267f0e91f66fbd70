"""Applicants' sign-in and sign-out, and the answer to a request without a session."""

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.public_forms.account import SIGN_IN
from app.forms.steps import StepForm
from app.presenters.wait_messages import retry_wait
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts
from app.web.access import browsers, letter_links, passkeys
from app.web.access import sign_in as browser
from app.web.current import now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted import kept_forms
from app.web.posted.forms import form_of, render_form


def sign_in() -> Response:
    """Sign in with the foreign number or the e-mail address.

    A provisional password is exchanged for a new one first.
    """
    if request.method == "GET" and getattr(current_user, "account", None):
        return redirect(_next() or url_for("suivi.space"), 303)
    form = form_of(SIGN_IN)
    if not form.validate_on_submit():
        return _sign_in_page(form)
    answers = form.answers
    try:
        account = accounts.authenticate(answers["identifier"], answers["password"], browsers.origin(), now())
        if account.provisional_until:
            token = accounts.exchange(account, now())
            letter_links.hold("compte.reset", token)
            return redirect(url_for("compte.reset", token=letter_links.OPENED, provisoire=1), 303)
    except WrongCredentials:
        form.add_error("identifier", _("Identifiant ou mot de passe inexact. Vérifiez les deux."))
        return _sign_in_page(form)
    except TooSoon as soon:
        form.add_error("identifier", retry_wait(soon.until))
        return _sign_in_page(form, 429)
    device = answers.get("device") or ""
    browser.start_session(accounts.admit(account, browsers.origin(), "password", now()), device)
    browsers.keep()
    kept_forms.keep_carried(kept_forms.owner_of(account), request.form.get("kept", ""))
    return redirect(_next() or url_for("suivi.space"), 303)


def sign_out() -> Response:
    """Sign out, and make the browser clear what it has of the service."""
    forget = browsers.FORGET_ALL if browser.on_shared_device() else browsers.FORGET
    browser.end_session()
    response = redirect(url_for("accueil.home"), 303)
    response.headers["Clear-Site-Data"] = forget
    return response


def stay() -> Response:
    """Extend the session; any request does."""
    if request.method == "POST":
        return redirect(url_for("compte.stay"), 303)
    return render_page("compte/stayed.html")


def answer() -> Response:
    """Return the way to the sign-in page for a request without a session; what was typed is kept."""
    if request.method == "POST" and {"identifier", "password"} <= request.form.keys():
        # The sign-in form, shown at this address before, sent again to change its language.
        return _sign_in_page(form_of(SIGN_IN), 401)
    response = kept_forms.way_in(
        "compte.sign_in", lambda kept: _sign_in_page(form_of(SIGN_IN), 401, kept.page, kept.text)
    )
    if browser.on_shared_device():
        response.headers["Clear-Site-Data"] = browsers.FORGET
    return response


def _sign_in_page(
    form: StepForm, status: int = 200, next_path: str | None = None, kept: str | None = None
) -> Response:
    """Return the sign-in page, with the path to go to and the signed form that it carries."""
    carried = request.form.get("kept", "") if kept is None else kept
    return render_form(
        "compte/sign_in.html",
        form,
        status,
        next_path=_next() if next_path is None else next_path,
        carried=carried,
        kept=carried or "garde" in request.args,
        ended=not form.errors and browser.was_signed_in() and not current_user.is_authenticated,
        changed="changed" in request.args,
        passkeys_offered=passkeys.site().offers,
    )


def _next() -> str:
    return browser.own_address(request.values.get("next", ""))
