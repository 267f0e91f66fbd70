"""Sign-ins and refusals in the log: the door, the outcome and whose account, by its number, never by its name.

ASVS 5.0, 16.3.1: an incident can be followed without personal data in any line.
"""

import logging

from app.storage.models import Account, Agent

log = logging.getLogger(__name__)


def admitted(door: str, person: Account | Agent) -> None:
    """Log that a person came in by a door."""
    _write(door, "admitted", person)


def refused(door: str, person: Account | Agent | None) -> None:
    """Log that a secret was wrong at a door; None for an account that does not exist."""
    _write(door, "refused", person)


def _write(door: str, outcome: str, person: Account | Agent | None) -> None:
    side = "agent" if isinstance(person, Agent) else "account"
    who = f"{side} {person.id}" if person else "nobody"
    log.info("sign-in", extra={"fields": {"door": door, "outcome": outcome, "who": who}})
