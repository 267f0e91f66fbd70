"""Whether a form comes from a page of this service: by its token and, where the browser says so, by its site.

The Referer is not asked for: privacy settings remove it, and a proxy may change the name of the host.
"""

from urllib.parse import urlsplit

from flask import current_app, request
from flask_wtf.csrf import CSRFError

from app.web.current import settings

# They change nothing and show nothing of a person signed in, so that they need no token, and no cookie.
TOKENLESS = frozenset({"attestations.verify", "embauche.begin"})
_ELSEWHERE = frozenset({"cross-site", "same-site"})


class NoCookie(CSRFError):
    """Raised for a form sent without any cookie: a token can never be right then."""


class Elsewhere(CSRFError):
    """Raised for a form of another site."""


def require() -> None:
    """Raise CSRFError for a form with a wrong token, Elsewhere for another site's, NoCookie without any cookie."""
    if request.endpoint in TOKENLESS:
        return
    if request.headers.get("Sec-Fetch-Site") in _ELSEWHERE or _names_another_site():
        raise Elsewhere("sent from another site")
    try:
        current_app.extensions["csrf"].protect()
    except CSRFError:
        if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
            raise
        raise NoCookie("sent without a cookie") from None


def _names_another_site() -> bool:
    """Return whether the Origin is another site's; browsers before 2023 send it without Sec-Fetch-Site.

    A proxy may give us another host than people see, and privacy settings say « null », of which the token decides.
    """
    host = request.headers.get("Origin", "").partition("//")[2]
    return bool(host) and host not in (request.host, urlsplit(settings().origin).netloc)
