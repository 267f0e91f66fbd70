"""The applicants' door: in, out, staying, and the way back in without a password."""

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.blueprints.compte_forms import blank, read, show, switching, told, waiting
from app.domain.procedures.account import FORGOTTEN, RESET, SIGN_IN
from app.services import accounts, sessions
from app.services.accounts import DeadLink, TooSoon, WeakPassword, WrongCredentials
from app.storage.models import Account
from app.web import sign_in as door
from app.web.current import now
from app.web.rendering import page


def _own_path(text: str) -> str:
    """A path of this very site, or nothing: a door opens on no other house."""
    parts = urlsplit(text)
    safe = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc
    return text if safe and not any(ord(c) < 32 for c in text) else ""


def sign_in_page(
    status: int = 200,
    errors: dict[str, str] | None = None,
    next_path: str = "",
    kept: str = "",
    ended: bool = False,
) -> Response:
    """The door, with where to go next and what was typed before, sealed."""
    reading = blank(SIGN_IN, identifier=request.form.get("identifier", ""))
    return show(
        "compte/sign_in.html",
        SIGN_IN,
        reading,
        status,
        errors,
        next_path=_own_path(next_path),
        kept=kept,
        ended=ended,
    )


def sign_in() -> Response:
    """Sign in with the number or the address."""
    next_path = request.values.get("next", "")
    kept = request.form.get("kept", "")
    if request.method == "GET" or switching():
        return sign_in_page(next_path=next_path, kept=kept)
    reading = read(SIGN_IN)
    if reading.errors:
        return sign_in_page(422, reading.errors, next_path, kept)
    try:
        account = accounts.authenticate(
            reading.answers["identifier"], reading.answers["password"], request.remote_addr or "", now()
        )
    except WrongCredentials:
        words = _(
            "Identifiant ou mot de passe inexact. Vérifiez les deux, ou choisissez un nouveau mot de passe."
        )
        return sign_in_page(422, {"identifier": words}, next_path, kept)
    except TooSoon as soon:
        return sign_in_page(429, {"identifier": waiting(soon.until)}, next_path, kept)
    door.enter(sessions.begin(now(), account=account))
    return redirect(_give_back(account, kept) or _own_path(next_path) or url_for("suivi.space"), 303)


def _give_back(account: Account, kept: str) -> str:
    """Put what was typed before signing in where its page finds it; that page."""
    held = door.unseal(kept) if kept else None
    if held is None:
        return ""
    path, fields = held
    accounts.keep_form(account, path, fields, now())
    return _own_path(path)


def sign_out() -> Response:
    """Sign out, and make the browser forget."""
    door.leave()
    response = redirect(url_for("accueil.home"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def stay() -> Response:
    """Go on: the visit itself prolongs the session."""
    return page("compte/stayed.html")


def forgotten() -> Response:
    """Ask for a link; the answer is the same whether the account exists or not."""
    if request.method == "GET":
        return show("compte/forgotten.html", FORGOTTEN, blank(FORGOTTEN))
    reading = read(FORGOTTEN)
    if switching() or reading.errors:
        return show("compte/forgotten.html", FORGOTTEN, reading, 422)
    accounts.ask_reset(reading.answers["identifier"], now())
    return page("compte/sent.html")


def reset(token: str) -> Response:
    """Choose a new password. Opening the page uses nothing up: mail scanners open links too."""
    if not accounts.link_is_live(token, now()):
        return page("compte/dead_link.html", 410)
    if request.method == "GET":
        return show("compte/reset.html", RESET, blank(RESET), token=token)
    reading = read(RESET)
    if switching() or reading.errors:
        return show("compte/reset.html", RESET, reading, 422, token=token)
    try:
        accounts.reset(token, reading.answers["password"], now())
    except WeakPassword as weak:
        return show("compte/reset.html", RESET, reading, 422, {"password": told(weak.problem)}, token=token)
    except DeadLink:
        return page("compte/dead_link.html", 410)
    return redirect(url_for("compte.sign_in"), 303)
