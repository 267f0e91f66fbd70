"""Applicants' sign-in and sign-out, and the answer to a request without a session."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.public_forms.account import SIGN_IN
from app.forms.steps import StepForm
from app.presenters.wait_messages import retry_wait
from app.services.access import sessions
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts
from app.web import sign_in as browser
from app.web.current import now
from app.web.forms import form_of, render_form
from app.web.htmx import page_behind, wants_fragment
from app.web.language import language
from app.web.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Account


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
        account = accounts.authenticate(
            answers["identifier"], answers["password"], request.remote_addr or "", now()
        )
        if account.provisional_until:
            token = accounts.exchange(account, now())
            return redirect(url_for("compte.reset", token=token, provisoire=1), 303)
    except WrongCredentials:
        form.add_error("identifier", _("Identifiant ou mot de passe inexact. Vérifiez les deux."))
        return _sign_in_page(form)
    except TooSoon as soon:
        form.add_error("identifier", retry_wait(soon.until))
        return _sign_in_page(form, 429)
    browser.start_session(sessions.begin(now(), account=account))
    return redirect(_restore_form(account) or _next() or url_for("suivi.space"), 303)


def sign_out() -> Response:
    """Sign out, and make the browser clear its cache."""
    browser.end_session()
    response = redirect(url_for("accueil.home"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def stay() -> Response:
    """Extend the session; any request does."""
    if request.method == "POST":
        return redirect(url_for("compte.stay"), 303)
    return render_page("compte/stayed.html")


def answer(side: str) -> Response:
    """Return the sign-in page of a side, "applicant" or "agent"; for applicants it keeps the form sent."""
    if side == "agent":
        return redirect(url_for("instruction.sign_in"), 303)
    if wants_fragment():
        response = Response("", 200)
        response.headers["HX-Redirect"] = url_for("compte.sign_in", next=_calling_page())
        return response
    if request.method != "POST":
        return redirect(url_for("compte.sign_in", next=request.full_path.rstrip("?")), 303)
    if {"identifier", "password"} <= request.form.keys():
        # The sign-in form, shown here before, sent again to change its language.
        return _sign_in_page(form_of(SIGN_IN), 401)
    path = request.path if _is_page() else ""
    return _sign_in_page(
        form_of(SIGN_IN), 401, path, kept=browser.sign_form(request.form, path) if path else ""
    )


def _sign_in_page(
    form: StepForm, status: int = 200, next_path: str | None = None, kept: str | None = None
) -> Response:
    """Return the sign-in page, with the path to go to and a signed form to restore."""
    return render_form(
        "compte/sign_in.html",
        form,
        status,
        next_path=_next() if next_path is None else next_path,
        kept=request.form.get("kept", "") if kept is None else kept,
        ended=not form.errors and browser.was_signed_in() and not current_user.is_authenticated,
        changed="changed" in request.args,
    )


def _restore_form(account: "Account") -> str:
    """Save the form sent before signing in; return the path of its page in the current language, "" without one."""
    saved = browser.verify_form(request.form.get("kept", ""), account)
    if saved is None:
        return ""
    _language, _slash, rest = saved.path.lstrip("/").partition("/")
    path = f"/{language()}/{rest}"
    accounts.save_form(account, path, saved.fields, now())
    session["kept"] = True  # spares other sessions the query for a saved form
    return path


def _next() -> str:
    return _own(request.values.get("next", ""))


def _own(address: str) -> str:
    """Return the address if it is a same-origin relative path, otherwise "" (no open redirect)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    own = address.startswith("/") and address[1:2] not in ("/", "\\") and not parts.netloc
    return address if own and address.isprintable() else ""


def _is_page() -> bool:
    """Return whether the address of the request also answers GET."""
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _calling_page() -> str:
    """Return the path of the page that HTMX sent the request from, "" if unknown."""
    shown = page_behind()
    return _own(urlsplit(shown).path) if shown else ""
