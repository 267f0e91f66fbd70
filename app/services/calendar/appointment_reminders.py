"""Reminders of appointments to come."""

from datetime import datetime, timedelta

from app.domain.dossiers.appointments import reminder_due
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import APPOINTMENT_REMINDERS
from app.domain.rules.reminders import in_letter_hours
from app.domain.texts.notices import NoticeKind
from app.services.appointments.invitations import facts_of
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.storage import appointments as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Appointment

_AHEAD = timedelta(days=max(APPOINTMENT_REMINDERS) + 1)


def send_due(now: datetime) -> int:
    """Send the reminders that are due and return how many; nothing outside letter hours, Paris time.

    None is sent at or after the hour of the appointment, nor to a person who cannot come.
    """
    if not in_letter_hours(now):
        return 0
    coming = store.to_remind(now, now + _AHEAD)
    due = [row for row in coming if reminder_due(row.at, row.told, paris_day(now)) is not None]
    return for_each_isolated("appointment", due, lambda row: _remind(row, now))


def _remind(appointment: Appointment, now: datetime) -> bool:
    with database.atomic():
        row = dossiers.locked(appointment.dossier_id)
        present = store.locked(appointment.id)
        days = reminder_due(present.at, present.told, paris_day(now))
        if days is None or present.outcome or present.declined_at or present.at <= now:
            return False
        Appointment.update(told=days).where(Appointment.id == present.id).execute()
        nearest = days == min(APPOINTMENT_REMINDERS)
        kind = NoticeKind.APPOINTMENT_NEAR if nearest else NoticeKind.APPOINTMENT_COMING
        notices.notify(row, kind, now, **facts_of(present))
    return True
