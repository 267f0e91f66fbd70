"""A request whole again after a failover or a serialization failure: a person sees a slow answer, not an error."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Request, g, redirect, request, session
from flask.globals import request_ctx
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from app import outside
from app.storage import operating, repeating
from app.storage.database import connected, database

PATIENCE_SECONDS = 25.0  # a failover takes five, of a machine that hangs twenty; the proxy waits for a minute
PAUSE_SECONDS = 0.5
AT_ONCE = 24  # requests that wait so in a process, without a connection: the others are told at once
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({"", "multipart/form-data", "application/x-www-form-urlencoded", "application/json"})
_BEFORE, _ATTEMPT = "guichet.session", "guichet.attempt"
# What was done of them before they failed can be done again without harm: answers are saved, a stamp is used by
# the dossier that it pays for, and who has filed is led to the confirmation.
_REPEATABLE = frozenset({"demande.submit"})
_waiting = threading.BoundedSemaphore(AT_ONCE)

log = logging.getLogger(__name__)


class PatientFlask(Flask):
    """Flask, which does a request again whose database went away for a moment."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view or a hook as it is: none is asynchronous, and Flask would ask each at each request."""
        return func

    def preprocess_request(self) -> Any:
        """Begin a request that writes with its own key, and keep the session as it came."""
        environ = request.environ
        if _BEFORE not in environ:
            environ[_BEFORE] = (dict(request_ctx.session), time.monotonic())
        if environ["REQUEST_METHOD"] in _SAFE:
            repeating.end()
        else:
            repeating.begin(environ.setdefault(_ATTEMPT, repeating.Attempt()))
        return super().preprocess_request()

    def handle_user_exception(self, e: Exception) -> Any:
        """Do the request again where that is right, else answer as ever."""
        attempt = request.environ.get(_ATTEMPT)
        try:
            if attempt and isinstance(e, repeating.AlreadyDone):
                return self._done(attempt)
            return self._again(e, attempt) if self._may_wait(e, attempt) else super().handle_user_exception(e)
        finally:
            repeating.end()

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """Lead to the right address, where a slash is missing or doubled, by its path: the router's names any Host."""
        if isinstance(error := request.routing_exception, RequestRedirect):
            error.new_url = urlunsplit(("", "", *urlsplit(error.new_url)[2:]))
        super().raise_routing_exception(request)

    def do_teardown_request(self, *given: Any) -> None:
        """End the request that writes."""
        repeating.end()
        super().do_teardown_request(*given)

    def _may_wait(self, error: Exception, attempt: repeating.Attempt | None) -> bool:
        began = cast(float, request.environ.get(_BEFORE, ((), 0.0))[1])
        return (
            repeating.passes(error)
            and time.monotonic() - began < PATIENCE_SECONDS
            and request.mimetype in _FORMS
            and (attempt is None or attempt.done == 0 or request.endpoint in _REPEATABLE)
        )

    def _again(self, error: Exception, attempt: repeating.Attempt | None) -> Any:
        """Wait a moment, then do the request again, unless its transaction turns out to be done."""
        if not _waiting.acquire(blocking=False):
            return super().handle_user_exception(error)
        try:
            with outside.waiting():
                threading.Event().wait(PAUSE_SECONDS)
        finally:
            _waiting.release()
        log.warning("a request is done again", extra={"fields": {"why": type(error).__name__}})
        if not database.is_closed():
            database.manual_close()
        try:
            if attempt and attempt.unsure:
                with connected():
                    done = operating.was_done(attempt.unsure)
                if done:
                    return self._done(attempt)
            return self._from_the_start()
        except Exception as again:  # any: as below, also when the database is asked what was done
            return self.handle_user_exception(again)

    def _done(self, attempt: repeating.Attempt) -> Any:
        """Answer a request whose transaction was committed unseen: by the request itself where that is harmless."""
        if request.endpoint not in _REPEATABLE:
            return _its_page()
        attempt.done, attempt.unsure = attempt.done + 1, ""
        return self._from_the_start()

    def _from_the_start(self) -> Any:
        try:
            self._as_it_came()
            answer = self.preprocess_request()
            return self.dispatch_request() if answer is None else answer
        except Exception as again:  # any: Flask's own handlers make the page of it, as at the first try
            return self.handle_user_exception(again)

    def _as_it_came(self) -> None:
        for name in list(g):
            g.pop(name)
        session.clear()
        session.update(request.environ[_BEFORE][0])
        for files in request.files.listvalues():
            for file in files:
                file.stream.seek(0)


def _its_page() -> Response:
    """Lead to the page of what was done: the answer that told it is lost, the act is not."""
    return redirect(request.full_path if not request.referrer else request.referrer, 303)
