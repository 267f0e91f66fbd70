"""Appointments of dossiers: invitations by agents, what becomes of them, and the answers of the people invited.

Each function makes one change with its event and notice, in one transaction, under the lock of the dossier.
"""

from datetime import datetime
from typing import Any

from app.domain.dossiers.appointments import (
    Cause,
    Meeting,
    Outcome,
    Purpose,
    marks,
    purposes,
    reminder_due,
)
from app.domain.dossiers.states import Role, State
from app.domain.rules.calendar import paris_day
from app.domain.texts.notices import NoticeKind
from app.services.messages import notices
from app.storage import appointments as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Agent, Appointment, Dossier


class AlreadyInvited(Exception):
    """Raised when the person is invited for the same purpose already; `appointment` is that one."""

    def __init__(self, appointment: Appointment) -> None:
        super().__init__(appointment.id)
        self.appointment = appointment


class NotInvitable(Exception):
    """Raised when the state of the dossier leaves no room for an appointment of the purpose."""


class StaleAppointment(Exception):
    """Raised when an appointment changed since the page was shown, or is not in the state that the act needs."""


def invite(dossier: Dossier, agent: Agent, meeting: Meeting, now: datetime) -> Appointment:
    """Invite the person of a dossier; a double submission returns the first appointment.

    Raises Dossier.DoesNotExist for another service's dossier, NotInvitable, AlreadyInvited.
    """
    with database.atomic():
        row = _locked(dossier.id, agent)
        if present := _open(row, meeting.purpose):
            if _says(present, meeting):
                return present
            raise AlreadyInvited(present)
        if meeting.purpose not in purposes(State(row.state), row.with_card):
            raise NotInvitable
        made = Appointment.create(
            dossier=row,
            purpose=str(meeting.purpose),
            invited_at=now,
            told=reminder_due(meeting.at, None, paris_day(now)),
            **_columns(meeting),
        )
        _record(row, made, "appointment_made", now, agent)
        notices.notify(row, NoticeKind.APPOINTMENT_MADE, now, **facts_of(made))
    return made


def _locked(dossier_id: int, agent: Agent) -> Dossier:
    """Return the locked row of a dossier of the agent's service. Raises Dossier.DoesNotExist."""
    row = dossiers.locked(dossier_id)
    if row.service_id != agent.service_id:
        raise Dossier.DoesNotExist
    return row


def _open(row: Dossier, purpose: Purpose) -> Appointment | None:
    return next((present for present in store.open_of(row.id) if present.purpose == purpose), None)


def _columns(meeting: Meeting) -> dict[str, Any]:
    return {"at": meeting.at, "place": meeting.place, "bring": list(meeting.bring), "words": meeting.words}


def _says(present: Appointment, meeting: Meeting) -> bool:
    """Return whether an appointment is what an invitation says."""
    return all(getattr(present, name) == value for name, value in _columns(meeting).items())


def facts_of(appointment: Appointment) -> dict[str, Any]:
    """Return what events and notices tell of an appointment, as JSON values."""
    return {
        "appointment": appointment.id,
        "purpose": appointment.purpose,
        "meets_at": appointment.at.isoformat(),
        "place": appointment.place,
        "bring": appointment.bring,
        "words": appointment.words,
    }


def _record(
    row: Dossier,
    appointment: Appointment,
    action: str,
    now: datetime,
    agent: Agent | None = None,
    reason: str = "",
    role: Role = Role.AGENT,
) -> None:
    facts = {"purpose": appointment.purpose, "meets_at": appointment.at.isoformat()}
    dossiers.append_event(row, action, role, now, agent=agent, reason=reason, facts=facts)


def _current(appointment: Appointment, version: int) -> Appointment:
    """Return an appointment as it is now, its dossier being locked. Raises StaleAppointment if it changed since."""
    present = store.locked(appointment.id)
    if present.version != version:
        raise StaleAppointment
    return present


def _change(appointment: Appointment, **columns: Any) -> None:
    """Change an appointment, and its version with it."""
    columns["version"] = appointment.version + 1
    Appointment.update(columns).where(Appointment.id == appointment.id).execute()
    for name, value in columns.items():
        setattr(appointment, name, value)


def move(
    appointment: Appointment, agent: Agent, meeting: Meeting, reason: str, version: int, now: datetime
) -> bool:
    """Give an open appointment another hour, place or list of things to bring; return whether the person is told.

    What changes nothing tells nobody; a double submission tells once. Raises StaleAppointment, Dossier.DoesNotExist.
    """
    with database.atomic():
        row = _locked(appointment.dossier_id, agent)
        present = store.locked(appointment.id)
        same = present.outcome is None and present.declined_at is None and _says(present, meeting)
        if same and present.version in (version, version + 1):
            return present.version != version
        if present.version != version or present.outcome is not None:
            raise StaleAppointment
        told = reminder_due(meeting.at, None, paris_day(now))
        before = present.at
        _change(present, **_columns(meeting), told=told, declined_at=None, declined_words="")
        _record(row, present, "appointment_moved", now, agent, reason)
        facts = {**facts_of(present), "before": before.isoformat(), "reason": reason}
        notices.notify(row, NoticeKind.APPOINTMENT_MOVED, now, **facts)
    return True


