"""Challenges of passkeys: kept in the cookie between the page that asks and the answer."""

from base64 import b64decode, b64encode
from datetime import datetime

from flask import session

from app.services.passkeys import Challenge, NotAccepted, Site
from app.web.current import now, settings

_KEY = "defi"


def site() -> Site:
    """Return the service as devices know it."""
    return Site(settings().origin, settings().operator)


def new_challenge() -> Challenge:
    """Return a new challenge, which the next answer of this browser is compared with."""
    made = Challenge.new(now())
    session[_KEY] = [b64encode(made.value).decode(), made.made_at.isoformat()]
    return made


def answered_challenge() -> Challenge:
    """Return the challenge of this browser, once. Raises NotAccepted if it has none."""
    value, made_at = session.pop(_KEY, (None, None))
    if value is None:
        raise NotAccepted
    return Challenge(b64decode(value), datetime.fromisoformat(made_at))
