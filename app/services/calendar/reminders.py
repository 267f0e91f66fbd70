"""Reminders to renew a permit: each kind once a permit, at most one letter a run, none once an application is filed."""

from collections.abc import Collection
from datetime import date, datetime

from app.domain.rules.calendar import Timing, filing_window, paris_day
from app.domain.rules.fees import late_fee
from app.domain.rules.reminders import ReminderKind, chosen, due, in_letter_hours, permits_concerned
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.storage import operating
from app.storage.database import database
from app.storage.models import Account, MutedReminder, Reminder
from app.storage.people import reminders as store

TASK = "reminders"  # of a day
NOTICES = {
    ReminderKind.OPENING: NoticeKind.RENEWAL_OPENING,
    ReminderKind.HALFWAY: NoticeKind.RENEWAL_HALFWAY,
    ReminderKind.LAST_DAYS: NoticeKind.RENEWAL_LAST_DAYS,
}


def send_due(now: datetime) -> int:
    """Send the reminders that are due and return how many; nothing outside letter hours, Paris time.

    If several kinds have become due since the last run, only the latest is sent. Once nobody is left, nobody is looked
    for until the next day: the question reads everybody whose permit ends within four months.
    """
    today = paris_day(now)
    if not in_letter_hours(now) or operating.is_over(TASK, today):
        return 0
    accounts = store.concerned(permits_concerned(today))
    if not accounts:
        operating.set_over(TASK, today)
    return for_each_isolated("reminder", accounts, lambda account_id: _remind(account_id, now))


def _remind(account_id: int, now: datetime) -> bool:
    """Send or skip every due reminder of an account in one transaction, so that two workers never send it twice."""
    today = paris_day(now)
    with database.atomic():
        account = store.locked(account_id)
        if account is None:
            return False
        ends = date.fromisoformat(account.identity["valid_until"])
        done = store.dealt_with(account_id, ends)
        pending = [kind for kind in due(ends, today) if kind not in done]
        to_send = chosen(pending, ends, paris_day(account.created_at), store.muted(account_id))
        for kind in pending:
            Reminder.create(account=account, permit_until=ends, kind=str(kind), sent=kind is to_send, at=now)
        if to_send:
            notices.notify_account(account, NOTICES[to_send], now, **_facts(account, ends, today))
    return to_send is not None


def _facts(account: Account, ends: date, today: date) -> dict[str, object]:
    """Return the facts of the letter: dates, not a number of days left, since a letter may be read late."""
    window = filing_window(ends)
    more = late_fee(account.identity, today, today)
    return {
        "permit_until": ends.isoformat(),
        "opens": window.opens.isoformat(),
        "closes": window.closes.isoformat(),
        "late": window.timing(today) is Timing.LATE,
        **({"amount": more} if more else {}),
    }


def wanted(account: Account) -> tuple[ReminderKind, ...]:
    """Return the kinds of reminder that an account receives: all but those switched off."""
    muted = store.muted(account.id)
    return tuple(kind for kind in ReminderKind if kind not in muted)


def choose(account: Account, kinds: Collection[str]) -> None:
    """Store which kinds of reminder an account receives."""
    with database.atomic():
        MutedReminder.delete().where(MutedReminder.account == account.id).execute()
        for kind in ReminderKind:
            if kind not in kinds:
                MutedReminder.insert(account=account.id, kind=str(kind)).on_conflict_ignore().execute()
