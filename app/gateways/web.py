"""JSON requests over HTTPS to the registers and providers of others."""

import base64
import json
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from app.outside import Away, Part, cut_after

CONNECT_SECONDS = 2.0
BYTE_SECONDS = 5.0  # from one to the next
WHOLE_SECONDS = 8.0
MOST_BYTES = 100_000
_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}


class NoAnswer(Exception):
    """Raised when the other side is unreachable, slow, or answers something other than JSON."""


class NotThere(Exception):
    """Raised when the other side answers 404."""


def ask(part: Part, url: str, question: dict[str, Any]) -> Any:
    """POST a JSON object and return the JSON answer; NotThere for 404, NoAnswer for any other failure.

    `part` knows whether the other side hangs. A user and a password of the URL go in a header (Basic).

    Numbers go in the body, since URLs are written to access logs. Redirects are not followed, so that a request
    reaches no other host.
    """
    try:
        with part.call():
            status, body = _exchange(urlsplit(url), json.dumps(question).encode())
    except Away as away:
        raise NoAnswer(str(away)) from away
    if status == 404:
        raise NotThere
    if not 200 <= status < 300:
        raise NoAnswer(f"status {status}")
    try:
        return json.loads(body or b"null", parse_constant=_refuse)
    except (ValueError, RecursionError) as error:  # a thousand brackets are no answer either
        raise NoAnswer(type(error).__name__) from error


def _refuse(constant: str) -> None:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(constant)


def _exchange(address: SplitResult, body: bytes) -> tuple[int, bytes]:
    connection = _connection(address)
    path = address._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        connection.connect()
        connection.sock.settimeout(BYTE_SECONDS)
        with cut_after(WHOLE_SECONDS, lambda: connection.sock):
            connection.request("POST", path, body, _HEADERS | _credentials(address))
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_BYTES)
    except (HTTPException, OSError) as error:  # time-outs and rejected certificates included
        raise NoAnswer(type(error).__name__) from error
    finally:
        connection.close()


def _credentials(address: SplitResult) -> dict[str, str]:
    if address.username is None:
        return {}
    pair = f"{unquote(address.username)}:{unquote(address.password or '')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _connection(address: SplitResult) -> HTTPConnection:
    host = address.hostname or ""
    if address.scheme == "http":
        return HTTPConnection(host, address.port, timeout=CONNECT_SECONDS)
    context = ssl.create_default_context()
    return HTTPSConnection(host, address.port, timeout=CONNECT_SECONDS, context=context)
