"""Error pages: each exception as a status and a page with the reference that the log has too."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask_wtf.csrf import CSRFError
from peewee import DoesNotExist
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from app import request_id
from app.domain.dossiers.states import ForbiddenTransition
from app.domain.texts.failures import CALL, FAILURES
from app.services.operations import stored_files
from app.storage.applications.dossiers import StaleDossier
from app.storage.database import UNAVAILABLE
from app.storage.files import FileChanged, FileMissing, StoreUnavailable
from app.storage.people.services import NoServiceInCharge
from app.web.access.modes import TakesNothingIn
from app.web.current import now
from app.web.pages import failed_picture
from app.web.pages.rendering import render_page, signed_in
from app.web.posted import kept_forms
from app.web.posted.own_forms import Elsewhere, NoCookie

log = logging.getLogger(__name__)

# The status of each exception that a view may raise.
STATUSES: dict[type[Exception], int] = {
    DoesNotExist: 404,
    FileMissing: 404,
    ForbiddenTransition: 409,
    StaleDossier: 409,
    StoreUnavailable: 503,
    NoServiceInCharge: 503,
    **dict.fromkeys(UNAVAILABLE, 503),
}


def failure(
    status: int, *, no_cookie: bool = False, changed: bool = False, read_only: bool = False
) -> Response:
    """Return the error page of a status; a status without a page of its own gets that of 400 or 500.

    `no_cookie` says that the browser sent no cookie, without which nobody can sign in; `changed`, that a stored file is
    not what it was; `read_only`, that nothing is taken in for a while.
    """
    if (status == 404 or status >= 500) and failed_picture.wanted():
        return failed_picture.drawn(status, gone=changed or status == 404)
    shown = status if status in FAILURES else (400 if status < 500 else 500)
    context: dict[str, Any] = {
        "words": FAILURES,
        "call": CALL,
        "no_cookie": no_cookie,
        "changed": changed,
        "read_only": read_only,
        "incident": request_id.present(),
    }
    if changed or read_only:  # neither says anything against the database: the page knows its reader
        context["person"] = signed_in()
    return render_page("errors/error.html", status, error=shown, **context)


def install(app: Flask) -> None:
    """Register a handler for each exception."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.code and error.code < 400:
            return error.get_response()
        if isinstance(error, InternalServerError) and error.original_exception:
            log.error("unexpected", exc_info=error.original_exception)
        return failure(error.code or 500)

    @app.errorhandler(NoCookie)
    def cookies(error: NoCookie) -> Response:
        log.warning("form refused", extra={"fields": {"endpoint": request.endpoint, "sender": "no cookie"}})
        return failure(400, no_cookie=True)

    @app.errorhandler(FileChanged)
    def altered(error: FileChanged) -> Response:
        """Show no file that is not what it was when it was stored, and have its dossier looked at."""
        log.error("stored file changed", exc_info=error)
        stored_files.report(str(error), now())
        return failure(503, changed=True)

    @app.errorhandler(CSRFError)
    def other_session(error: CSRFError) -> Response:
        """Show the form of an applicant or agent again: its page was another session's. Log the attempt."""
        sender = "another site" if isinstance(error, Elsewhere) else "another session"
        log.warning("form refused", extra={"fields": {"endpoint": request.endpoint, "sender": sender}})
        owner = None if isinstance(error, Elsewhere) else kept_forms.person()
        return (kept_forms.shown_again(owner) if owner else None) or failure(400)

    app.register_error_handler(TakesNothingIn, _closed)
    for kind, status in STATUSES.items():
        app.register_error_handler(kind, _handler(status))


def _closed(error: TakesNothingIn) -> Response:
    return failure(503, read_only=not error.closed)


def _handler(status: int) -> Callable[[Exception], Response]:
    def answer(error: Exception) -> Response:
        if status >= 500:
            log.error("unavailable", exc_info=error)
        return failure(status)

    return answer
