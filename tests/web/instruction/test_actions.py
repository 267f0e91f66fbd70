"""Every action of the agents' side has all its parts, and does over its pages what it declares.

What the constructor of an action cannot ask for, since other layers hold it, is asked for here.
"""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain import actions
from app.domain.actions import ACTIONS, AGENT_ACTIONS
from app.domain.actions.action import Action, AgentAction
from app.domain.dossiers.states import (
    PUBLIC,
    PUBLIC_TITLES,
    STATE_TITLES,
    WITHHELD,
    PublicState,
    Role,
    State,
    Transition,
)
from app.domain.texts.notices import NOTICE_TITLES, NoticeKind
from app.presenters import notice_words
from app.services.decisions.acts import FUNCTIONS
from app.storage.models import Agent, Complement, Dossier, Event, Notice, Outbox
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.services.decisions.test_decisions import GRANTED
from tests.services.outside import Post, only, with_gateways
from tests.web.agent_pages import USUAL, Visitor, act, address, enter, member

# Answers to the form of each action that asks something, beside those of `agent_pages.USUAL`.
EXAMPLES: dict[str, Callable[[Agent], dict[str, Any]]] = {
    "ask": lambda colleague: {"ask": "passport", "passport_reason": "illegible"},
    "answer_time": lambda colleague: {"due_days": "30"},
    "refuse": lambda colleague: {"reason": "Les études ne sont pas prouvées."},
    "withhold": lambda colleague: {"reason": "Le dossier n’est pas complet."},
    "announce": lambda colleague: {"place": "Guichet 4", "amount": "120,50"},
    "assign": lambda colleague: {"to": str(colleague.id)},
    "pass_on": lambda colleague: {"to": str(colleague.id)},
    "mention": lambda colleague: {"mention": "Autorise son titulaire à travailler."},
    "amend_answer": lambda colleague: {
        "amended": "passport_number",
        "passport_number": "C7654321",
        "reason": "Votre passeport porte C7654321.",
    },
    "correct_fee": lambda colleague: {"amount": "350", "reason": "C’est une première carte."},
    "amend": lambda colleague: {
        **USUAL["approve"],
        "ends-day": "9",
        "reason": "La date de fin était fausse.",
    },
} | {
    action.key: lambda colleague: {"reason": "C’était une erreur."}
    for action in AGENT_ACTIONS.values()
    if action.undoes or action.held is not None
}


DECISION = {"outcome": "favorable", "on": "2026-11-23", **GRANTED.to_json()}


def moves(action: AgentAction) -> Iterator[Transition]:
    """Those that somebody makes through a page."""
    return (move for move in action.transitions if move.role is not Role.SYSTEM)


def waiting(action: AgentAction, move: Transition, agent: Agent, colleague: Agent) -> Dossier:
    """A dossier for which an action is possible: in the state from which it moves, in the circumstances it needs."""
    dossier = factories.filed()
    columns = {
        "state": str(move.origin),
        "agent": colleague if action.in_charge is False else agent,
        "extension": WITHHELD if action.extended is False else "",
        "journey": "etudiant-premiere" if action.first else dossier.journey,
        "on_hold": action.held or None,
        "decision": DECISION if action.decided or action.granted else None,
    }
    Dossier.update(**columns).where(Dossier.id == dossier.id).execute()
    if action.own_step:
        Event.create(dossier=dossier, action="produce", role="agent", agent=agent, at=NOON)
    if move.origin is State.COMPLEMENT_REQUESTED:
        asked = {"time_reason": "Je suis loin.", "time_asked_at": NOON} if action.if_asked else {}
        due = factories.today() + factories.days(30)
        asked_at = NOON - factories.days(1)  # a request of today is not reminded of
        Complement.create(dossier=dossier, agent=agent, asked_at=asked_at, due_on=due, **asked)
    return Dossier.get_by_id(dossier.id)


def tells(page: str, *sentences: str) -> bool:
    """Whether a page holds one of these sentences, whatever stands in its placeholders."""
    return any(all(part in page for part in re.split(r"%\(\w+\)s", one)) for one in sentences if one)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("action", AGENT_ACTIONS.values(), ids=str)
def test_every_move_is_made_over_its_page(
    app: Flask, visitor: Visitor, clock: Clock, action: AgentAction
) -> None:
    factories.service()
    post, colleague = Post(), member(name="S. Marchand")
    with_gateways(app, mail=post)
    makers = {role: member(rank=str(role)) for role in {move.role for move in moves(action)}}
    clients = {role: enter(visitor(), one, clock) for role, one in makers.items()}
    for move in moves(action):
        agent, client = makers[move.role], clients[move.role]
        dossier = waiting(action, move, agent, colleague)
        Notice.delete().execute()
        Outbox.delete().execute()
        make(client, action, dossier, EXAMPLES.get(action.key, lambda colleague: {})(colleague))
        assert Dossier.get_by_id(dossier.id).state == move.target, move
        assert Event.get((Event.dossier == dossier) & (Event.action == action.key)).agent_id == agent.id, move
        told = list(Notice.select())
        assert [one.kind for one in told] == ([action.notice] if action.notice else []), move
        only("mail_notice")
        jobs.run_once(app, clock())
        assert [one.message_id for one in post.letters] == [f"notice-{one.id}" for one in told], move
        post.letters.clear()


def make(client: PageClient, action: AgentAction, dossier: Dossier, answers: dict[str, Any]) -> None:
    """From the button of the dossier's page to the sentence that confirms, all in the words declared."""
    before = client.get(address(dossier)).text
    assert f'"{address(dossier, action.key)}"' in before, "no button"
    assert action.words.button in before
    page = client.get(address(dossier, action.key))
    assert page.status_code == 200, page.status_code
    assert action.words.title in page.text
    answer = act(client, dossier, action.key, **answers)
    assert answer.status_code == 303, f"{answer.status_code}: does EXAMPLES answer its form?"
    after = client.get(answer.location).text
    assert action.words.done in after
    assert tells(after.split("Historique")[1], action.history, action.history_from)


def test_every_action_declared_is_listed_once() -> None:
    files = [import_module(f"{actions.__name__}.{one.name}") for one in iter_modules(actions.__path__)]
    declared = {one for file in files for one in vars(file).values() if isinstance(one, Action)}
    assert declared == set(ACTIONS.values())
    assert all(key == action.key for key, action in ACTIONS.items())


def test_every_action_of_agents_has_its_verb(app: Flask) -> None:
    assert set(FUNCTIONS) == set(AGENT_ACTIONS)


def test_every_message_has_its_title_and_its_letter(app: Flask) -> None:
    assert set(NOTICE_TITLES) == set(NoticeKind)
    letters = {name for name in app.jinja_env.list_templates() if name.startswith("mail/notices/")}
    assert {f"mail/notices/{kind}.txt" for kind in NoticeKind} <= letters


def test_every_state_has_its_words() -> None:
    filed = set(State) - {State.DRAFT}
    assert set(STATE_TITLES) == set(notice_words.LISTED) == set(State)
    assert set(PUBLIC) == set(notice_words.HEADINGS) == set(notice_words.PRESENT) == filed
    assert set(PUBLIC_TITLES) == set(notice_words.COMING) | set(notice_words.PAST) == set(PublicState)
