"""Reminders of the renewal: at most one at a time, each once a permit, to nobody who has filed."""

from collections.abc import Collection
from datetime import date, datetime

from app.domain.rules.calendar import Timing, filing_window, paris_day
from app.domain.rules.parameters import LATE_FILING_FEE
from app.domain.rules.reminders import ReminderKind, chosen, due, in_letter_hours, permits_concerned
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.storage.database import database
from app.storage.models import Account, MutedReminder, Reminder
from app.storage.people import reminders as store

NOTICES = {
    ReminderKind.OPENING: NoticeKind.RENEWAL_OPENING,
    ReminderKind.HALFWAY: NoticeKind.RENEWAL_HALFWAY,
    ReminderKind.LAST_DAYS: NoticeKind.RENEWAL_LAST_DAYS,
}


def send_due(now: datetime) -> int:
    """Send what is due by day in Paris; how many reminders left. After a stop only the latest one leaves."""
    if not in_letter_hours(now):
        return 0
    return for_each_isolated(
        "reminder", store.concerned(permits_concerned(paris_day(now))), lambda one: _remind(one, now)
    )


def _remind(account_id: int, now: datetime) -> bool:
    """Deal with every reminder due of one account, in one transaction: a second worker finds nothing left."""
    today = paris_day(now)
    with database.atomic():
        account = store.locked(account_id)
        if account is None:
            return False
        ends = date.fromisoformat(account.identity["valid_until"])
        over = store.dealt_with(account_id, ends)
        fresh = [kind for kind in due(ends, today) if kind not in over]
        kind = chosen(fresh, ends, paris_day(account.created_at), store.muted(account_id))
        for one in fresh:
            Reminder.create(account=account, permit_until=ends, kind=str(one), sent=one is kind, at=now)
        if kind:
            notices.tell_person(account, NOTICES[kind], now, **_facts(ends, today))
    return kind is not None


def _facts(ends: date, today: date) -> dict[str, object]:
    """What the letter says: days, never how many are left, since a letter may be read late."""
    window = filing_window(ends)
    return {
        "permit_until": ends.isoformat(),
        "opens": window.opens.isoformat(),
        "closes": window.closes.isoformat(),
        "late": window.timing(today) is Timing.LATE,
        "amount": LATE_FILING_FEE.on(today),
    }


def wanted(account: Account) -> tuple[ReminderKind, ...]:
    """The reminders that a person receives: all, unless they said otherwise."""
    off = store.muted(account.id)
    return tuple(kind for kind in ReminderKind if kind not in off)


def choose(account: Account, kinds: Collection[str]) -> None:
    """Keep which reminders a person wants."""
    with database.atomic():
        MutedReminder.delete().where(MutedReminder.account == account.id).execute()
        for kind in ReminderKind:
            if kind not in kinds:
                MutedReminder.insert(account=account.id, kind=str(kind)).on_conflict_ignore().execute()
