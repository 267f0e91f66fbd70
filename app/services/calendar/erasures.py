"""Erasure of what is no longer kept: marked, told to its person, waited for, then erased with its files.

Each step is a transaction of its own under the lock of the row, which is looked at again: what was taken up meanwhile
stays. A sweep takes a bounded number of rows; what is left, or what a failure left, is taken by the next one.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from app.domain.rules.calendar import paris_day
from app.domain.rules.retention import PERIODS, Kept
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import emails, notices
from app.storage import erasures, operating
from app.storage.database import database
from app.storage.files import FileStore
from app.storage.models import Erasure
from app.storage.people import accounts


def sweep(files: FileStore, now: datetime) -> int:
    """Mark what will be erased, tell its people, erase what was marked long enough ago; return how many rows went."""
    erased = 0
    for kind in erasures.SUBJECTS:
        if not erasures.SUBJECTS[kind].asked:
            _mark_all(kind, now)
        due = erasures.due(kind, now)
        erased += for_each_isolated(f"erase {kind}", due, partial(_erase, kind, files, now))
    return erased


def _mark_all(kind: Kept, now: datetime) -> None:
    """Mark what will be erased. Once nothing of a large table is left, nothing is looked for until the next day.

    The question reads such a table through: each minute, that would be much of a database's work for a country.
    """
    told, today, task = PERIODS[kind].told, paris_day(now), f"mark {kind}"
    large = erasures.SUBJECTS[kind].large
    if large and operating.is_over(task, today):
        return
    due_at = told.after(now) if told else now
    rows = erasures.to_mark(kind, due_at)
    if large and not rows:
        operating.set_over(task, today)
    for_each_isolated(task, rows, partial(_mark, kind, due_at, now))


def _mark(kind: Kept, due_at: datetime, now: datetime, row: Any) -> bool:
    with database.atomic():
        found = erasures.locked_if_over(kind, row.id, due_at)
        if found is None or not erasures.mark(kind, row.id, due_at, now):
            return False
        if tell := _TELL.get(kind):
            tell(found, due_at, now)
    return True


def _erase(kind: Kept, files: FileStore, now: datetime, marked: Erasure) -> bool:
    with database.atomic():
        row = erasures.locked_if_over(kind, marked.subject, now)
        if row is None:
            erasures.unmark(marked)
            if kind is Kept.CLOSED_ACCOUNT:
                _tell_that_it_stays(marked.subject, now)
            return False
        if kind is Kept.CLOSED_ACCOUNT:
            _take_leave(row, now)
        erasures.done(marked, erasures.erase(kind, marked.subject, files, now), now)
    return True


def erase_again(kind: str, subject: int, files: FileStore, now: datetime) -> bool:
    """Erase what a restored backup brought back, even before its time is over; return False if it is not there."""
    kept = Kept(kind)
    with database.atomic():
        if not erasures.locked(kept, subject):
            return False
        erasures.mark(kept, subject, now, now)
        marked = erasures.mark_of(kept, subject)
        count = erasures.erase(kept, subject, files, now)
        if marked:
            erasures.done(marked, count, now)
    return True


def _tell_of_draft(dossier: Any, due_at: datetime, now: datetime) -> None:
    facts = {"journey": dossier.journey, "version": dossier.journey_version, "erased_on": _day(due_at)}
    notices.notify_account(dossier.account, NoticeKind.DRAFT_ENDING, now, **facts)


def _tell_of_dossier(dossier: Any, due_at: datetime, now: datetime) -> None:
    if dossier.account.closed_at is None:
        notices.notify(dossier, NoticeKind.DOSSIER_ENDING, now, erased_on=_day(due_at))


def _tell_that_it_stays(account_id: int, now: datetime) -> None:
    account = accounts.by_id(account_id)
    if account is not None:
        notices.notify_account(account, NoticeKind.ACCOUNT_KEPT, now)


def _take_leave(account: Any, now: datetime) -> None:
    """Write the last letter to an account that goes: its address is known for this only until it is sent."""
    facts = {"kept": int(erasures.has_filed(account.id))}
    emails.write("accounts/closed", account.email, account.language, facts, now)


def _tell_of_account(account: Any, due_at: datetime, now: datetime) -> None:
    if account.closed_at is not None:  # only its row was left
        return
    emails.write("accounts/ending", account.email, account.language, {"erased_on": _day(due_at)}, now)


def _day(instant: datetime) -> str:
    return paris_day(instant).isoformat()


_TELL: dict[Kept, Callable[[Any, datetime, datetime], None]] = {
    Kept.DRAFT: _tell_of_draft,
    Kept.DOSSIER: _tell_of_dossier,
    Kept.LONG_PERMIT: _tell_of_dossier,
    Kept.ACCOUNT: _tell_of_account,
}
