"""What the agents' actions on a dossier share: the agent and the state that they saw, the transition, the notice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from app.domain.actions.action import AgentAction
from app.domain.dossiers.appointments import PRINTS_WAIVED
from app.domain.dossiers.states import ForbiddenTransition, Role, State
from app.domain.rules.ephotos import PHOTO_WAIVED
from app.services.applications import photos
from app.services.appointments import fingerprints
from app.services.certificates import endings
from app.services.messages import notices
from app.services.review.transition_conditions import conditions_of
from app.services.staff.agents import roles_of
from app.storage.applications import dossiers as store
from app.storage.models import Agent, Dossier
from app.storage.review import dossier_view


class MissingReason(Exception):
    """Raised when an action that needs a reason has none."""


class Unchanged(Exception):
    """Raised when a correction of the permit granted says what the decision already says."""


class PhotoMissing(ForbiddenTransition):
    """Raised when the e-photo that the action needs has not arrived, and the agent gave no reason to go on without."""


class PrintsMissing(ForbiddenTransition):
    """Raised when the service takes fingerprints first, the person did not come, and the agent gave no reason."""


class NotAColleague(Exception):
    """Raised when the chosen agent is not, or no longer, a member of the service."""


@dataclass(frozen=True)
class Act:
    """The agent of an action, its instant, and `seen`, the id of the last transition that their page showed.

    A later transition makes the action stale, even if the state is the same again. `certificates` is the Settlement
    chosen for those in force, "" if the form did not ask; `without_photo` is the agent's reason to go on without an
    e-photo that is missing, `without_prints` without fingerprints that the service takes first.
    """

    agent: Agent
    now: datetime
    seen: int
    without_photo: str = ""
    without_prints: str = ""
    certificates: str = ""


Function = TypeVar("Function", bound=Callable[..., None])
FUNCTIONS: dict[str, Callable[..., None]] = {}  # that perform an action, by its key


def performs(action: AgentAction) -> Callable[[Function], Function]:
    """Register a function as the one that performs an action, see `instruction.perform`."""

    def register(function: Function) -> Function:
        FUNCTIONS[action.key] = function
        return function

    return register


def make_transition(
    dossier: Dossier,
    action: AgentAction,
    act: Act,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    **columns: Any,
) -> Dossier:
    """Make an action's transition with its event and return the dossier after it. `columns` are changed with it.

    Call it inside a transaction. Raises Dossier.DoesNotExist for another service's dossier, StaleDossier after another
    transition, ForbiddenTransition, MissingReason, PhotoMissing, PrintsMissing.
    """
    return decide(dossier, action, act, reason, facts, **columns)[0]


def decide(
    dossier: Dossier,
    action: AgentAction,
    act: Act,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    **columns: Any,
) -> tuple[Dossier, dict[str, str]]:
    """Make a transition that settles the certificates in force; return the dossier and what its notice says of them.

    Raises what `make_transition` raises, and Unsettled.
    """
    row = store.locked(dossier.id)
    if row.service_id != act.agent.service_id:
        raise Dossier.DoesNotExist
    if dossier_view.last_move(row.id) != act.seen:
        raise store.StaleDossier(row)
    transition = action.transition(State(row.state), *roles_of(act.agent))
    if not conditions_of(row, act.agent, act.now).allow(action):
        raise ForbiddenTransition(action.key, State(row.state))
    if action.needs_reason and not reason.strip():
        raise MissingReason
    if action.needs_photo:
        _settle_photo(row, action, act)
    if action.needs_prints:
        _settle_prints(row, action, act)
    settled = endings.settle(row, act.certificates, act.now, act.agent) if action.settles else {}
    told = {**(facts or {}), **settled} or None
    store.transition(row, transition, act.now, agent=act.agent, reason=reason, facts=told, **columns)
    return row, settled


def _settle_photo(row: Dossier, action: AgentAction, act: Act) -> None:
    """Record that the agent goes on without a missing e-photo. Raises PhotoMissing without their reason."""
    if not photos.missing(row):
        return
    if not act.without_photo.strip():
        raise PhotoMissing(action.key, State(row.state))
    store.append_event(
        row, PHOTO_WAIVED, Role.AGENT, act.now, agent=act.agent, reason=act.without_photo.strip()
    )


def _settle_prints(row: Dossier, action: AgentAction, act: Act) -> None:
    """Record that the agent goes on without fingerprints. Raises PrintsMissing without their reason."""
    if not fingerprints.missing(row):
        return
    if not act.without_prints.strip():
        raise PrintsMissing(action.key, State(row.state))
    store.append_event(
        row, PRINTS_WAIVED, Role.AGENT, act.now, agent=act.agent, reason=act.without_prints.strip()
    )


def notify(row: Dossier, action: AgentAction, act: Act, **facts: Any) -> None:
    """Send the applicant the notice of an action, if it has one."""
    if action.notice:
        notices.notify(row, action.notice, act.now, **facts)
