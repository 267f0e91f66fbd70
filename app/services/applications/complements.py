"""Answers to a request for documents (complement): each document kept, replaced or explained, then all sent at once."""

from datetime import date, datetime, timedelta
from typing import Any

from app.domain.actions.applicants import ANSWER, ASK_TIME
from app.domain.dossiers.states import Role, State
from app.domain.journeys.questions import PHOTO
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import COMPLEMENT_REMINDERS, UNSENT_HOURS
from app.domain.rules.reminders import in_letter_hours
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.services.operations import stored_files
from app.storage.applications import complements as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Complement, ComplementItem, ComplementReminder, Document, Dossier

UNANSWERED = "unanswered"  # decision stored for a document that had no answer when its request ended


class ComplementIncomplete(Exception):
    """Raised when documents of the request have no answer yet; `slots` names them."""

    def __init__(self, slots: tuple[str, ...]) -> None:
        super().__init__(", ".join(slots))
        self.slots = slots


def decide(item: ComplementItem, decision: str, now: datetime) -> None:
    """Store the applicant's choice for a document: `keep`, `replace` or `letter`.

    Raises StaleDossier once the request is answered or the dossier was moved on.
    """
    with database.atomic():
        _require_open(item.complement)
        _store_decision(item, decision, now)


def _require_open(complement: Complement) -> Dossier:
    """Lock the dossier of a request and return it. Raises StaleDossier once the request is no longer the open one."""
    row = dossiers.locked(complement.dossier_id)
    if not _is_open(row, Complement.get_by_id(complement.id)):
        raise dossiers.StaleDossier(row)
    return row


def _is_open(row: Dossier, complement: Complement) -> bool:
    return row.state == State.COMPLEMENT_REQUESTED and complement.answered_at is None


def _store_decision(item: ComplementItem, decision: str, now: datetime) -> None:
    changes = {"decision": decision, "decided_at": now}
    ComplementItem.update(**changes).where(ComplementItem.id == item.id).execute()


def asks_for(dossier: Dossier, slot: str) -> bool:
    """Return whether the open request of a dossier asks for a document."""
    request = store.open_request(dossier.id) if dossier.state == State.COMPLEMENT_REQUESTED else None
    return request is not None and slot in request.slots


def answer_photo(dossier: Dossier, now: datetime) -> None:
    """Count a new e-photo code as the answer, if the open request asks for the e-photo."""
    if asks_for(dossier, PHOTO):
        decide(store.item(store.pending(dossier.id), PHOTO), "replace", now)


def end(dossier: Dossier, now: datetime) -> None:
    """End the open request of a dossier that is reopened: prepared answers count as sent, the rest as unanswered.

    With an open request, documents received later would stay hidden from agents as not sent yet.
    """
    for complement in store.of_dossier(dossier.id):
        if complement.answered_at is None:
            renewed = store.renewed_slots(complement)
            for item in store.items(complement.id):
                if not answered(complement, item, renewed):
                    _store_decision(item, UNANSWERED, now)
            Complement.update(answered_at=now).where(Complement.id == complement.id).execute()


def answered(complement: Complement, item: ComplementItem, slots_renewed: frozenset[str]) -> bool:
    """Return whether a document of the request is answered: kept as it is, or something new was received for it."""
    return item.decision == "keep" or item.slot in slots_renewed


def send(dossier: Dossier, now: datetime) -> None:
    """Send the answers and resume the review. Raises ComplementIncomplete if one is missing, ForbiddenTransition."""
    with database.atomic():
        row = dossiers.locked(dossier.id)
        move = ANSWER.transition(State(row.state), Role.APPLICANT)
        complement = store.pending(row.id)
        items = store.items(complement.id)
        renewed = store.renewed_slots(complement)
        missing = tuple(item.slot for item in items if not answered(complement, item, renewed))
        if missing:
            raise ComplementIncomplete(missing)
        slots = [item.slot for item in items]
        replaced = [item.slot for item in items if item.decision == "replace"]
        store.retire_older(complement, replaced, now)
        dossiers.transition(row, move, now, facts={"slots": slots})
        Complement.update(answered_at=now).where(Complement.id == complement.id).execute()
        stored_files.post_check(row.id, now)
        notices.notify(row, NoticeKind.COMPLEMENT_SENT, now, slots=slots)


def days_left(complement: Complement, now: datetime) -> int:
    """Return the days until the date by which an answer is due; negative once it is past."""
    due: date = complement.due_on
    return (due - paris_day(now)).days


