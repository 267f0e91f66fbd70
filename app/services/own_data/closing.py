"""An applicant deletes their account: what stays is told before, and there are days to change one's mind.

What has to be kept by law stays without the account, see `domain.rules.retention`; the erasure is made by
`services.calendar.erasures`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.dossiers.states import GRANTED_STATES, OPEN, State
from app.domain.rules.calendar import paris_day
from app.domain.rules.retention import PERIODS, Kept
from app.domain.texts.notices import NoticeKind
from app.services.access.origins import Origin
from app.services.accounts import accounts
from app.services.messages import notices
from app.storage import erasures
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account, Dossier
from app.storage.people import accounts as store


class StillOpen(Exception):
    """Raised while an application is not decided, or its card not collected."""


@dataclass(frozen=True)
class Consequences:
    """What becomes of each dossier of an account that is deleted."""

    open: Sequence[Dossier]  # they keep the account from being deleted
    drafts: Sequence[Dossier]  # erased with it
    kept: Sequence[Dossier]  # by law, without the account


def consequences(account_id: int) -> Consequences:
    """Return what becomes of each dossier of an account."""
    mine = dossiers.of_account(account_id)
    return Consequences(
        open=[dossier for dossier in mine if _is_open(dossier)],
        drafts=[dossier for dossier in mine if dossier.state == State.DRAFT],
        kept=[dossier for dossier in mine if dossier.state != State.DRAFT and not _is_open(dossier)],
    )


def _is_open(dossier: Dossier) -> bool:
    state = State(dossier.state)
    return state in OPEN or (state in GRANTED_STATES and dossier.with_card)


def ask(account: Account, password: str, origin: Origin, now: datetime) -> None:
    """Have the account deleted once the days to change one's mind are over; nothing changes before.

    Raises WrongCredentials, TooSoon, StillOpen.
    """
    accounts.require_password(account, password, origin, now)
    span = PERIODS[Kept.CLOSED_ACCOUNT].span
    assert span is not None
    due_at = span.on(now.date()).after(now)
    with database.atomic():
        store.locked(account.id)
        if consequences(account.id).open:
            raise StillOpen
        if erasures.mark(Kept.CLOSED_ACCOUNT, account.id, due_at, now):
            day = paris_day(due_at).isoformat()
            notices.notify_account(account, NoticeKind.ACCOUNT_CLOSING, now, erased_on=day)


def due(account_id: int) -> datetime | None:
    """Return when an account will be deleted at its holder's request, None if it will not."""
    marked = erasures.mark_of(Kept.CLOSED_ACCOUNT, account_id)
    return marked.due_at if marked else None


def keep(account: Account, now: datetime) -> None:
    """Keep the account after all; do nothing if its deletion was not asked for."""
    with database.atomic():
        marked = erasures.mark_of(Kept.CLOSED_ACCOUNT, account.id)
        if marked and erasures.unmark(marked):
            notices.notify_account(account, NoticeKind.ACCOUNT_KEPT, now)
