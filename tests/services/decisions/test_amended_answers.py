"""A typing error in an answer, corrected by an agent: the person is told, and can change it again."""

from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.applications import corrections
from app.services.applications.corrections import StillWrong
from app.services.decisions import undoing
from app.services.decisions.acts import Act
from app.storage.models import Agent, Correction, Dossier, Notice, SearchWord
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import act, address, enter, member

WHY = "Votre passeport porte C7654321."


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """An application of a student, with the passport C1234567."""
    return factories.filed()


def by(agent: Agent, dossier: Dossier) -> Act:
    """An act of an agent whose page is up to date."""
    return Act(agent, NOON, dossier_view.last_move(dossier.id))


def test_both_versions_are_kept_and_the_person_changes_it_again(dossier: Dossier) -> None:
    agent = factories.agent(dossier.service)
    undoing.amend_answer(dossier, by(agent, dossier), "passport_number", "C7654321", WHY)
    assert Dossier.get_by_id(dossier.id).sealed["passport_number"] == "C7654321"
    (version,) = Correction.select()
    assert version.changes == {"passport_number": ["C1234567", "C7654321"]}
    assert (version.agent_id, version.reason) == (agent.id, WHY)
    facts = Notice.get(Notice.kind == "answer_corrected").facts
    assert (facts["question"], facts["after"], facts["reason"]) == ("passport_number", "C7654321", WHY)
    assert {"c7654321"} == {"c1234567", "c7654321"} & {row.word for row in SearchWord.select()}
    assert corrections.correct(dossier, {"passport_number": "C1234567"}, NOON)


def test_what_the_procedure_would_not_take_is_refused(dossier: Dossier) -> None:
    agent = factories.agent(dossier.service)
    with pytest.raises(StillWrong):
        undoing.amend_answer(dossier, by(agent, dossier), "passport_from", "2031-05-02", WHY)
    Dossier.update(state=str(State.FAVOURABLE)).where(Dossier.id == dossier.id).execute()
    with pytest.raises(ForbiddenTransition):
        undoing.amend_answer(dossier, by(agent, dossier), "passport_number", "C7654321", WHY)
    assert Correction.select().count() == 0


@pytest.mark.engines("sqlite")
def test_over_its_page(dossier: Dossier, visitor: Any, clock: Clock) -> None:
    desk: PageClient = enter(visitor(), member(dossier.service), clock)
    page = desk.get(address(dossier, "amend_answer")).text
    assert 'value="C1234567"' in page
    assert 'value="commune"' not in page, "a commune decides who is in charge"
    wrong = {"passport_from-day": "2", "passport_from-month": "5", "passport_from-year": "2031"}
    refused = act(desk, dossier, "amend_answer", amended="passport_from", reason=WHY, **wrong)
    assert refused.status_code == 422
    right = act(
        desk, dossier, "amend_answer", amended="passport_number", passport_number="C7654321", reason=WHY
    )
    assert right.status_code == 303
    assert WHY in desk.get(right.location).text
    notice = Notice.get(Notice.kind == "answer_corrected")
    told = visitor().sign_in(dossier.account).get(f"/fr/suivi/messages/{notice.id}").text
    for said in ("C1234567", "C7654321", WHY):
        assert said in told
