"""Queries on work of the outbox that failed, by what it is about: a dossier or an account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.storage.compiled_queries import compiled
from app.storage.models import Dossier, Outbox
from app.storage.models.messages import FAILED

MAILS, TEXTS = ("mail_notice", "mail_number"), ("sms_notice",)


def of_dossier(dossier_id: int) -> Sequence[Outbox]:
    """Return the failed work about a dossier, the oldest first."""
    return list(Outbox.select().where(FAILED & (Outbox.dossier == dossier_id)).order_by(Outbox.id))


def one_of(dossier_id: int, number: int) -> Outbox:
    """Return a piece of failed work about a dossier; Outbox.DoesNotExist if there is none of that number."""
    return Outbox.select().where(FAILED & (Outbox.dossier == dossier_id) & (Outbox.id == number)).get()


@compiled(Outbox)
def _unreached(account_id: Any) -> Any:
    return Outbox.select(Outbox.kind).where(FAILED & (Outbox.account == account_id)).distinct()


def unreached(account_id: int) -> frozenset[str]:
    """Return the kinds of letters and messages to an account that failed."""
    return frozenset(row.kind for row in _unreached.all(account_id))


def letters_to(account_id: int) -> Sequence[Outbox]:
    """Return the unsent letters to an account."""
    return list(Outbox.select().where(Outbox.done_at.is_null() & to_account(account_id, MAILS)))


def due_again(now: datetime, condition: Any) -> int:
    """Make failed work due now, and return the number of rows."""
    columns = {"due_at": now, "leased_until": None, "failed_at": None, "tries": 0}
    return int(Outbox.update(**columns).where(FAILED & condition).execute())


def settle(number: int, now: datetime) -> bool:
    """Mark failed work as done by other means; False if it was tried again or settled meanwhile."""
    done: dict[str, Any] = {"done_at": now, "leased_until": None, "payload": {}}
    return bool(Outbox.update(**done).where(FAILED & (Outbox.id == number)).execute())


def to_account(account_id: int, kinds: Sequence[str]) -> Any:
    """Return the condition of letters or messages to an account."""
    return (Outbox.account == account_id) & Outbox.kind.in_(kinds)


def dossiers() -> Any:
    """Return the condition of a dossier about which work failed."""
    return Dossier.id.in_(Outbox.select(Outbox.dossier).where(FAILED & Outbox.dossier.is_null(False)))
