"""Every act of an agent, in every state: one move, one event, one message, or nothing at all."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from app.domain.actions import TRANSITIONS
from app.domain.dossiers.complements import reason
from app.domain.dossiers.states import ForbiddenTransition, Role, State
from app.services.applications import complements
from app.services.certificates import attestations
from app.services.decisions import instruction, undoing
from app.services.decisions.acts import Act, MissingReason
from app.services.review import dossier_view
from app.services.review.requested_documents import Standing
from app.storage.applications import complements as requests
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.storage.database import database
from app.storage.models import (
    Agent,
    Attestation,
    Complement,
    ComplementItem,
    Document,
    Dossier,
    Event,
    Notice,
    Outbox,
)
from app.storage.review import dossier_view as queries
from tests import factories
from tests.fixtures import NOON

LATER = NOON + timedelta(days=3)
ILLEGIBLE = reason("illegible", "")

ACTS: dict[str, Callable[[Dossier, Act], None]] = {
    "take": instruction.take,
    "ask": lambda dossier, act: instruction.ask(dossier, act, {"passport": ILLEGIBLE}),
    "approve": instruction.approve,
    "refuse": lambda dossier, act: instruction.refuse(dossier, act, "Les études ne sont pas prouvées."),
    "close": lambda dossier, act: instruction.close(dossier, act, "Le certificat n’est jamais venu."),
    "produce": instruction.produce,
    "reopen": lambda dossier, act: undoing.reopen(dossier, act, "C’était une erreur."),
    "announce": lambda dossier, act: instruction.announce(dossier, act, "1 place du Test, Lyon", 10_000),
    "hand_over": instruction.hand_over,
}
NOTICES = {
    "take": "taken",
    "ask": "complement_asked",
    "approve": "approved",
    "refuse": "refused",
    "close": "closed",
    "produce": "in_production",
    "reopen": "reopened",
    "announce": "card_available",
    "hand_over": "handed_over",
}
MOVES = {(move.action, move.origin): move for move in TRANSITIONS if move.role is Role.AGENT}


def by(agent: Agent, dossier: Dossier, **changes: Any) -> Act:
    """An act of somebody whose page is up to date."""
    return Act(**{"agent": agent, "now": LATER, "seen": queries.last_move(dossier.id)} | changes)


def everything(dossier: Dossier) -> tuple[Any, ...]:
    """What an act may change, to see that it did not."""
    row = Dossier.get_by_id(dossier.id)
    counts = [
        table.select().count() for table in (Event, Notice, Outbox, Complement, ComplementItem, Attestation)
    ]
    return (row.state, row.agent_id, row.card, row.rights_end, row.saved_at, *counts)


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """An application just filed at Lyon."""
    return factories.filed()


@pytest.fixture
def agent(dossier: Dossier) -> Agent:
    """A member of the service of Lyon."""
    return factories.agent()


@pytest.mark.parametrize("action", ACTS)
@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_each_act_in_each_state(dossier: Dossier, agent: Agent, state: State, action: str) -> None:
    Dossier.update(state=str(state)).where(Dossier.id == dossier.id).execute()
    before = everything(dossier)
    move = MOVES.get((action, state))
    if move is None:
        with pytest.raises(ForbiddenTransition):
            ACTS[action](dossier, by(agent, dossier))
        assert everything(dossier) == before
        return
    ACTS[action](dossier, by(agent, dossier))
    assert Dossier.get_by_id(dossier.id).state == move.target
    done = [event for event in store.events(dossier.id) if event.action == action]
    assert [(event.agent_id, event.role, event.at) for event in done] == [(agent.id, "agent", LATER)]
    told = [notice for notice in Notice.select() if notice.kind == NOTICES[action]]
    assert len(told) == 1
    mails = Outbox.select().where(Outbox.kind == "mail_notice")
    assert [mail for mail in mails if mail.payload == {"notice": told[0].id}]


def test_taking_assigns_the_agent(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    assert Dossier.get_by_id(dossier.id).agent_id == agent.id


def test_taking_extends_rights_that_end_soon(app: Flask) -> None:
    dossier = factories.filed()
    agent = factories.agent()
    late = NOON + timedelta(days=70)  # nine days before the permit ends
    instruction.take(dossier, by(agent, dossier, now=late))
    kinds = {one.kind for one in Attestation.select().where(Attestation.dossier == dossier)}
    assert kinds == {"depot", "prolongation"}
    assert Dossier.get_by_id(dossier.id).rights_end > dossier.rights_end


def test_taking_early_extends_nothing(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    assert Attestation.select().where(Attestation.kind == "prolongation").count() == 0


def test_a_favourable_decision_issues_its_certificate(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    instruction.approve(dossier, by(agent, dossier))
    certificate = Attestation.get(Attestation.kind == "favorable")
    assert Notice.get(Notice.kind == "approved").facts == {"code": certificate.code, "amount": 10_000}


def test_a_request_names_each_document_its_reason_and_the_day(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    reasons = {"passport": ILLEGIBLE, "enrolment": "Le certificat est de l’an passé."}
    instruction.ask(dossier, by(agent, dossier), reasons)
    complement = Complement.get(Complement.dossier == dossier)
    assert {item.slot: item.reason for item in requests.items(complement.id)} == reasons
    assert complement.due_on == factories.today(LATER) + timedelta(days=30)
    facts = Notice.get(Notice.kind == "complement_asked").facts
    assert facts == {"slots": ["passport", "enrolment"], "count": 2, "due_on": complement.due_on.isoformat()}
    assert Outbox.select().where(Outbox.kind == "sms_notice").count() == 1


def test_the_card_announced_is_kept_and_told(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    instruction.approve(dossier, by(agent, dossier))
    instruction.announce(dossier, by(agent, dossier), "Guichet 4", 10_000)
    assert Dossier.get_by_id(dossier.id).card == {"place": "Guichet 4", "amount": 10_000}
    assert Notice.get(Notice.kind == "card_available").facts == {"place": "Guichet 4", "amount": 10_000}


def test_the_fee_is_the_reduced_renewal_and_180_euros_more_when_late(app: Flask) -> None:
    in_time = factories.filed()
    assert attestations.fee_of(in_time, factories.today()) == 10_000
    Dossier.update(filed_on=factories.today(NOON + timedelta(days=60))).where(
        Dossier.id == in_time.id
    ).execute()
    assert attestations.fee_of(Dossier.get_by_id(in_time.id), factories.today()) == 28_000


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_no_refusal_without_a_reason(dossier: Dossier, agent: Agent, words: str) -> None:
    instruction.take(dossier, by(agent, dossier))
    before = everything(dossier)
    with pytest.raises(MissingReason):
        instruction.refuse(dossier, by(agent, dossier), words)
    assert everything(dossier) == before


@pytest.mark.parametrize("reasons", [{}, {"passport": " "}, {"passport": ILLEGIBLE, "enrolment": ""}])
def test_no_request_without_a_reason_for_each_document(
    dossier: Dossier, agent: Agent, reasons: dict[str, str]
) -> None:
    instruction.take(dossier, by(agent, dossier))
    before = everything(dossier)
    with pytest.raises(MissingReason):
        instruction.ask(dossier, by(agent, dossier), reasons)
    assert everything(dossier) == before


def test_an_act_that_fails_half_way_leaves_nothing(dossier: Dossier, agent: Agent) -> None:
    """The move and its event come first; the document that this person was never asked for comes after."""
    instruction.take(dossier, by(agent, dossier))
    before = everything(dossier)
    with pytest.raises(ValueError, match="payslips_of_a_ghost"):
        instruction.ask(dossier, by(agent, dossier), {"payslips_of_a_ghost": ILLEGIBLE})
    assert everything(dossier) == before


def test_another_service_cannot_act(dossier: Dossier) -> None:
    stranger = factories.agent(factories.service("75", "Paris"))
    before = everything(dossier)
    for act in ACTS.values():
        with pytest.raises(Dossier.DoesNotExist):
            act(dossier, by(stranger, dossier))
    assert everything(dossier) == before


def test_a_page_older_than_the_last_move_acts_on_nothing(dossier: Dossier, agent: Agent) -> None:
    """Asked, answered, asked again: the state is the same, the dossier is not what the agent read."""
    instruction.take(dossier, by(agent, dossier))
    instruction.ask(dossier, by(agent, dossier), {"passport": ILLEGIBLE})
    ComplementItem.update(decision="keep").execute()
    complements.send(dossier, LATER)
    old = by(agent, dossier)
    instruction.ask(dossier, by(factories.agent(), dossier), {"enrolment": ILLEGIBLE})
    ComplementItem.update(decision="keep").execute()
    complements.send(dossier, LATER)
    with pytest.raises(StaleDossier):
        instruction.approve(dossier, old)
    assert Dossier.get_by_id(dossier.id).state == State.COMPLEMENT_RECEIVED


def test_two_agents_at_once_one_wins(dossier: Dossier, agent: Agent) -> None:
    other = factories.agent()
    acts = [by(agent, dossier), by(other, dossier)]
    start, outcomes = Barrier(2), []

    def take(act: Act) -> None:
        with database.connection_context():
            start.wait()
            try:
                instruction.take(Dossier.get_by_id(dossier.id), act)
                outcomes.append(act.agent.id)
            except StaleDossier:
                outcomes.append(None)

    threads = [Thread(target=take, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [one for one in outcomes if one]
    assert len(outcomes) == 2
    assert len(winners) == 1
    assert Dossier.get_by_id(dossier.id).agent_id == winners[0]
    assert [event.agent_id for event in store.events(dossier.id) if event.action == "take"] == winners
    assert Notice.select().where(Notice.kind == "taken").count() == 1


def test_the_review_tells_new_replaced_and_missing_documents(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    reasons = {"passport": ILLEGIBLE, "enrolment": ILLEGIBLE}
    instruction.ask(dossier, by(agent, dossier), reasons)
    old = Document.get((Document.dossier == dossier) & (Document.slot == "passport"))
    new = factories.document(dossier, "passport", LATER + timedelta(hours=1))
    Document.delete().where((Document.dossier == dossier) & (Document.slot == "commitment")).execute()
    factories.explanation(dossier, "commitment")
    asked = {item.slot: item for item in requests.items(requests.pending(dossier.id).id)}
    complements.decide(asked["passport"], "replace", LATER + timedelta(hours=1))
    complements.decide(asked["enrolment"], "keep", LATER + timedelta(hours=1))
    complements.send(dossier, LATER + timedelta(hours=2))
    read = dossier_view.view_dossier(agent, dossier.reference, NOON)
    requested_documents = {requested.key: requested for requested in read.requested_documents}
    assert (requested_documents["passport"].files, requested_documents["passport"].earlier) == (
        (new,),
        (old,),
    )
    standings = {key: requested.standing for key, requested in requested_documents.items()}
    assert standings["passport"] is Standing.NEW
    assert standings["enrolment"] is Standing.RECEIVED, "kept"
    assert standings["commitment"] is Standing.EXPLAINED
    assert standings["permit"] is Standing.RECEIVED
    assert read.requested_document("").key == "passport"
    assert read.received == len(read.requested_documents) - 1


def test_a_review_shows_the_answers_that_a_document_proves(dossier: Dossier, agent: Agent) -> None:
    read = dossier_view.view_dossier(agent, dossier.reference, NOON)
    proved = dict(
        (question.key, value) for question, value in read.proved(read.requested_document("passport"))
    )
    assert proved == {
        "passport_held": "yes",
        "passport_number": "C1234567",
        "passport_from": "2020-05-02",
        "passport_until": "2030-05-01",
        "entered_on": "2023-08-28",
    }


def test_a_review_is_for_its_own_service(dossier: Dossier) -> None:
    elsewhere = factories.service("75", "Paris")
    with pytest.raises(Dossier.DoesNotExist):
        dossier_view.view_dossier(factories.agent(elsewhere), dossier.reference, NOON)
    file = Document.get(Document.dossier == dossier)
    assert queries.document(dossier.service_id, dossier.reference, file.id) == file
    with pytest.raises(Document.DoesNotExist):
        queries.document(elsewhere.id, dossier.reference, file.id)
    with pytest.raises(Document.DoesNotExist):
        queries.document(dossier.service_id, "69-2026-999999-9", file.id)
