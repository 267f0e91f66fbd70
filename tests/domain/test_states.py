"""Every state × action × role: allowed exactly where the table says, and the table says what the service is."""

import pytest

from app.domain.actions import ACTIONS, AGENT_ACTIONS, REASSIGNING, TRANSITIONS, possible
from app.domain.actions.action import Action
from app.domain.dossiers.states import (
    GRANTED_STATES,
    PUBLIC,
    STATE_TITLES,
    UNDER_REVIEW,
    ForbiddenTransition,
    Role,
    State,
)

# Written out a second time on purpose: changing the life of a dossier has to be said twice.
ALLOWED = {
    ("submit", State.DRAFT, Role.APPLICANT): State.FILED,
    ("approve", State.FILED, Role.SYSTEM): State.FAVOURABLE,
    ("take", State.FILED, Role.AGENT): State.IN_REVIEW,
    ("ask", State.IN_REVIEW, Role.AGENT): State.COMPLEMENT_REQUESTED,
    ("ask", State.COMPLEMENT_RECEIVED, Role.AGENT): State.COMPLEMENT_REQUESTED,
    ("answer", State.COMPLEMENT_REQUESTED, Role.APPLICANT): State.COMPLEMENT_RECEIVED,
    ("approve", State.IN_REVIEW, Role.AGENT): State.FAVOURABLE,
    ("approve", State.COMPLEMENT_RECEIVED, Role.AGENT): State.FAVOURABLE,
    ("refuse", State.IN_REVIEW, Role.AGENT): State.UNFAVOURABLE,
    ("refuse", State.COMPLEMENT_RECEIVED, Role.AGENT): State.UNFAVOURABLE,
    ("produce", State.FAVOURABLE, Role.AGENT): State.IN_PRODUCTION,
    ("announce", State.FAVOURABLE, Role.AGENT): State.CARD_AVAILABLE,
    ("announce", State.IN_PRODUCTION, Role.AGENT): State.CARD_AVAILABLE,
    ("hand_over", State.CARD_AVAILABLE, Role.AGENT): State.HANDED_OVER,
    ("collect", State.CARD_AVAILABLE, Role.APPLICANT): State.HANDED_OVER,
    ("close", State.IN_REVIEW, Role.AGENT): State.CLOSED,
    ("close", State.COMPLEMENT_REQUESTED, Role.AGENT): State.CLOSED,
    ("close", State.COMPLEMENT_RECEIVED, Role.AGENT): State.CLOSED,
    ("reopen", State.CLOSED, Role.AGENT): State.IN_REVIEW,
    ("reopen", State.UNFAVOURABLE, Role.SUPERVISOR): State.IN_REVIEW,
    ("reopen", State.WITHDRAWN, Role.SUPERVISOR): State.IN_REVIEW,
    ("take_back", State.FAVOURABLE, Role.SUPERVISOR): State.IN_REVIEW,
    ("cancel_request", State.COMPLEMENT_REQUESTED, Role.AGENT): State.IN_REVIEW,
    ("step_back", State.IN_PRODUCTION, Role.AGENT): State.FAVOURABLE,
    ("step_back", State.CARD_AVAILABLE, Role.AGENT): State.IN_PRODUCTION,
    ("step_back", State.HANDED_OVER, Role.AGENT): State.CARD_AVAILABLE,
} | {
    # Said of a dossier that stays where it is.
    (action, state, Role.AGENT): state
    for action in ("withhold", "cover", "mention")
    for state in (State.IN_REVIEW, State.COMPLEMENT_REQUESTED, State.COMPLEMENT_RECEIVED)
}
for granted in (State.FAVOURABLE, State.IN_PRODUCTION, State.CARD_AVAILABLE, State.HANDED_OVER):
    ALLOWED["amend", granted, Role.AGENT] = granted
    if granted is not State.HANDED_OVER:
        ALLOWED["issue_again", granted, Role.AGENT] = granted
        ALLOWED["reread", granted, Role.AGENT] = granted
for priced in (*UNDER_REVIEW, *GRANTED_STATES):
    ALLOWED["correct_fee", priced, Role.SUPERVISOR] = priced
for ended in (State.HANDED_OVER, State.UNFAVOURABLE, State.CLOSED, State.WITHDRAWN, State.FAVOURABLE):
    ALLOWED["hold", ended, Role.AGENT] = ended
    ALLOWED["release", ended, Role.SUPERVISOR] = ended
