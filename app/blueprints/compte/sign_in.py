"""The applicants' door: in, out, staying, and what somebody sees who is not signed in."""

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
    """Sign in with the number or the address."""
    if request.method == "GET" and getattr(current_user, "account", None):
        return redirect(_next() or url_for("suivi.space"), 303)
    form = form_of(SIGN_IN)
    if not form.validate_on_submit():
        return _door(form)
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
        return _door(form)
    except TooSoon as soon:
        form.add_error("identifier", retry_wait(soon.until))
        return _door(form, 429)
    browser.start_session(sessions.begin(now(), account=account))
    return redirect(_given_back(account) or _next() or url_for("suivi.space"), 303)


def sign_out() -> Response:
    """Sign out, and make the browser forget what it showed."""
    browser.end_session()
    response = redirect(url_for("accueil.home"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def stay() -> Response:
    """Go on: the visit itself prolongs the session."""
    if request.method == "POST":
        return redirect(url_for("compte.stay"), 303)
    return render_page("compte/stayed.html")


def answer(audience: str) -> Response:
    """For somebody who is not signed in: the door, with what they typed kept behind it."""
    if audience == "agent":
        return redirect(url_for("instruction.sign_in"), 303)
    if wants_fragment():
        response = Response("", 200)
        response.headers["HX-Redirect"] = url_for("compte.sign_in", next=_page_behind())
        return response
    if request.method != "POST":
        return redirect(url_for("compte.sign_in", next=request.full_path.rstrip("?")), 303)
    if {"identifier", "password"} <= request.form.keys():
        return _door(
            form_of(SIGN_IN), 401
        )  # the door itself, opened here before, asked for in another language
    path = request.path if _is_page() else ""
    return _door(form_of(SIGN_IN), 401, path, kept=browser.sign_form(request.form, path) if path else "")


def _door(
    form: StepForm, status: int = 200, next_path: str | None = None, kept: str | None = None
) -> Response:
    """The door, with where to go next and what was typed before, sealed."""
    return render_form(
        "compte/sign_in.html",
        form,
        status,
        next_path=_next() if next_path is None else next_path,
        kept=request.form.get("kept", "") if kept is None else kept,
        ended=not form.errors and browser.was_signed_in() and not current_user.is_authenticated,
        changed="changed" in request.args,
    )


def _given_back(account: "Account") -> str:
    """Put what was typed before signing in where its page finds it; that page, in the door's language."""
    held = browser.verify_form(request.form.get("kept", ""), account)
    if held is None:
        return ""
    _language, _slash, rest = held.path.lstrip("/").partition("/")
    path = f"/{language()}/{rest}"
    accounts.save_form(account, path, held.fields, now())
    session["kept"] = True  # other browsers need not look for what this one typed
    return path


def _next() -> str:
    return _own(request.values.get("next", ""))


def _own(address: str) -> str:
    """A path of this very site, or nothing: the door opens on no other house."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    own = address.startswith("/") and address[1:2] not in ("/", "\\") and not parts.netloc
    return address if own and address.isprintable() else ""


def _is_page() -> bool:
    """Whether the address can also be opened, not only sent to."""
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _page_behind() -> str:
    """The page whose script asks for a fragment."""
    shown = page_behind()
    return _own(urlsplit(shown).path) if shown else ""
