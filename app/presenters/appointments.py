"""Appointments as pages and messages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.dossiers.appointments import (
    CAUSES,
    PURPOSE_TITLES,
    TO_BRING,
    Cause,
    Meeting,
    Outcome,
    Purpose,
    marks,
)
from app.domain.rules.calendar import paris_day
from app.domain.text import N_
from app.web.localisation import formats

# What its person reads of an appointment that ended, or waits.
_TOLD: dict[str, str] = {
    Outcome.KEPT: N_("Votre venue est notée."),
    Outcome.MISSED: N_("Votre absence est notée."),
    Outcome.CANCELLED: N_("Annulé par le service."),
    "declined": N_("Vous avez dit que vous ne pouvez pas venir."),
    "unmarked": N_("Le service n’a pas encore noté votre venue."),
    "coming": N_("À venir."),
}


@dataclass(frozen=True)
class AppointmentView:
    """An appointment, or one that is proposed; `number` is None for the latter. Titles are msgids."""

    number: int | None
    purpose: Purpose
    at: datetime
    place: str
    bring: tuple[str, ...]
    words: str
    days: int  # until it
    status: str = "coming"  # an Outcome, "declined", "unmarked" or "coming"
    version: int = 0
    declined_words: str = ""
    settled_at: datetime | None = None
    past: bool = False  # its hour has come
    marks: tuple[Outcome, ...] = ()  # that an agent can note now

    @property
    def title(self) -> str:
        """Title of its purpose."""
        return PURPOSE_TITLES[self.purpose]

    @property
    def day(self) -> date:
        """Its day in Paris."""
        return paris_day(self.at)

    @property
    def open(self) -> bool:
        """Whether it is neither marked nor cancelled."""
        return self.status in ("declined", "unmarked", "coming")

    @property
    def told(self) -> str:
        """How it stands, for its person."""
        return _TOLD[self.status]


def view(row: Any, now: datetime) -> AppointmentView:
    """Return the view of a stored appointment."""
    meeting = Meeting(Purpose(row.purpose), row.at, row.place, tuple(row.bring), row.words)
    waiting = "declined" if row.declined_at else "unmarked" if row.at <= now else "coming"
    return AppointmentView(
        **_said(meeting, now),
        number=row.id,
        status=row.outcome or waiting,
        past=row.at <= now,
        version=row.version,
        declined_words=row.declined_words,
        settled_at=row.settled_at,
        marks=() if row.outcome else marks(row.at, now),
    )


def views(rows: Iterable[Any], now: datetime) -> tuple[AppointmentView, ...]:
    """Return the views of stored appointments."""
    return tuple(view(row, now) for row in rows)


def proposed(meeting: Meeting, now: datetime) -> AppointmentView:
    """Return the view of an appointment that is not stored yet."""
    return AppointmentView(**_said(meeting, now), number=None)


def _said(meeting: Meeting, now: datetime) -> dict[str, Any]:
    return {
        "purpose": meeting.purpose,
        "at": meeting.at,
        "place": meeting.place,
        "bring": to_bring(meeting.bring),
        "words": meeting.words,
        "days": (paris_day(meeting.at) - paris_day(now)).days,
    }


def to_bring(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the msgids of what to bring; a key of a former edition is left out."""
    return tuple(TO_BRING[key] for key in keys if key in TO_BRING)


def message_facts(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what the text of a message about an appointment needs beside its stored facts: days as text, msgids."""
    if "meets_at" not in facts:
        return {}
    at = datetime.fromisoformat(facts["meets_at"])
    return {
        "purpose": PURPOSE_TITLES[Purpose(facts["purpose"])],
        "day": formats.weekday(paris_day(at), language),
        "hour": formats.hour(at, language),
        "to_bring": to_bring(facts["bring"]),
        "cause": CAUSES[Cause(facts["cause"])] if "cause" in facts else "",
        "reason": facts.get("reason", ""),
        "before": formats.moment(datetime.fromisoformat(facts["before"]), language)
        if "before" in facts
        else "",
    }
