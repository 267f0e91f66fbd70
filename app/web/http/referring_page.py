"""The page that a visitor came from, stored with their question; without tokens or other sites."""

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from app.web.http.addresses import parts_of

# Parts of an address that identify a page and not a person, so no token of a link.
_NAMED = frozenset({"lang", "procedure", "slug", "slot", "way", "key", "reference"})
_LONGEST = 200


def page_before() -> str:
    """Return the path of the previous page; "" if it is unknown, on another site or holds a secret."""
    parts = parts_of(request.referrer or "")
    if parts.netloc != request.host:
        return ""
    try:
        endpoint, values = current_app.url_map.bind(request.host).match(parts.path)
    except HTTPException:
        return parts.path[:_LONGEST]  # a page that does not exist: a broken link may be the reason to write
    return parts.path[:_LONGEST] if set(values) <= _NAMED and not str(endpoint).startswith("aide.") else ""
