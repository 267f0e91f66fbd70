"""Answering a request for documents: each one kept, replaced or explained, then sent in one act."""

from datetime import date, datetime, timedelta

from app.domain.actions.applicants import ANSWER, ASK_TIME
from app.domain.dossiers.states import Role, State
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import COMPLEMENT_REMINDERS, UNSENT_HOURS
from app.domain.rules.reminders import in_letter_hours
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.storage.applications import complements as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Complement, ComplementItem, ComplementReminder, Document, Dossier

UNANSWERED = "unanswered"  # what is kept of a document that a request asked for in vain


class ComplementIncomplete(Exception):
    """Documents of the request that have no answer yet; `slots` names them."""

    def __init__(self, slots: tuple[str, ...]) -> None:
        super().__init__(", ".join(slots))
        self.slots = slots


def decide(item: ComplementItem, decision: str, now: datetime) -> None:
    """Keep what the applicant chose for one document: `keep`, `replace` or `letter`."""
    changes = {"decision": decision, "decided_at": now}
    ComplementItem.update(**changes).where(ComplementItem.id == item.id).execute()


def end(dossier: Dossier, now: datetime) -> None:
    """Let an open request end with the review it belonged to: what was prepared counts as given, the rest does not.

    A dossier that is taken up again would otherwise hide whatever is given from then on, as not sent yet.
    """
    for complement in store.of_dossier(dossier.id):
        if complement.answered_at is None:
            renewed = store.renewed_slots(complement)
            for item in store.items(complement.id):
                if not answered(complement, item, renewed):
                    decide(item, UNANSWERED, now)
            Complement.update(answered_at=now).where(Complement.id == complement.id).execute()


def answered(complement: Complement, item: ComplementItem, slots_renewed: frozenset[str]) -> bool:
    """Whether a document of the request has its answer: kept, or something new was given since."""
    return item.decision == "keep" or item.slot in slots_renewed


def send(dossier: Dossier, now: datetime) -> None:
    """Send the answers: the review goes on. Raises ComplementIncomplete while one is missing."""
    with database.atomic():
        row = dossiers.locked(dossier.id)
        move = ANSWER.transition(State(row.state), Role.APPLICANT)
        complement = store.pending(row.id)
        items = store.items(complement.id)
        renewed = store.renewed_slots(complement)
        missing = tuple(i.slot for i in items if not answered(complement, i, renewed))
        if missing:
            raise ComplementIncomplete(missing)
        slots = [item.slot for item in items]
        replaced = [item.slot for item in items if item.decision == "replace"]
        store.retire_older(complement, replaced, now)
        dossiers.transition(row, move, now, facts={"slots": slots})
        Complement.update(answered_at=now).where(Complement.id == complement.id).execute()
        notices.tell(row, NoticeKind.COMPLEMENT_SENT, now, slots=slots)


def days_left(complement: Complement, now: datetime) -> int:
    """Days until the date asked; negative once it is past."""
    due: date = complement.due_on
    return (due - paris_day(now)).days


def take_back(dossier: Dossier, complement: Complement, document_id: int, now: datetime) -> str:
    """Remove a file given for this request and not sent yet; its slot. Earlier files cannot be removed."""
    document = Document.get(
        (Document.id == document_id)
        & (Document.dossier == dossier.id)
        & (Document.received_at >= complement.asked_at)
        & Document.removed_at.is_null()
    )
    Document.update(removed_at=now).where(Document.id == document.id).execute()
    return str(document.slot)


class TimeAsked(Exception):
    """More time was asked for already, and the service has not answered yet."""


def ask_time(dossier: Dossier, reason: str, now: datetime) -> None:
    """Say that more time is needed, and why. Raises TimeAsked, ForbiddenTransition."""
    with database.atomic():
        row = dossiers.locked(dossier.id)
        move = ASK_TIME.transition(State(row.state), Role.APPLICANT)
        if store.wants_time(row.id):
            raise TimeAsked
        complement = store.pending(row.id)
        asked = {"time_reason": reason, "time_asked_at": now, "time_answered_at": None}
        Complement.update(**asked).where(Complement.id == complement.id).execute()
        dossiers.transition(row, move, now, reason=reason)


def remind_due(now: datetime) -> int:
    """Remind of open requests 14, 7 and 2 days before their date, by day in Paris; how many reminders left.

    After a stop of the service only the nearest delay is told.
    """
    if not in_letter_hours(now):
        return 0
    due = store.to_remind(paris_day(now), COMPLEMENT_REMINDERS)
    return for_each_isolated("complement reminder", due, lambda one: _remind(one, now))


def _remind(complement: Complement, now: datetime) -> bool:
    left = days_left(complement, now)
    with database.atomic():
        dossiers.locked(complement.dossier_id)
        known = store.reminded(complement.id, complement.due_on)
        due = [days for days in COMPLEMENT_REMINDERS if left <= days and days not in known]
        for days in due:
            ComplementReminder.create(complement=complement, due_on=complement.due_on, days=days, at=now)
        told = bool(due) and left >= 0
        if told:
            facts = {"due_on": complement.due_on.isoformat()}
            notices.tell(complement.dossier, NoticeKind.COMPLEMENT_REMINDER, now, **facts)
    return told


def remind_unsent(now: datetime) -> int:
    """Tell people who prepared answers a day ago and did not send them, by day in Paris; how many were told.

    Once for each time they come back to it: a file replaced is easily taken for a file sent.
    """
    if not in_letter_hours(now):
        return 0
    unsent = store.unsent_since(now - timedelta(hours=UNSENT_HOURS))
    return for_each_isolated("reminder to send", unsent, lambda one: _remind_unsent(one, now))


def _remind_unsent(complement: Complement, now: datetime) -> bool:
    with database.atomic():
        dossiers.locked(complement.dossier_id)
        untold = Complement.unsent_told_at == complement.unsent_told_at
        here = (Complement.id == complement.id) & Complement.answered_at.is_null() & untold
        prepared = store.open_request(complement.dossier_id)
        # A file taken back leaves a date and no answer: then there is nothing to send.
        if prepared is None or not prepared.answered:
            return False
        if not Complement.update(unsent_told_at=now).where(here).execute():
            return False  # another worker told it
        facts = {
            "done": prepared.answered,
            "total": len(prepared.slots),
            "due_on": complement.due_on.isoformat(),
        }
        notices.tell(complement.dossier, NoticeKind.COMPLEMENT_UNSENT, now, **facts)
    return True
