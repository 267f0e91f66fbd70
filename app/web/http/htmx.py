"""The request headers of HTMX, as views ask for them."""

from typing import Any, TypeVar

from flask import request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

Page = TypeVar("Page", bound=Response)


def wants_fragment() -> bool:
    """Return whether HTMX replaces a part of the page: a boosted link or a restored page needs all of it."""
    details = _details()
    return bool(details) and not details.boosted and not details.history_restore_request


def page_behind() -> str:
    """Return the address of the page that HTMX sent the request from, "" for any other request."""
    return str(_details().current_url or "")


def leave_for(address: str) -> Response:
    """Return the answer that leads to another page, for HTMX too, which would put that page into a part of this one."""
    if wants_fragment():
        return Response(headers={"HX-Redirect": address})
    return redirect(address, 303)


def fit(response: Page) -> Page:
    """Make HTMX take a whole page for the whole page, where it meant to replace a part: a refusal, a page of sign-in."""
    if wants_fragment() and response.get_data()[:9].lower() == b"<!doctype":
        response.headers.extend({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
    return response


def _details() -> Any:
    return request.htmx  # type: ignore[attr-defined]  # set by htmx-flask, unknown to Flask's stubs
