"""Logs as one JSON object a line, without personal data: endpoints, statuses and error references."""

import json
import logging
import secrets
import time
from datetime import UTC, datetime
from types import TracebackType

from flask import Flask, g, request
from werkzeug.wrappers import Response

_encode = json.JSONEncoder(ensure_ascii=False).encode


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON.

    Of an exception only the type and the place are logged: its message may quote an answer.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _trail(record.exc_info[2])
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


def incident() -> str:
    """Return the error reference of this request, which both the error page and the log show."""
    if "incident" not in g:
        code = secrets.token_hex(4).upper()
        g.incident = f"E-{code[:4]}-{code[4:]}"
    return str(g.incident)


def install(app: Flask) -> None:
    """Log one line for each request: its endpoint, not its address, which may hold a token."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def write(response: Response) -> Response:
        fields = {
            "endpoint": request.endpoint,
            "method": request.method,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
        }
        if "incident" in g:
            fields["incident"] = g.incident
        app.logger.info("request", extra={"fields": fields})
        return response
