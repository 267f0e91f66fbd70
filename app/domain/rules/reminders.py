"""When a person is reminded of their renewal, counted in days before the permit ends."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.rules import parameters
from app.domain.rules.calendar import PARIS

# Hours of Paris. Letters leave while people are awake, whatever the hour at which the worker comes back.
FIRST_HOUR, LAST_HOUR = 9, 20


class ReminderKind(StrEnum):
    """The three reminders, the first to come first."""

    OPENING = "opening"  # the window opens
    HALFWAY = "halfway"  # a fortnight before it closes
    LAST_DAYS = "last_days"  # tomorrow is the last day in time


DAYS_BEFORE: dict[ReminderKind, int] = {
    ReminderKind.OPENING: parameters.WINDOW_OPENS_DAYS,
    ReminderKind.HALFWAY: 75,
    ReminderKind.LAST_DAYS: parameters.WINDOW_CLOSES_DAYS + 1,
}


def in_letter_hours(now: datetime) -> bool:
    """Return whether letters of the calendar may leave at this instant."""
    return FIRST_HOUR <= now.astimezone(PARIS).hour < LAST_HOUR


def due_on(kind: ReminderKind, permit_until: date) -> date:
    """The day of a reminder.

    >>> due_on(ReminderKind.LAST_DAYS, date(2027, 3, 31))
    datetime.date(2027, 1, 29)
    """
    return permit_until - timedelta(days=DAYS_BEFORE[kind])


def due(permit_until: date, today: date) -> tuple[ReminderKind, ...]:
    """The reminders whose day has come, none once the permit has ended: nothing could be done in time."""
    if today > permit_until:
        return ()
    return tuple(kind for kind in ReminderKind if due_on(kind, permit_until) <= today)


def chosen(
    fresh: Sequence[ReminderKind], permit_until: date, member_since: date, muted: frozenset[str]
) -> ReminderKind | None:
    """The one reminder to send of those not dealt with yet: the latest that is wanted.

    What was due before somebody had an account is not news to them: the page they arrive on says it.
    """
    wanted = [k for k in fresh if k not in muted and due_on(k, permit_until) >= member_since]
    return wanted[-1] if wanted else None


def permits_concerned(today: date) -> dict[str, tuple[date, date]]:
    """By kind, the first and last end of permit for which it is the latest reminder due on a day."""
    bounds = [timedelta(days=DAYS_BEFORE[kind]) for kind in ReminderKind]
    nearest = [*(one + timedelta(days=1) for one in bounds[1:]), timedelta()]
    return {
        str(kind): (today + near, today + far)
        for kind, near, far in zip(ReminderKind, nearest, bounds, strict=True)
    }
