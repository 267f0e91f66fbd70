"""The page that somebody came from, to be named in a question: never a secret, never another site."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

# Parts of an address that say where, and nothing of a person. A link's token is left out.
_NAMED = frozenset({"lang", "procedure", "slug", "slot", "way", "key", "reference"})
_LONGEST = 200


def page_before() -> str:
    """The path of the page before this one; "" where the browser does not say, or it was elsewhere."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return ""
    try:
        endpoint, values = current_app.url_map.bind(request.host).match(parts.path)
    except HTTPException:
        return parts.path[:_LONGEST]  # a page that does not exist is worth telling
    return parts.path[:_LONGEST] if set(values) <= _NAMED and not str(endpoint).startswith("aide.") else ""
