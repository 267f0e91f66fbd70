"""Actions on dossiers: each is declared once, in the module of its theme, and listed here.

Transitions, buttons, permissions, history and timed stages are derived from the two lists below.
"""

from collections.abc import Collection

from app.domain.actions.action import Action, AgentAction
from app.domain.actions.amending import AMEND_ANSWER, REREAD
from app.domain.actions.applicants import (
    ADD,
    ANSWER,
    ASK_TIME,
    COLLECT,
    CORRECT,
    GIVE_PHOTO,
    SUBMIT,
    WITHDRAW,
)
from app.domain.actions.assignments import ASSIGN, CLAIM, PASS_ON
from app.domain.actions.card import ANNOUNCE, CORRECT_FEE, HAND_OVER, PRODUCE, STEP_BACK
from app.domain.actions.extensions import COVER, ISSUE_AGAIN, MENTION, WITHHOLD
from app.domain.actions.holding import HOLD, RELEASE
from app.domain.actions.review import (
    AMEND,
    ANSWER_TIME,
    APPROVE,
    ASK,
    CANCEL_REQUEST,
    CLOSE,
    REFUSE,
    REMIND,
    REOPEN,
    TAKE,
    TAKE_BACK,
)
from app.domain.dossiers.states import Role, State, Transition

_BY_APPLICANTS: tuple[Action, ...] = (SUBMIT, ANSWER, CORRECT, ADD, GIVE_PHOTO, WITHDRAW, ASK_TIME, COLLECT)
# In the order of their buttons.
_BY_AGENTS: tuple[AgentAction, ...] = (
    TAKE,
    ASK,
    ANSWER_TIME,
    REMIND,
    CANCEL_REQUEST,
    AMEND_ANSWER,
    REREAD,
    APPROVE,
    REFUSE,
    CLOSE,
    WITHHOLD,
    COVER,
    MENTION,
    PRODUCE,
    ASSIGN,
    PASS_ON,
    CLAIM,
    ANNOUNCE,
    HAND_OVER,
    AMEND,
    CORRECT_FEE,
    STEP_BACK,
    TAKE_BACK,
    ISSUE_AGAIN,
    REOPEN,
    HOLD,
    RELEASE,
)

AGENT_ACTIONS: dict[str, AgentAction] = {action.key: action for action in _BY_AGENTS}
ACTIONS: dict[str, Action] = {action.key: action for action in (*_BY_APPLICANTS, *_BY_AGENTS)}
TRANSITIONS: tuple[Transition, ...] = tuple(
    move for action in ACTIONS.values() for move in action.transitions
)
# Actions that change the agent in charge of a dossier, and nothing else.
REASSIGNING = frozenset(key for key, action in AGENT_ACTIONS.items() if action.reassigns)

# Actions after which a letter tells a decision.
_DECIDED = frozenset({State.FAVOURABLE, State.UNFAVOURABLE, State.CLOSED})
DECIDING = frozenset(move.action for move in TRANSITIONS if move.target in _DECIDED)

# Actions that can be performed on several dossiers at once.
BATCHES = tuple(action for action in AGENT_ACTIONS.values() if action.batch)


def possible(state: State, roles: Collection[Role]) -> tuple[AgentAction, ...]:
    """Return the actions possible in a state for some roles, in the order of the buttons; conditions may forbid more."""
    return tuple(action for action in AGENT_ACTIONS.values() if action.is_possible(state, roles))
