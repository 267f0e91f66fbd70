"""The only reader of HTMX's request headers."""

from flask import request


def wants_fragment() -> bool:
    """Whether a script replaces a part of the page; a boosted or restored page is a whole one."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