def take_back(dossier: Dossier, complement: Complement, document_id: int, now: datetime) -> str:
    """Remove a file received for this request and not sent yet; return the key of its supporting document.

    Raises Document.DoesNotExist for an earlier file, StaleDossier once the request is no longer the open one.
    """
    with database.atomic():
        _require_open(complement)
        document = Document.get(
            (Document.id == document_id)
            & (Document.dossier == dossier.id)
            & (Document.received_at >= complement.asked_at)
            & Document.removed_at.is_null()
        )
        Document.update(removed_at=now).where(Document.id == document.id).execute()
    return str(document.slot)


class TimeAsked(Exception):
    """Raised when an earlier request for more time has no answer yet."""


def ask_time(dossier: Dossier, reason: str, now: datetime) -> None:
    """Request more time, with a reason that the agent reads. Raises TimeAsked, ForbiddenTransition."""
    with database.atomic():
        row = dossiers.locked(dossier.id)
        move = ASK_TIME.transition(State(row.state), Role.APPLICANT)
        if store.wants_time(row.id):
            raise TimeAsked
        complement = store.pending(row.id)
        columns = {"time_reason": reason, "time_asked_at": now, "time_answered_at": None}
        Complement.update(**columns).where(Complement.id == complement.id).execute()
        dossiers.transition(row, move, now, reason=reason)


def remind_due(now: datetime) -> int:
    """Send reminders of open requests 14, 7 and 2 days before their date and return how many were sent.

    Nothing is sent outside letter hours, Paris time. If several delays have passed since the last run, one is sent.
    """
    if not in_letter_hours(now):
        return 0
    due = store.to_remind(paris_day(now), COMPLEMENT_REMINDERS)
    return for_each_isolated("complement reminder", due, lambda complement: _remind(complement, now))


def note_reminder(complement: Complement, now: datetime) -> dict[str, Any]:
    """Note that an open request is reminded of now, and return the facts of the notice.

    One that was due by itself on this day is then not sent.
    """
    left = days_left(complement, now)
    ComplementReminder.insert(
        complement=complement, due_on=complement.due_on, days=left, at=now
    ).on_conflict_ignore().execute()
    return _reminder_facts(complement, left)


def _reminder_facts(complement: Complement, left: int) -> dict[str, Any]:
    return {"due_on": complement.due_on.isoformat(), "overdue": left < 0}


def _remind(complement: Complement, now: datetime) -> bool:
    with database.atomic():
        row = dossiers.locked(complement.dossier_id)
        complement = Complement.get_by_id(
            complement.id
        )  # meanwhile it may have been answered, or given more time
        if not _is_open(row, complement):
            return False
        left = days_left(complement, now)
        done = store.reminded(complement.id, complement.due_on)
        due = [days for days in COMPLEMENT_REMINDERS if left <= days and days not in done]
        for days in due:
            ComplementReminder.create(complement=complement, due_on=complement.due_on, days=days, at=now)
        sent = bool(due) and left >= 0
        if sent:
            notices.notify(row, NoticeKind.COMPLEMENT_REMINDER, now, **_reminder_facts(complement, left))
    return sent


def remind_unsent(now: datetime) -> int:
    """Send reminders of answers prepared UNSENT_HOURS ago and not sent; return how many were sent.

    One each time the applicant comes back to them: a file that was replaced is easily taken for a file sent. Nothing is
    sent outside letter hours, Paris time.
    """
    if not in_letter_hours(now):
        return 0
    unsent = store.unsent_since(now - timedelta(hours=UNSENT_HOURS))
    return for_each_isolated("reminder to send", unsent, lambda complement: _remind_unsent(complement, now))


def _remind_unsent(complement: Complement, now: datetime) -> bool:
    with database.atomic():
        row = dossiers.locked(complement.dossier_id)
        present = Complement.get_by_id(complement.id)
        if not _is_open(row, present) or present.unsent_told_at != complement.unsent_told_at:
            return False  # meanwhile it was sent or ended, or another worker has reminded
        prepared = store.open_request(complement.dossier_id)
        # After a file was removed again there may be nothing to send, though a date is stored.
        if prepared is None or not prepared.answered:
            return False
        Complement.update(unsent_told_at=now).where(Complement.id == present.id).execute()
        facts = {
            "done": prepared.answered,
            "total": len(prepared.slots),
            "due_on": complement.due_on.isoformat(),
        }
        notices.notify(row, NoticeKind.COMPLEMENT_UNSENT, now, **facts)
    return True
