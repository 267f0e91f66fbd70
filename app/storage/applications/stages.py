"""Durations of the stages of a dossier, written with the transition that ends each."""

from datetime import datetime

from app.domain.actions.stages import OPENERS, Stage, annulled, ended
from app.domain.dossiers.states import Transition
from app.domain.rules.calendar import paris_day
from app.storage.models import Dossier, Event, StageTime


def note(dossier: Dossier, move: Transition, event: Event) -> None:
    """Write the stages that a transition ends, each from its last opening event, in the same transaction.

    A step back removes those that had ended by mistake: they are written when they end.
    """
    for stage in annulled(move):
        if began := _opener(event, stage):
            same = (StageTime.opened_by == began.id) & (StageTime.stage == str(stage))
            StageTime.delete().where(same).execute()
    for stage in ended(move):
        if began := _opener(event, stage):
            _write(dossier, move, event, stage, began)


def _opener(event: Event, stage: Stage) -> Event | None:
    return (
        Event.select(Event.id, Event.at)
        .where(
            (Event.dossier == event.dossier_id)
            & Event.action.in_(sorted(OPENERS[stage]))
            & (Event.id < event.id)
        )
        .order_by(Event.id.desc())
        .first()
    )


def _write(dossier: Dossier, move: Transition, event: Event, stage: Stage, began: Event) -> None:
    at: tuple[datetime, datetime] = (began.at, event.at)
    first, last = map(paris_day, at)
    changes = {
        "service": dossier.service_id,
        "agent": event.agent_id,
        "ended_on": last,
        "days": max((last - first).days, 0),  # never negative when the clock was set back
        "outcome": str(move.target),
    }
    StageTime.insert(
        dossier=dossier.id, journey=dossier.journey, stage=str(stage), opened_by=began.id, **changes
    ).on_conflict(conflict_target=[StageTime.opened_by, StageTime.stage], update=changes).execute()
