"""Days and periods as the law counts them: filing window, extensions, Paris days."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.rules import parameters

PARIS = ZoneInfo("Europe/Paris")
# The end of rights that no day ends: those that a certificate of favourable decision proves until the card is in hand,
# and those that a procedure does not touch.
NO_END = date.max


def bounded(rights_end: date | None) -> date | None:
    """Return the last day of rights, None if no day ends them."""
    return None if rights_end == NO_END else rights_end


def paris_day(moment: datetime) -> date:
    """Return the date in Paris at an instant."""
    return moment.astimezone(PARIS).date()


def days_since(moment: datetime, today: date) -> int:
    """Return the number of Paris midnights since an instant: late yesterday evening is 1 day ago."""
    return (today - paris_day(moment)).days


def start_of_day(day: date) -> datetime:
    """Return the instant (UTC) at which a day begins in Paris."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Timing(StrEnum):
    """The position of a day in a filing window."""

    EARLY = "early"
    IN_TIME = "in_time"
    LATE = "late"  # admissible, 180 € more, no extension certificate as of right
    TOO_LATE = "too_late"  # the entry conditions must be met again


@dataclass(frozen=True)
class Window:
    """The filing window of a permit, days included (CESEDA R.431-5, R.431-8)."""

    opens: date
    closes: date
    admissible_until: date

    def timing(self, today: date) -> Timing:
        """Return the position of a day in the window."""
        if today < self.opens:
            return Timing.EARLY
        if today <= self.closes:
            return Timing.IN_TIME
        return Timing.LATE if today <= self.admissible_until else Timing.TOO_LATE


def filing_window(valid_until: date) -> Window:
    """Return the filing window of a permit: from the 120th to the 60th day before its end (CESEDA R.431-5, 1°).

    >>> filing_window(date(2027, 3, 31)).opens
    datetime.date(2026, 12, 1)
    """
    return Window(
        opens=valid_until - timedelta(days=parameters.WINDOW_OPENS_DAYS),
        closes=valid_until - timedelta(days=parameters.WINDOW_CLOSES_DAYS),
        admissible_until=add_months(valid_until, parameters.LATE_MONTHS),
    )


class Unit(StrEnum):
    """The units in which a length of time is said."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Delay:
    """A time limit set by law, in months and days."""

    days: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """Return the last day of the time limit, counted from a day."""
        return add_months(day, self.months) + timedelta(days=self.days)


def next_extension(rights_end: date, given_on: date = date.min) -> tuple[date, date]:
    """Return the first and last day of the extension certificate that follows the end of a right (R.431-15-1).

    One that an agent's decision gives covers no day before `given_on`, the day of that decision.
    """
    first = max(rights_end + timedelta(days=1), given_on)
    return first, add_months(first, parameters.EXTENSION_MONTHS) - timedelta(days=1)


def extension_due(rights_end: date, today: date) -> bool:
    """Return whether rights end within EXTENSION_LEAD_DAYS, so that a certificate has to be issued."""
    return today >= rights_end - timedelta(days=parameters.EXTENSION_LEAD_DAYS)


def continued_by_law(first: date, last: date) -> date | None:
    """Return until when an expired permit proves the right to stay while its renewal is examined (CESEDA L.433-3).

    Three months for a permit of four years or more; None for a shorter one, which needs a certificate instead.
    """
    if add_months(first, 12 * parameters.CONTINUED_YEARS) - timedelta(days=1) > last:
        return None
    return add_months(last, parameters.CONTINUED_MONTHS)
