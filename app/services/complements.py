"""Answering a request for documents: each one kept, replaced or explained, then sent in one act."""

from datetime import date, datetime

from app.domain.calendar import paris_day
from app.domain.states import Role, State, transition
from app.services import notices
from app.storage import complements as store
from app.storage import dossiers
from app.storage.database import database
from app.storage.models import Complement, ComplementItem, Document, Dossier


class ComplementIncomplete(Exception):
    """Documents of the request that have no answer yet; `slots` names them."""

    def __init__(self, slots: tuple[str, ...]) -> None:
        super().__init__(", ".join(slots))
        self.slots = slots


def decide(item: ComplementItem, decision: str) -> None:
    """Keep what the applicant chose for one document: `keep`, `replace` or `letter`."""
    ComplementItem.update(decision=decision).where(ComplementItem.id == item.id).execute()


def answered(complement: Complement, item: ComplementItem, slots_renewed: frozenset[str]) -> bool:
    """Whether a document of the request has its answer: kept, or something new was given since."""
    return item.decision == "keep" or item.slot in slots_renewed


def send(dossier: Dossier, now: datetime) -> None:
    """Send the answers: the review goes on. Raises ComplementIncomplete while one is missing."""
    with database.atomic():
        row = dossiers.locked(dossier.id)
        move = transition("answer", State(row.state), Role.APPLICANT)
        complement = store.pending(row.id)
        items = store.items(complement.id)
        renewed = store.renewed_slots(complement)
        missing = tuple(i.slot for i in items if not answered(complement, i, renewed))
        if missing:
            raise ComplementIncomplete(missing)
        slots = [item.slot for item in items]
        replaced = [item.slot for item in items if item.decision == "replace"]
        store.retire_older(complement, replaced, now)
        dossiers.record(row, move, now, facts={"slots": slots})
        Complement.update(answered_at=now).where(Complement.id == complement.id).execute()
        notices.tell(row, notices.NoticeKind.COMPLEMENT_SENT, now, slots=slots)


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
