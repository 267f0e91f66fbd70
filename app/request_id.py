"""The id of the request in hand: in the log, on the page of an error, with the work and the records that it leaves."""

import secrets
from contextvars import ContextVar

_present: ContextVar[str] = ContextVar("request", default="")


def begin() -> str:
    """Begin a request and return its id, short enough to be told by telephone."""
    code = secrets.token_hex(4).upper()
    _present.set(f"E-{code[:4]}-{code[4:]}")
    return _present.get()


def resume(request: str) -> None:
    """Go on with what a request asked for; "" for what no request did."""
    _present.set(request)


def present() -> str:
    """Return the id of the request in hand, "" outside of one."""
    return _present.get()
