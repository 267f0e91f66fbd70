"""The browser of a request: its network, and the cookie by which accounts know it again."""

import secrets
from datetime import timedelta
from typing import cast

from flask import Flask, g, request
from werkzeug.wrappers import Response

from app.domain.rules.retention import PERIODS, Kept
from app.domain.texts.devices import device
from app.services.access.origins import Origin, source_of
from app.web.access.sign_in import on_shared_device
from app.web.current import now, settings

COOKIE = "navigateur"
_LENGTH = 43  # of a token
# Clear-Site-Data at sign-out: not "cookies", which would make every browser unknown. The session's goes by itself.
FORGET = '"cache", "storage"'
FORGET_ALL = '"cache", "cookies", "storage"'  # on a shared device


def origin() -> Origin:
    """Return where the request comes from. A browser without the cookie has a new token, sent only by `keep`."""
    if "browser" not in g:
        given = request.cookies.get(settings().cookie(COOKIE), "")
        g.browser = given if len(given) == _LENGTH and given.isascii() else secrets.token_urlsafe(32)
    return Origin(source_of(request.remote_addr), g.browser, device(request.user_agent.string))


def keep() -> None:
    """Send the cookie with the answer: its person signed in with this browser, which others do not use."""
    if not on_shared_device():
        g.keep_browser = origin().browser


def _life() -> timedelta:
    """Return how long the browser keeps the cookie: as long as its row is kept."""
    span = PERIODS[Kept.BROWSER].span
    assert span is not None
    return span.on(now().date()).after(now()) - now()


def install(app: Flask) -> None:
    """Send the cookie of browsers that `keep` names."""

    @app.after_request
    def send(response: Response) -> Response:
        if token := cast(str, g.get("keep_browser", "")):
            response.set_cookie(
                settings().cookie(COOKIE),
                token,
                max_age=_life(),
                secure=settings().secure,
                httponly=True,
                samesite="Lax",
            )
        return response
