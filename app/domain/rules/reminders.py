"""Days of the reminders to renew a permit, counted back from its end."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.rules import parameters
from app.domain.rules.calendar import PARIS

# Hours of the day in Paris between which reminders are sent, even after the worker was stopped over night.
FIRST_HOUR, LAST_HOUR = 9, 20


class ReminderKind(StrEnum):
    """The reminders of a renewal, in the order in which they are sent."""

    OPENING = "opening"  # the window opens
    HALFWAY = "halfway"  # a fortnight before it closes
    LAST_DAYS = "last_days"  # tomorrow is the last day in time


DAYS_BEFORE: dict[ReminderKind, int] = {
    ReminderKind.OPENING: parameters.WINDOW_OPENS_DAYS,
    ReminderKind.HALFWAY: 75,
    ReminderKind.LAST_DAYS: parameters.WINDOW_CLOSES_DAYS + 1,
}


def in_letter_hours(now: datetime) -> bool:
    """Return whether reminders and warnings may be sent at an instant."""
    return FIRST_HOUR <= now.astimezone(PARIS).hour < LAST_HOUR


def due_on(kind: ReminderKind, permit_until: date) -> date:
    """Return the day of a reminder.

    >>> due_on(ReminderKind.LAST_DAYS, date(2027, 3, 31))
    datetime.date(2027, 1, 29)
    """
    return permit_until - timedelta(days=DAYS_BEFORE[kind])


def due(permit_until: date, today: date) -> tuple[ReminderKind, ...]:
    """Return the reminders whose day has come; none once the permit has ended, as it is too late to file in time."""
    if today > permit_until:
        return ()
    return tuple(kind for kind in ReminderKind if due_on(kind, permit_until) <= today)


def chosen(
    pending: Sequence[ReminderKind], permit_until: date, member_since: date, muted: frozenset[str]
) -> ReminderKind | None:
    """Return the latest pending reminder that is not muted, or None.

    A reminder due before the account existed is not sent: the first page after signing up says the same.
    """
    wanted = [kind for kind in pending if kind not in muted and due_on(kind, permit_until) >= member_since]
    return wanted[-1] if wanted else None


def permits_concerned(today: date) -> dict[str, tuple[date, date]]:
    """Return, by kind, the first and last end of permit for which it is the latest reminder due on a day."""
    bounds = [timedelta(days=DAYS_BEFORE[kind]) for kind in ReminderKind]
    nearest = [*(bound + timedelta(days=1) for bound in bounds[1:]), timedelta()]
    return {
        str(kind): (today + near, today + far)
        for kind, near, far in zip(ReminderKind, nearest, bounds, strict=True)
    }
