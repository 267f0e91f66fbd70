"""Many dossiers put in one person's hands at once: each is a move of its own, done or left alone by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.dossiers.states import ForbiddenTransition
from app.services.decisions.acts import Act, NotAColleague
from app.services.decisions.instruction import assign
from app.storage.applications.dossiers import StaleDossier
from app.storage.models import Agent, Dossier
from app.storage.people import agents
from app.storage.review import queue


@dataclass(frozen=True)
class Outcome:
    """How many dossiers are now in the hands chosen, and the numbers of those that somebody moved meanwhile."""

    done: int
    left: tuple[int, ...]


def assign_all(supervisor: Agent, picks: Mapping[int, int], to: int, now: datetime) -> Outcome:
    """Assign dossiers of the supervisor's service; `picks` holds, by dossier, the last move that the page showed."""
    if agents.colleague(supervisor.service_id, to) is None:
        raise NotAColleague
    found = {one.id: one for one in queue.chosen(supervisor.service_id, list(picks))}
    left = [
        number
        for number, seen in picks.items()
        if number not in found or not _assigned(found[number], Act(supervisor, now, seen), to)
    ]
    return Outcome(len(picks) - len(left), tuple(left))


def _assigned(dossier: Dossier, act: Act, to: int) -> bool:
    if dossier.agent_id == to:
        return True
    try:
        assign(dossier, act, to)
    except (StaleDossier, ForbiddenTransition, NotAColleague, Dossier.DoesNotExist):
        return False
    return True
