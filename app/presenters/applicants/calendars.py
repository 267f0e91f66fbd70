"""The dates of a permit, or an appointment, as an iCalendar file (RFC 5545)."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from app.domain.rules.calendar import PARIS


@dataclass(frozen=True)
class Entry:
    """A day of the calendar, or an hour `at` a place; `warn` is how long before the morning or hour the alarm rings."""

    key: str
    day: date
    title: str
    sentence: str
    warn: timedelta
    at: datetime | None = None
    place: str = ""


MORNING = timedelta(hours=9)
LENGTH = timedelta(hours=1)  # shown for an appointment, of which nobody knows how long it takes


def calendar(entries: Sequence[Entry], owner: str, link: str, secret: bytes, now: datetime) -> bytes:
    """Return the file. The same `owner` and key give the same UID: a second file replaces the first."""
    made = Calendar()
    made.add("prodid", "-//guichet-sejour//renewal//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for entry in entries:
        made.add_component(_event(entry, _uid(owner, entry.key, secret), link, now))
    return bytes(made.to_ical())


def _uid(owner: str, key: str, secret: bytes) -> str:
    """Return a stable UID, which does not reveal its owner without the secret."""
    return hmac.new(secret, f"calendar:{owner}:{key}".encode(), hashlib.sha256).hexdigest()[:40]


def _event(entry: Entry, uid: str, link: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    if entry.at:
        # Without a zone: the hour on the clock of the place, overseas too.
        begins = entry.at.astimezone(PARIS).replace(tzinfo=None)
        event.add("dtstart", begins)
        event.add("dtend", begins + LENGTH)
        event.add("location", entry.place)
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.sentence)
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # not shown as busy to others
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", (timedelta() if entry.at else MORNING) - entry.warn)
    event.add_component(alarm)
    return event
