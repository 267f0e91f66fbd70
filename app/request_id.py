"""The id of the request in hand: in the log, on the page of an error, with the work and the records that it leaves."""

import re
import secrets
from contextvars import ContextVar

_FORM = re.compile(r"E-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")

_present: ContextVar[str] = ContextVar("request", default="")


def begin(given: str = "") -> str:
    """Begin a request, with an id that was given to it if it is one of ours; return its id."""
    code = secrets.token_hex(6).upper()
    found = given if _FORM.fullmatch(given) else f"E-{code[:4]}-{code[4:8]}-{code[8:]}"
    _present.set(found)
    return found


def resume(request: str) -> None:
    """Go on with what a request asked for; "" for what no request did."""
    _present.set(request)


def present() -> str:
    """Return the id of the request in hand, "" outside of one."""
    return _present.get()
