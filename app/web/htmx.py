"""The request headers of HTMX, as views ask for them."""

from typing import Any

from flask import request


def wants_fragment() -> bool:
    """Return whether HTMX replaces a part of the page: a boosted link or a restored page needs all of it."""
    details = _details()
    return bool(details) and not details.boosted and not details.history_restore_request


def page_behind() -> str:
    """Return the address of the page that HTMX sent the request from, "" for any other request."""
    return str(_details().current_url or "")


def _details() -> Any:
    return request.htmx  # type: ignore[attr-defined]  # set by htmx-flask, unknown to Flask's stubs
