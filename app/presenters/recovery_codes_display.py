"""Recovery codes just made, shown on a page: the browser holds a seed for some minutes, not the codes themselves.

The codes follow from the seed and the key of the service, so that a cookie alone tells nothing, and the page may be
read again in another language or printed.
"""

from datetime import datetime, timedelta

from flask import session

LIFE = timedelta(minutes=15)
_SEED = "recovery-codes"  # the name of the key in the cookie


def show(seed: str, now: datetime) -> None:
    """Show the codes of a seed in this browser, until they are noted."""
    session[_SEED] = [seed, now.isoformat()]


def seed(now: datetime) -> str:
    """The seed of the codes to show; "" once they were noted, or after a while."""
    held, since = session.get(_SEED, ("", ""))
    return held if held and now - datetime.fromisoformat(since) < LIFE else ""


def forget() -> None:
    """They are noted."""
    session.pop(_SEED, None)
