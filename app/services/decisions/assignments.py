"""Assignment of many dossiers to an agent at once; each is a transition of its own that can fail by itself."""

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
    """The number of dossiers assigned, and the ids of those left because they changed meanwhile."""

    done: int
    left: tuple[int, ...]


def assign_all(supervisor: Agent, picks: Mapping[int, int], to: int, now: datetime) -> Outcome:
    """Assign dossiers of the supervisor's service to a member of it. Raises NotAColleague.

    `picks` has, by id of the dossier, the id of the last transition that the page showed; `to` is the agent's id.
    """
    if agents.colleague(supervisor.service_id, to) is None:
        raise NotAColleague
    dossiers = {dossier.id: dossier for dossier in queue.chosen(supervisor.service_id, list(picks))}
    left = [
        dossier_id
        for dossier_id, seen in picks.items()
        if dossier_id not in dossiers or not _assign(dossiers[dossier_id], Act(supervisor, now, seen), to)
    ]
    return Outcome(len(picks) - len(left), tuple(left))


def _assign(dossier: Dossier, act: Act, to: int) -> bool:
    """Assign a dossier unless it has this agent already; return False if it changed meanwhile."""
    if dossier.agent_id == to:
        return True
    try:
        assign(dossier, act, to)
    except (StaleDossier, ForbiddenTransition, NotAColleague, Dossier.DoesNotExist):
        return False
    return True