def cancel(appointment: Appointment, agent: Agent, reason: str, version: int, now: datetime) -> None:
    """Cancel an open appointment, for a reason that the person reads. Raises StaleAppointment, Dossier.DoesNotExist."""
    with database.atomic():
        row = _locked(appointment.dossier_id, agent)
        present = _current(appointment, version)
        if present.outcome is not None:
            raise StaleAppointment
        _change(present, outcome=str(Outcome.CANCELLED), settled_at=now)
        _record(row, present, "appointment_cancelled", now, agent, reason)
        facts = {**facts_of(present), "reason": reason}
        notices.notify(row, NoticeKind.APPOINTMENT_CANCELLED, now, **facts)


def mark(appointment: Appointment, agent: Agent, outcome: Outcome, version: int, now: datetime) -> None:
    """Note whether the person came; a person that did not is told what follows.

    Raises StaleAppointment, also before the day of the appointment, Dossier.DoesNotExist.
    """
    with database.atomic():
        row = _locked(appointment.dossier_id, agent)
        present = _current(appointment, version)
        if present.outcome is not None or outcome not in marks(present.at, now):
            raise StaleAppointment
        _settle(row, present, outcome, now, agent)


def _settle(
    row: Dossier,
    present: Appointment,
    outcome: Outcome,
    now: datetime,
    agent: Agent | None,
    reason: str = "",
) -> None:
    came = outcome is Outcome.KEPT
    _change(present, outcome=str(outcome), settled_at=now)
    _record(row, present, "appointment_kept" if came else "appointment_missed", now, agent, reason)
    if not came:
        notices.notify(row, NoticeKind.APPOINTMENT_MISSED, now, **facts_of(present), reason=reason)


def correct(
    appointment: Appointment, agent: Agent, outcome: Outcome | None, reason: str, version: int, now: datetime
) -> None:
    """Correct a mark made by mistake: the other one, or None to open the appointment again; the person is told.

    Raises StaleAppointment, AlreadyInvited if another one of the purpose is open, NotInvitable if the dossier leaves no
    room for one, Dossier.DoesNotExist.
    """
    with database.atomic():
        row = _locked(appointment.dossier_id, agent)
        present = _current(appointment, version)
        if present.outcome not in (Outcome.KEPT, Outcome.MISSED) or present.outcome == outcome:
            raise StaleAppointment
        if outcome is None:
            _require_room(row, Purpose(present.purpose))
        elif outcome not in marks(present.at, now):
            raise StaleAppointment
        _change(present, outcome=outcome and str(outcome), settled_at=outcome and now)
        _record(row, present, "appointment_corrected", now, agent, reason)
        facts = {**facts_of(present), "outcome": present.outcome, "reason": reason}
        notices.notify(row, NoticeKind.APPOINTMENT_CORRECTED, now, **facts)


def _require_room(row: Dossier, purpose: Purpose) -> None:
    if other := _open(row, purpose):
        raise AlreadyInvited(other)
    if purpose not in purposes(State(row.state), row.with_card):
        raise NotInvitable


def decline(appointment: Appointment, words: str, version: int, now: datetime) -> None:
    """Note that the person cannot come, with a word for the service. Raises StaleAppointment, also after its hour."""
    with database.atomic():
        row = dossiers.locked(appointment.dossier_id)
        present = store.locked(appointment.id)
        if present.version == version + 1 and present.declined_at and present.declined_words == words:
            return  # a double submission
        if present.version != version or not _awaited(present, now):
            raise StaleAppointment
        _change(present, declined_at=now, declined_words=words)
        _record(row, present, "appointment_declined", now, reason=words, role=Role.APPLICANT)


def accept(appointment: Appointment, version: int, now: datetime) -> None:
    """Note that the person comes after all. Raises StaleAppointment, also after its hour."""
    with database.atomic():
        row = dossiers.locked(appointment.dossier_id)
        present = _current(appointment, version)
        if present.outcome is not None or present.declined_at is None or present.at <= now:
            raise StaleAppointment
        _change(present, declined_at=None, declined_words="")
        _record(row, present, "appointment_accepted", now, role=Role.APPLICANT)


def _awaited(present: Appointment, now: datetime) -> bool:
    return present.outcome is None and present.declined_at is None and now < present.at


def end(row: Dossier, cause: Cause, now: datetime, agent: Agent | None = None) -> None:
    """End the open appointments of a dossier that takes another way, and tell its person. The dossier is locked.

    A card handed over on the day of its appointment was handed over there.
    """
    for present in store.open_of(row.id):
        handed_over = cause is Cause.HANDED_OVER and present.purpose == Purpose.HAND_OVER
        if handed_over and Outcome.KEPT in marks(present.at, now):
            _settle(row, present, Outcome.KEPT, now, agent)
            continue
        _change(present, outcome=str(Outcome.CANCELLED), settled_at=now)
        _record(row, present, "appointment_cancelled", now, agent, role=Role.AGENT if agent else Role.SYSTEM)
        facts = {**facts_of(present), "cause": str(cause)}
        notices.notify(row, NoticeKind.APPOINTMENT_CANCELLED, now, **facts)
