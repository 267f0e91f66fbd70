"""The transaction in which what belongs to a dossier changes: files, explanations, the e-photo code.

A page is shown, then its form is sent: meanwhile another tab may have filed the draft, or an agent may have asked or
decided. What the page was made for is compared with the row under its lock, so that no file enters or leaves a dossier
that its reader did not see.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum

from app.domain.actions.applicants import ADD
from app.domain.dossiers.states import OPEN, Role, State
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.storage.database import database
from app.storage.models import Dossier


class Phase(StrEnum):
    """What the applicant may do with the documents of a dossier."""

    DRAFT = "draft"  # everything; nobody else has seen them
    SUBMITTED = "submitted"  # add and replace, each time in the record
    ASKED = "asked"  # answer the request, which is sent as a whole
    DECIDED = "decided"  # nothing


def phase(dossier: Dossier) -> Phase:
    """Return the phase of a dossier as its row was read."""
    state = State(dossier.state)
    if state is State.DRAFT:
        return Phase.DRAFT
    if state is State.COMPLEMENT_REQUESTED:
        return Phase.ASKED
    return Phase.SUBMITTED if state in OPEN else Phase.DECIDED


@contextmanager
def changing(dossier: Dossier, now: datetime) -> Iterator[Dossier]:
    """Lock a dossier, yield its row, and record the change of a submitted one when the block ends.

    Raises StaleDossier once it is in another phase than when `dossier` was read, or decided.
    """
    with database.atomic():
        row = store.locked(dossier.id)
        now_in = phase(row)
        if now_in is not phase(dossier) or now_in is Phase.DECIDED:
            raise StaleDossier(row)
        yield row
        if now_in is Phase.SUBMITTED:
            store.transition(row, ADD.transition(State(row.state), Role.APPLICANT), now)
        else:
            Dossier.update(saved_at=now).where(Dossier.id == row.id).execute()
