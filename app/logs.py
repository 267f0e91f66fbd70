"""Logs as one JSON object a line, without personal data: endpoints, statuses and error references."""

import json
import logging
import time
from datetime import UTC, datetime
from types import TracebackType

from flask import Flask, g, request
from peewee import InterfaceError, OperationalError
from werkzeug.wrappers import Response

from app import request_id

SLOW_MS = 1000.0
_BEGAN = "guichet.began"
_encode = json.JSONEncoder(ensure_ascii=False).encode


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON.

    Of an exception only the type and the place are logged: its message may quote an answer. Only the reason of a
    database that is away is told: a wrong password, a full disk and a refused connection look the same otherwise.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if number := request_id.present():
            line["request"] = number
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _trail(record.exc_info[2])
            if isinstance(record.exc_info[1], (OperationalError, InterfaceError)):
                line["reason"] = str(record.exc_info[1]).partition("\n")[0][:200]  # the rest may quote a row
        return _encode(line)


def _trail(traceback: TracebackType | None) -> list[str]:
    """Return the last 8 frames of a traceback as "file:line function", with paths below app/."""
    trail = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        trail.append(f"{code.co_filename.rpartition('/app/')[2]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return trail[-8:]


def configure() -> None:
    """Log to standard error, one JSON object a line."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def install(app: Flask) -> None:
    """Log one line for each request: its endpoint, not its address, which may hold a token; a slow one as a warning."""

    @app.before_request
    def start() -> None:
        if _BEGAN not in request.environ:  # a request that is done again is the same one
            request_id.begin()
        g.started = request.environ.setdefault(_BEGAN, time.perf_counter())

    @app.after_request
    def write(response: Response) -> Response:
        ms = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
        fields = {
            "endpoint": request.endpoint,
            "method": request.method,
            "status": response.status_code,
            "ms": ms,
        }
        slow = ms > SLOW_MS
        app.logger.log(
            logging.WARNING if slow else logging.INFO,
            "slow request" if slow else "request",
            extra={"fields": fields},
        )
        return response
