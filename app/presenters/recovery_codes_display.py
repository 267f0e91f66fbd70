"""New recovery codes, shown on a page until they are noted.

The cookie holds a seed for some minutes. The codes are derived from it and the service's key, so that the cookie
alone reveals nothing, and the page can be shown again in another language or printed.
"""

from datetime import datetime, timedelta

from flask import session

LIFE = timedelta(minutes=15)
_SEED = "recovery-codes"  # the name of the key in the cookie


def show(seed: str, now: datetime) -> None:
    """Show the codes of a seed in this browser until `forget` is called."""
    session[_SEED] = [seed, now.isoformat()]


def seed(now: datetime) -> str:
    """Return the seed of the codes to show, "" once they are noted or after LIFE."""
    stored, since = session.get(_SEED, ("", ""))
    return stored if stored and now - datetime.fromisoformat(since) < LIFE else ""


def forget() -> None:
    """Stop showing the codes, once they are noted."""
    session.pop(_SEED, None)
