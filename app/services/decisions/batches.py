"""One action on several dossiers: each is decided under its own lock, and can fail by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.actions.action import AgentAction
from app.domain.agent_forms.acts import COLLEAGUE
from app.domain.agent_forms.form import Answers
from app.domain.dossiers.states import ForbiddenTransition
from app.services.decisions import performing
from app.services.decisions.acts import Act, NotAColleague, PhotoMissing, PrintsMissing
from app.storage.applications.dossiers import StaleDossier
from app.storage.models import Agent, Dossier
from app.storage.people import agents
from app.storage.review import queue_lines


class Left(StrEnum):
    """Why a dossier was left as it was; the values appear in URLs."""

    CHANGED = "c"  # somebody acted on it since the page was shown
    IMPOSSIBLE = "i"  # the action is not possible in its state
    NO_PRINTS = "e"  # its service takes fingerprints first: to go on without needs a reason likewise
    NO_PHOTO = "f"  # its e-photo has not arrived: to go on without needs a reason of its own
    GONE = "p"  # it is no longer of the service


@dataclass(frozen=True)
class Outcome:
    """The ids of the dossiers that were done, and of those left with the reason."""

    done: tuple[int, ...]
    left: Mapping[int, Left]


def perform_all(
    action: AgentAction, agent: Agent, picks: Mapping[int, int], typed: Answers, now: datetime
) -> Outcome:
    """Perform an action on dossiers of the agent's service. Raises NotAColleague before anything is done.

    `picks` has, by id of the dossier, the id of the last transition that the page showed; `typed` are the answers of
    the action's shared form.
    """
    if COLLEAGUE in typed and agents.colleague(agent.service_id, int(typed[COLLEAGUE])) is None:
        raise NotAColleague
    dossiers = {dossier.id: dossier for dossier in queue_lines.chosen(agent.service_id, list(picks))}
    results = {
        dossier_id: _perform(action, dossiers.get(dossier_id), Act(agent, now, seen), typed)
        for dossier_id, seen in picks.items()
    }
    return Outcome(
        tuple(dossier_id for dossier_id, why in results.items() if why is None),
        {dossier_id: why for dossier_id, why in results.items() if why},
    )


def _perform(action: AgentAction, dossier: Dossier | None, act: Act, typed: Answers) -> Left | None:
    """Perform an action on one dossier; return why it was left, None if it was done."""
    if dossier is None:
        return Left.GONE
    if action.reassigns and str(dossier.agent_id) == typed.get(COLLEAGUE):
        return None  # theirs already: nothing to change, and nothing for the history
    try:
        performing.perform(action, dossier, act, typed, action.batch)
    except StaleDossier:
        return Left.CHANGED
    except PhotoMissing:
        return Left.NO_PHOTO
    except PrintsMissing:
        return Left.NO_PRINTS
    except ForbiddenTransition:
        return Left.IMPOSSIBLE
    except (NotAColleague, Dossier.DoesNotExist):
        return Left.GONE
    return None
