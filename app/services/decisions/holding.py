"""Dossiers kept for a court: nothing of them is erased until a supervisor says that it is over.

Each makes one transition with its event and notice, in one transaction, and raises what `acts.make_transition` raises.
"""

from app.domain.actions.holding import HOLD, RELEASE
from app.services.decisions.acts import Act, make_transition, notify, performs
from app.storage.database import database
from app.storage.models import Dossier


@performs(HOLD)
def hold(dossier: Dossier, act: Act, reason: str) -> None:
    """Keep an ended dossier from being erased."""
    with database.atomic():
        row = make_transition(dossier, HOLD, act, reason=reason, on_hold=True)
        notify(row, HOLD, act, reason=reason)


@performs(RELEASE)
def release(dossier: Dossier, act: Act, reason: str) -> None:
    """Let the time of an ended dossier go on, from this day."""
    with database.atomic():
        row = make_transition(dossier, RELEASE, act, reason=reason, on_hold=None)
        notify(row, RELEASE, act, reason=reason)
