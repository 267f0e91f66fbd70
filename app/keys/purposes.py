"""What keys are for, how long each is needed after another took its place, and what a key is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class KeyPurpose(StrEnum):
    """The purposes: no key serves two of them, so that none is worth more than what it guards."""

    SESSIONS = "sessions"  # signs the cookie
    FORMS = "forms"  # signs the token of forms, and the text of a form carried through the sign-in page
    LINKS = "links"  # signs links in e-mails
    CODES = "codes"  # makes recovery codes from the seed in the cookie
    CALENDARS = "calendars"  # makes the identifiers of calendar entries
    AUTHENTICATORS = "authenticators"  # encrypts the secrets of agents' authenticators in the table
    FILES = "files"  # encrypts documents in the store
    PAPERS = "papers"  # signs certificates; the public half is published


# How long after its successor began to write a key is still read. Longest life of what it wrote: a session
# (services.access.sessions.ABSOLUTE), a link (accounts.new_address.LINK_LIFE), the seed of recovery codes.
LIVES: dict[KeyPurpose, timedelta] = {
    KeyPurpose.SESSIONS: timedelta(hours=12),
    KeyPurpose.FORMS: timedelta(hours=12),
    KeyPurpose.LINKS: timedelta(hours=24),
    KeyPurpose.CODES: timedelta(hours=1),
}
# Another key would give the same calendar entry another identifier: files taken again would show each day twice.
NEVER_ROTATED = frozenset({KeyPurpose.CALENDARS})
STORED = frozenset(
    {KeyPurpose.AUTHENTICATORS, KeyPurpose.FILES}
)  # needed until what they encrypted is encrypted anew


@dataclass(frozen=True)
class Key:
    """A key; it writes from `begins` until the next one of its purpose begins."""

    id: str
    begins: datetime
    secret: bytes  # empty: a key of papers that only verifies
    public: bytes = b""  # of papers: X and Y of the point, 32 bytes each
    revoked_on: date | None = None  # of papers: nothing that it signed is believed any more