ALLOWED["ask_time", State.COMPLEMENT_REQUESTED, Role.APPLICANT] = State.COMPLEMENT_REQUESTED
ALLOWED["answer_time", State.COMPLEMENT_REQUESTED, Role.AGENT] = State.COMPLEMENT_REQUESTED
ALLOWED["remind", State.COMPLEMENT_REQUESTED, Role.AGENT] = State.COMPLEMENT_REQUESTED
ALLOWED["give_photo", State.FAVOURABLE, Role.APPLICANT] = State.FAVOURABLE
for open_state in (State.FILED, State.IN_REVIEW, State.COMPLEMENT_REQUESTED, State.COMPLEMENT_RECEIVED):
    ALLOWED["assign", open_state, Role.SUPERVISOR] = open_state
    ALLOWED["pass_on", open_state, Role.AGENT] = open_state
    if open_state is not State.FILED:  # who takes it over then takes it
        ALLOWED["claim", open_state, Role.AGENT] = open_state
    ALLOWED["correct", open_state, Role.APPLICANT] = open_state
    ALLOWED["give_photo", open_state, Role.APPLICANT] = open_state
    ALLOWED["withdraw", open_state, Role.APPLICANT] = State.WITHDRAWN
    ALLOWED["reread", open_state, Role.AGENT] = open_state
    ALLOWED["amend_answer", open_state, Role.AGENT] = open_state
    if open_state is not State.COMPLEMENT_REQUESTED:  # documents are then given on the page of the request
        ALLOWED["add", open_state, Role.APPLICANT] = open_state


def test_the_table_is_said_twice():
    assert {(move.action, move.origin, move.role): move.target for move in TRANSITIONS} == ALLOWED


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_triple(action, state, role):
    target = ALLOWED.get((action, state, role))
    if target is None:
        with pytest.raises(ForbiddenTransition):
            ACTIONS[action].transition(state, role)
    else:
        assert ACTIONS[action].transition(state, role).target is target


def test_a_decision_against_somebody_has_its_reason():
    owed = {key for key, action in ACTIONS.items() if action.needs_reason}
    undoing = {
        "reopen",
        "take_back",
        "cancel_request",
        "step_back",
        "amend",
        "amend_answer",
        "correct_fee",
        "hold",
        "release",
    }
    assert owed == {"refuse", "ask", "close", "withhold", "ask_time"} | undoing


def test_every_state_has_its_words_and_its_public_state():
    assert set(STATE_TITLES) == set(State)
    assert set(PUBLIC) == set(State) - {State.DRAFT}


def test_hands_are_asked_for_by_whom_they_concern():
    assert {key: action.in_charge for key, action in ACTIONS.items() if action.in_charge is not None} == {
        "pass_on": True,
        "claim": False,
    }
    assert {"assign", "pass_on", "claim"} == REASSIGNING
    for move in TRANSITIONS:
        assert move.action not in REASSIGNING or move.origin is move.target


def test_buttons_follow_the_table():
    assert [action.key for action in possible(State.IN_REVIEW, {Role.AGENT})] == [
        "ask",
        "amend_answer",
        "reread",
        "approve",
        "refuse",
        "close",
        "withhold",
        "cover",
        "mention",
        "pass_on",
        "claim",
    ]
    undoing = possible(State.HANDED_OVER, {Role.AGENT, Role.SUPERVISOR})
    assert [action.key for action in undoing] == ["amend", "step_back", "hold", "release"]


def test_nobody_but_a_person_closes_or_reopens():
    """Never by itself: no row of the table lets the system do it."""
    assert {t.role for t in TRANSITIONS if t.action == "close"} == {Role.AGENT}
    assert {t.role for t in TRANSITIONS if t.action == "reopen"} == {Role.AGENT, Role.SUPERVISOR}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=str)
def test_each_act_has_its_way_back_or_says_why_not(action: Action) -> None:
    """From wherever an act leads, one of the acts that it names goes on, or it says why nothing does."""
    back = [ACTIONS[key] for key in action.way_back.actions]
    for move in action.transitions:
        undone = any(
            other.origin is move.target and (other.target is not move.target or move.origin is move.target)
            for one in back
            for other in one.transitions
        )
        assert undone or action.way_back.none_because, move


def test_a_step_that_goes_on_is_never_final() -> None:
    """No state holds a dossier for good: from each that agents or applicants bring it into, somebody leads it out."""
    reached = {move.target for move in TRANSITIONS if move.target is not move.origin}
    left = {move.origin for move in TRANSITIONS if move.target is not move.origin}
    assert reached <= left


def test_who_undoes_says_why_and_the_person_is_told() -> None:
    for action in AGENT_ACTIONS.values():
        if action.undoes:
            assert action.needs_reason, action
            assert action.notice, action


def test_only_who_noted_a_step_or_a_supervisor_takes_it_back() -> None:
    assert {key for key, action in ACTIONS.items() if action.own_step} == {"step_back", "amend"}
    assert {move.role for move in TRANSITIONS if move.action == "take_back"} == {Role.SUPERVISOR}
