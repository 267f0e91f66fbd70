"""Small JSON conversations over HTTPS with the services of others."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT_SECONDS = 5
MOST_BYTES = 100_000


class NoAnswer(Exception):
    """The other side is away, slow, or answers something else than JSON."""


class NotThere(Exception):
    """The other side says that it knows nothing of it."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **options: Any) -> None:
        """What was asked of one host is told to no other."""


_opener = build_opener(_NoRedirect)


def ask(url: str, question: dict[str, Any]) -> Any:
    """POST a question, so that no number lies in a log of addresses; the JSON answer."""
    body = json.dumps(question).encode()
    request = Request(url, body, {"Content-Type": "application/json", "Accept": "application/json"})  # noqa: S310
    try:
        with _opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.loads(answer.read(MOST_BYTES) or b"null")
    except HTTPError as error:
        if error.code == 404:
            raise NotThere from None
        raise NoAnswer(f"status {error.code}") from None
    except (URLError, HTTPException, TimeoutError, OSError, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error
