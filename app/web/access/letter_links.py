"""Tokens of letters, taken out of the address at once: there they would stay in the history and in logs on the way.

The first request of a link keeps the token in the signed cookie and leads to the same page without it. Without scripts
and without another click; the page that follows is opened, sent again and read in another language under that address.
"""

from urllib.parse import urlencode

from flask import Flask, redirect, request, session, url_for
from werkzeug.wrappers import Response

OPENED = "ouvert"  # in the place of the token
_KEPT = "letters"  # the key in the cookie: the token last opened of each page
# Signs of the sentence around a link, which mail programs take along; no token ends so.
_AFTER_A_LINK = ".,;:!?'\"’”»)>] \u00a0"
_SAME_LINK = {"agents.authenticator": "agents.invitation"}  # a second page of the same letter


def hold(endpoint: str, token: str) -> None:
    """Keep a token for the page that it opens."""
    name = _SAME_LINK.get(endpoint, endpoint)
    session[_KEPT] = {**session.get(_KEPT, {}), name: token}


def install(app: Flask) -> None:
    """Lead each link of a letter to its page without the token, and give that page the token."""

    @app.before_request
    def take() -> Response | None:
        given, endpoint = request.view_args or {}, request.endpoint or ""
        if "token" not in given:
            return None
        if given["token"] == OPENED:
            given["token"] = session.get(_KEPT, {}).get(_SAME_LINK.get(endpoint, endpoint), "")
        elif request.method == "GET":
            hold(endpoint, given["token"].rstrip(_AFTER_A_LINK))
            # What else the address asks is added as text: `url_for` takes some names as its own options.
            asked = urlencode(list(request.args.items(multi=True)))
            page = url_for(endpoint, **{**given, "token": OPENED})
            return redirect(f"{page}?{asked}" if asked else page, 303)
        return None
