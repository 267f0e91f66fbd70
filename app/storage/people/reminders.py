"""Queries on reminders of the renewal."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from app.domain.dossiers.states import State
from app.storage.database import row_lock
from app.storage.models import Account, Dossier, MutedReminder, Reminder
from app.storage.models.people import PERMIT_ENDS


def concerned(permits: Mapping[str, tuple[date, date]], most: int = 500) -> Sequence[int]:
    """Return the ids of accounts to remind, earliest end of permit first.

    `permits` gives, by kind of reminder, the first and last day on which the permit may end. Left out are accounts
    already dealt with for that kind and permit, accounts that have filed with this permit, and accounts without
    number, which hold a visa that is not renewed. At most `most` are returned.
    """
    ranges = [
        PERMIT_ENDS.between(a.isoformat(), b.isoformat()) & ~_dealt_with(k) for k, (a, b) in permits.items()
    ]
    first, last = min(a for a, _b in permits.values()), max(b for _a, b in permits.values())
    whole = PERMIT_ENDS.between(first.isoformat(), last.isoformat())
    query = Account.select(Account.id).where(
        whole & reduce(or_, ranges) & ~_filed() & Account.foreign_number.is_null(False)
    )
    # In the order of the index: ordered by id, both engines scan every account instead.
    return [account.id for account in query.order_by(PERMIT_ENDS, Account.id).limit(most)]


def _dealt_with(kind: str) -> Any:
    day = Reminder.permit_until.cast("text")
    same_permit = (Reminder.account == Account.id) & (Reminder.kind == kind) & (day == PERMIT_ENDS)
    return fn.EXISTS(Reminder.select(Reminder.id).where(same_permit))


def _filed() -> Any:
    same_permit = Dossier.identity["valid_until"].as_text() == PERMIT_ENDS
    filed = (
        (Dossier.account == Account.id)
        & Dossier.state.not_in([str(State.WITHDRAWN), str(State.CLOSED)])
        & Dossier.reference.is_null(False)
        & same_permit
    )
    return fn.EXISTS(Dossier.select(Dossier.id).where(filed))


def locked(account_id: int) -> Account | None:
    """Return an account locked until the transaction ends, None if it has filed or is gone."""
    return row_lock(Account.select().where((Account.id == account_id) & ~_filed())).first()


def dealt_with(account_id: int, permit_until: date) -> frozenset[str]:
    """Return the kinds of reminder already dealt with for a permit."""
    condition = (Reminder.account == account_id) & (Reminder.permit_until == permit_until)
    return frozenset(row.kind for row in Reminder.select(Reminder.kind).where(condition))


def muted(account_id: int) -> frozenset[str]:
    """Return the kinds of reminder that an applicant has switched off."""
    rows = MutedReminder.select(MutedReminder.kind).where(MutedReminder.account == account_id)
    return frozenset(row.kind for row in rows)
