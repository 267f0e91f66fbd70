"""The only reader of HTMX's request headers."""

from typing import Any

from flask import request


def wants_fragment() -> bool:
    """Whether a script replaces a part of the page; a boosted or restored page is a whole one."""
    told = _told()
    return bool(told) and not told.boosted and not told.history_restore_request


def page_behind() -> str:
    """The address of the page whose script asks, "" where none does."""
    return str(_told().current_url or "")


def _told() -> Any:
    return request.htmx  # type: ignore[attr-defined]  # put there by flask-htmx, unknown to Flask's stubs
