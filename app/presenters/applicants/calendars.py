"""The dates of a permit as a file for a telephone's calendar (RFC 5545)."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True)
class Entry:
    """A day to remember; `warn` is how long before the morning of that day the alarm rings."""

    key: str
    day: date
    title: str
    sentence: str
    warn: timedelta


MORNING = timedelta(hours=9)


def calendar(entries: Sequence[Entry], owner: str, link: str, secret: str, now: datetime) -> bytes:
    """The file. The same `owner` and key give the same UID, so that a second file replaces the first."""
    made = Calendar()
    made.add("prodid", "-//guichet-sejour//renewal//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for entry in entries:
        made.add_component(_event(entry, _uid(owner, entry.key, secret), link, now))
    return bytes(made.to_ical())


def _uid(owner: str, key: str, secret: str) -> str:
    """Stable, and silent about the person: nobody without the secret can tell whose it is."""
    return hmac.new(secret.encode(), f"calendar:{owner}:{key}".encode(), hashlib.sha256).hexdigest()[:40]


def _event(entry: Entry, uid: str, link: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.sentence)
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # the day stays free for others who look at the calendar
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", MORNING - entry.warn)
    event.add_component(alarm)
    return event
