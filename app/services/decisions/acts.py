"""What all acts of agents on a dossier share: who acts on what they saw, the move with its event, the message."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from app.domain.actions.action import AgentAction
from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.messages import notices
from app.services.review.transition_conditions import conditions_of
from app.services.staff.agents import roles_of
from app.storage.applications import dossiers as store
from app.storage.models import Agent, Dossier
from app.storage.review import dossier_view


class MissingReason(Exception):
    """The act needs a reason and has none."""


class NotAColleague(Exception):
    """Who was chosen is no member of the service, or no longer."""


@dataclass(frozen=True)
class Act:
    """The agent who acts, when, and on what they saw: `seen` is the last move that their page showed.

    Somebody who asked, answered or decided since makes the act stale, even if the state is the same again.
    """

    agent: Agent
    now: datetime
    seen: int


Verb = TypeVar("Verb", bound=Callable[..., None])
VERBS: dict[str, Callable[..., None]] = {}


def performs(action: AgentAction) -> Callable[[Verb], Verb]:
    """Register a function as the one that performs an action, see `instruction.perform`."""

    def register(verb: Verb) -> Verb:
        VERBS[action.key] = verb
        return verb

    return register


def move(
    dossier: Dossier,
    action: AgentAction,
    act: Act,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    **columns: Any,
) -> Dossier:
    """Make an action's move once, with its event; the dossier as it is then. `columns` are changed with it.

    Call it inside a transaction. Raises Dossier.DoesNotExist for another service's, StaleDossier where somebody moved
    it meanwhile, ForbiddenTransition, MissingReason.
    """
    row = store.locked(dossier.id)
    if row.service_id != act.agent.service_id:
        raise Dossier.DoesNotExist
    if dossier_view.last_move(row.id) != act.seen:
        raise store.StaleDossier(row)
    made = action.transition(State(row.state), *roles_of(act.agent))
    if not conditions_of(row, act.agent).allow(action):
        raise ForbiddenTransition(action.key, State(row.state))
    if action.needs_reason and not reason.strip():
        raise MissingReason
    store.transition(row, made, act.now, agent=act.agent, reason=reason, facts=facts, **columns)
    return row


def tell(row: Dossier, action: AgentAction, act: Act, **facts: Any) -> None:
    """Tell the applicant what the action declares."""
    if action.notice:
        notices.tell(row, action.notice, act.now, **facts)
