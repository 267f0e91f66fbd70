"""Browsers in which a person signed in before: failures elsewhere do not delay them, and a new one is told by mail.

The cookie has a random token for each browser (device cookies, OWASP), the table its digest for each person.
"""

from datetime import datetime
from typing import Any

from app.services.access.origins import Origin
from app.services.access.sessions import digest
from app.storage.database import database
from app.storage.models import Account, Agent, KnownBrowser


def knows(person: Account | Agent | None, browser: str) -> bool:
    """Return whether a person signed in with this browser before; one query for unknown people too."""
    return bool(KnownBrowser.select().where(_of(person) & (KnownBrowser.digest == digest(browser))).exists())


def remember(person: Account | Agent, origin: Origin, now: datetime) -> bool:
    """Note that a person signs in with this browser; return whether it is new, which they have to be told."""
    if not origin.browser:
        return False
    with database.atomic():
        new = list(
            KnownBrowser.insert(**{_column(person): person}, digest=digest(origin.browser), seen_at=now)
            .on_conflict_ignore()
            .returning(KnownBrowser.id)
            .execute()
        )
        if not new:
            same = KnownBrowser.digest == digest(origin.browser)
            KnownBrowser.update(seen_at=now).where(_of(person) & same).execute()
    return bool(new)


def forget(person: Account | Agent, but: str = "") -> None:
    """Forget the browsers of a person, except the one of a token."""
    KnownBrowser.delete().where(_of(person) & (KnownBrowser.digest != digest(but))).execute()


def _of(person: Account | Agent | None) -> Any:
    if isinstance(person, Agent):
        return KnownBrowser.agent == person.id
    return KnownBrowser.account == (person.id if person else 0)


def _column(person: Account | Agent) -> str:
    return "agent" if isinstance(person, Agent) else "account"
