"""The way back in without a password: a link by mail, good once."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.account_forms import blank, read, show, switching, told
from app.domain.public_forms.account import FORGOTTEN, RESET
from app.forms.steps import Reading
from app.services.access.passwords import WeakPassword
from app.services.accounts import accounts
from app.services.accounts.accounts import DeadLink
from app.web.current import now
from app.web.rendering import render_page


def forgotten() -> Response:
    """Ask for a link; the answer is the same whether the account exists or not."""
    if request.method == "GET":
        if "sent" in request.args:
            return render_page("compte/sent.html")
        return show("compte/forgotten.html", FORGOTTEN, blank(FORGOTTEN))
    reading = read(FORGOTTEN)
    if switching() or reading.errors:
        return show("compte/forgotten.html", FORGOTTEN, reading, 422)
    accounts.ask_reset(reading.answers["identifier"], now())
    return redirect(url_for("compte.forgotten", sent=1), 303)


def reset(token: str) -> Response:
    """Choose a new password. Opening the page uses nothing up: mail scanners open links too."""
    if not accounts.link_is_live(token, now()):
        return _dead()
    if request.method == "GET":
        return _choose(token, blank(RESET))
    reading = read(RESET)
    if switching() or reading.errors:
        return _choose(token, reading, 422)
    try:
        accounts.reset(token, reading.answers["password"], request.remote_addr or "", now())
    except WeakPassword as weak:
        return _choose(token, reading, 422, {"password": told(weak.problem)})
    except DeadLink:
        return _dead()
    return redirect(url_for("compte.sign_in", changed=1), 303)


def _choose(
    token: str, reading: Reading, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    first = "provisoire" in request.args  # who just signed in with the password of a letter
    return show("compte/reset.html", RESET, reading, status, errors, token=token, first=first)


def _dead() -> Response:
    return render_page("compte/dead_link.html", 410, again=url_for("compte.forgotten"))
