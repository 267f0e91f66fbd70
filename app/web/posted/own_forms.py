"""Whether a form comes from a page of this service: by its token and, where the browser says so, by its site.

The Referer is not asked for: privacy settings remove it, and a proxy may change the name of the host.
"""

from flask import current_app, request
from flask_wtf.csrf import CSRFError

# They change nothing and show nothing of a person signed in, so that they need no token, and no cookie.
TOKENLESS = frozenset({"attestations.verify"})
_ELSEWHERE = frozenset({"cross-site", "same-site"})


class NoCookie(CSRFError):
    """Raised for a form sent without any cookie: a token can never be right then."""


class Elsewhere(CSRFError):
    """Raised for a form of another site."""


def require() -> None:
    """Raise CSRFError for a form with a wrong token, Elsewhere for another site's, NoCookie without any cookie."""
    if request.endpoint in TOKENLESS:
        return
    if request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:
        raise Elsewhere("sent from another site")
    try:
        current_app.extensions["csrf"].protect()
    except CSRFError:
        if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
            raise
        raise NoCookie("sent without a cookie") from None
