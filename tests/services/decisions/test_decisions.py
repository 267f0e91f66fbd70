"""A decision, its letter, and coming back on it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.dossiers.attestations import Facts
from app.domain.dossiers.decision_letters import DEFAULTS
from app.domain.dossiers.decisions import Granted, Outcome
from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.applications import complements, corrections
from app.services.applications.applicant_overview import overview
from app.services.certificates import printing
from app.services.decisions import decision_letters, instruction, letter_templates, undoing
from app.services.decisions.acts import Act, MissingReason
from app.services.decisions.letter_templates import BadTemplate, StaleTemplate
from app.services.review import dossier_view as readings
from app.services.review.requested_documents import Standing
from app.storage.applications import decision_letters as store
from app.storage.applications.dossiers import StaleDossier
from app.storage.files import FileChanged
from app.storage.models import (
    Agent,
    Attestation,
    DecisionLetter,
    Document,
    Dossier,
    Event,
    LetterTemplate,
    Notice,
    Outbox,
    Service,
)
from app.storage.review import dossier_view, queue_lines
from tests import factories
from tests.fixtures import NOON

LATER = NOON + timedelta(days=3)
REASON = "C’était une erreur."
GRANTED = Granted("CST", "etudiant", date(2027, 2, 11), date(2028, 2, 10))
OWN = (
    DEFAULTS[Outcome.CLOSED].replace("Objet :", "À propos de :").replace("Objet\u00a0:", "À propos de\u00a0:")
)


def by(agent: Agent, dossier: Dossier, **changes: Any) -> Act:
    """An act of somebody whose page is up to date."""
    return Act(**{"agent": agent, "now": LATER, "seen": dossier_view.last_move(dossier.id)} | changes)


@pytest.fixture
def agent(app: Flask) -> Agent:
    return factories.agent(factories.service())


@pytest.fixture
def chief(app: Flask) -> Agent:
    return factories.agent(factories.service(), rank="supervisor")


@pytest.fixture
def dossier(agent: Agent) -> Dossier:
    """Under review at Lyon."""
    filed = factories.filed()
    instruction.take(filed, by(agent, filed))
    return filed


def row(dossier: Dossier) -> Dossier:
    """As the database has it."""
    return Dossier.get_by_id(dossier.id)


def test_what_is_granted_is_kept_lettered_and_certified(dossier: Dossier, agent: Agent) -> None:
    instruction.approve(dossier, by(agent, dossier), GRANTED)
    assert Granted.from_json(row(dossier).decision) == GRANTED
    letter = DecisionLetter.get()
    whole = "\n".join(line for lines in decision_letters.read(letter) for line in lines)
    assert (
        "carte de séjour temporaire, mention «\u00a0étudiant\u00a0», valable du 11\u00a0février\u00a02027"
        in whole
    )
    assert agent.name in whole
    assert "100\u00a0€" in whole
    facts = Facts.from_json(Attestation.get(Attestation.kind == "favorable").facts)
    assert [one.english for one in facts.details] == ["Permit granted"]
    assert Event.get(Event.action == "approve").facts["kind"] == "CST"


@pytest.mark.parametrize(
    ("department", "mention"), [("976", "etudiant"), ("976", "talent-chercheur"), ("69", "etudiant")]
)
def test_a_permit_of_mayotte_says_in_letter_and_certificate_where_it_is_valid(
    dossier: Dossier, agent: Agent, department: str, mention: str
) -> None:
    """CESEDA L.441-8: there only, but for a few permits; until the end of 2029."""
    Service.update(department=department).where(Service.id == agent.service_id).execute()
    dossier, agent = row(dossier), Agent.get_by_id(agent.id)
    instruction.approve(dossier, by(agent, dossier), replace(GRANTED, mention=mention))
    limited = department == "976" and mention == "etudiant"
    whole = "\n".join(line for lines in decision_letters.read(DecisionLetter.get()) for line in lines)
    assert ("séjourner à Mayotte seulement" in whole) is limited
    facts = Facts.from_json(Attestation.get(Attestation.kind == "favorable").facts)
    assert facts.territory == ("Mayotte" if limited else "")


def test_a_letter_is_printed_once_and_stays_as_it_left(
    app: Flask, dossier: Dossier, agent: Agent, chief: Agent
) -> None:
    instruction.close(dossier, by(agent, dossier), "Pas de réponse.", "L.114-5")
    letter = DecisionLetter.get()
    files = app.extensions["gateways"].files
    with pytest.raises(printing.NotPrintedYet):
        printing.read_paper(letter, files)
    while jobs.run_once(app, LATER):
        pass
    first = printing.read_paper(DecisionLetter.get_by_id(letter.id), files)
    letter_templates.save(Outcome.CLOSED, OWN, 0, chief, LATER)
    Outbox.update(done_at=None, payload={"letter": letter.id}).where(Outbox.kind == "print_letter").execute()
    while jobs.run_once(app, LATER):
        pass
    again = DecisionLetter.get_by_id(letter.id)
    assert printing.read_paper(again, files) == first
    assert again.text == DEFAULTS[Outcome.CLOSED]
    files.delete(again.file_key)
    files.put(again.file_key, b"other bytes")
    with pytest.raises(FileChanged):
        printing.read_paper(again, files)


@pytest.mark.parametrize("act", [instruction.refuse, instruction.close])
def test_no_decision_against_somebody_without_a_reason(dossier: Dossier, agent: Agent, act: Any) -> None:
    with pytest.raises(MissingReason):
        act(dossier, by(agent, dossier), "  ")
    assert (row(dossier).state, DecisionLetter.select().count()) == (State.IN_REVIEW, 0)


def test_a_preview_writes_nothing(dossier: Dossier, agent: Agent) -> None:
    before = (Event.select().count(), Outbox.select().count())
    decision = decision_letters.against(Outcome.CLOSED, "Pas de réponse.", "", LATER)
    assert ["Pas de réponse."] in decision_letters.preview(row(dossier), decision, agent, LATER)
    assert (Event.select().count(), Outbox.select().count(), DecisionLetter.select().count()) == (*before, 0)


def test_who_closes_opens_again_and_the_decision_is_gone(dossier: Dossier, agent: Agent) -> None:
    instruction.ask(dossier, by(agent, dossier), {"passport": "Illisible."})
    instruction.close(dossier, by(agent, dossier), "Pas de réponse.")
    assert row(dossier).decision["reason"] == "Pas de réponse."
    with pytest.raises(StaleDossier):
        undoing.reopen(dossier, by(agent, dossier, seen=1), REASON)
    undoing.reopen(dossier, by(agent, dossier), "Le certificat est arrivé par la poste.")
    assert (row(dossier).state, row(dossier).decision) == (State.IN_REVIEW, None)
    assert Dossier.select().where(Dossier.decision.is_null()).count() == 1, "nothing, not a word for nothing"
    assert Notice.get(Notice.kind == "reopened").facts == {"reason": "Le certificat est arrivé par la poste."}
    assert DecisionLetter.select().count() == 1, "the letter that left stays"


def test_what_comes_after_the_reopening_is_read(dossier: Dossier, agent: Agent) -> None:
    instruction.ask(dossier, by(agent, dossier), {"passport": "Illisible.", "enrolment": "Trop ancien."})
    factories.document(dossier, "passport", LATER)  # prepared, never sent
    earlier = (Document.slot == "passport") & (Document.received_at < LATER)
    Document.update(removed_at=LATER).where(earlier).execute()
    assert "passport" not in queue_lines.received([dossier.id])[dossier.id]
    instruction.close(dossier, by(agent, dossier), "Pas de réponse.")
    undoing.reopen(dossier, by(agent, dossier, now=LATER + timedelta(days=2)), REASON)
    assert "passport" in queue_lines.received([dossier.id])[dossier.id]
    factories.document(dossier, "permit", LATER + timedelta(days=3))
    read = readings.view_dossier(agent, dossier.reference, NOON)
    requested_documents = {one.key: one for one in read.requested_documents}
    assert (len(requested_documents["permit"].files), len(requested_documents["passport"].files)) == (2, 1)
    assert {key: one.item.decision for key, one in requested_documents.items() if one.item} == {
        "passport": "",
        "enrolment": "unanswered",
    }
    assert not read.waiting
    assert requested_documents["enrolment"].standing is Standing.RECEIVED


def test_only_a_supervisor_comes_back_on_a_decision(dossier: Dossier, agent: Agent, chief: Agent) -> None:
    instruction.refuse(dossier, by(agent, dossier), "Non.")
    with pytest.raises(ForbiddenTransition):
        undoing.reopen(dossier, by(agent, dossier), REASON)
    undoing.reopen(dossier, by(chief, dossier), REASON)
    assert Event.get(Event.action == "reopen").role == "supervisor"
    assert row(dossier).agent_id == agent.id
    instruction.refuse(dossier, by(agent, dossier), "Toujours non.")
    assert [one.kind for one in DecisionLetter.select()] == ["defavorable"] * 2


def test_certificates_resume_on_the_day_and_cover_nothing_before(
    dossier: Dossier, agent: Agent, chief: Agent
) -> None:
    """Refused with five days of rights left, taken up again three weeks later."""
    ends = row(dossier).rights_end
    at = NOON + timedelta(days=(ends - NOON.date()).days - 5)
    instruction.refuse(dossier, by(agent, dossier, now=at), "Non.")
    back = at + timedelta(days=26)
    undoing.reopen(dossier, by(chief, dossier, now=back), REASON)
    issued = Attestation.get(Attestation.kind == "prolongation")
    assert issued.valid_from == back.date()
    assert row(dossier).rights_end == issued.valid_until


def test_nothing_resumes_where_the_rule_gives_nothing(dossier: Dossier, agent: Agent, chief: Agent) -> None:
    Dossier.update(in_time=False).where(Dossier.id == dossier.id).execute()
    instruction.refuse(dossier, by(agent, dossier), "Non.")
    undoing.reopen(dossier, by(chief, dossier, now=NOON + timedelta(days=200)), REASON)
    assert Attestation.select().where(Attestation.kind == "prolongation").count() == 0


def test_a_withdrawn_one_is_not_opened_beside_another(dossier: Dossier, agent: Agent, chief: Agent) -> None:
    corrections.withdraw(dossier, LATER)
    factories.filed(dossier.account)
    with pytest.raises(ForbiddenTransition):
        undoing.reopen(dossier, by(chief, dossier), REASON)


def test_a_withdrawn_one_nobody_took_gets_somebody(app: Flask, chief: Agent) -> None:
    filed = factories.filed()
    corrections.withdraw(filed, LATER)
    undoing.reopen(filed, by(chief, filed), REASON)
    assert row(filed).agent_id == chief.id


def test_a_closed_dossier_comes_first_and_covers_nothing(dossier: Dossier, agent: Agent) -> None:
    instruction.close(dossier, by(agent, dossier), "Pas de réponse.")
    seen = overview([row(dossier)], dossier.identity, date(2027, 1, 31))
    assert seen.first == row(dossier)
    assert seen.cover is None


def test_a_request_made_by_mistake_is_cancelled(dossier: Dossier, agent: Agent) -> None:
    instruction.ask(dossier, by(agent, dossier), {"passport": "Illisible.", "enrolment": "Trop ancien."})
    undoing.cancel_request(dossier, by(factories.agent(), dossier), REASON)
    assert row(dossier).state == State.IN_REVIEW
    with pytest.raises(ForbiddenTransition):
        complements.send(dossier, LATER)
    instruction.ask(dossier, by(agent, dossier), {"passport": "Illisible."})
    assert row(dossier).state == State.COMPLEMENT_REQUESTED


class TestTemplates:
    """A service's own words."""

    def test_the_next_letter_has_them_and_another_service_has_not(
        self, dossier: Dossier, agent: Agent, chief: Agent
    ):
        letter_templates.save(Outcome.CLOSED, OWN, 0, chief, LATER)
        instruction.close(dossier, by(agent, dossier), "Pas de réponse.")
        assert decision_letters.read(DecisionLetter.get())[0][0].startswith("À propos de")
        paris = factories.service("75", "Paris")
        assert decision_letters.text_of(paris.id, Outcome.CLOSED) == DEFAULTS[Outcome.CLOSED]
        assert (
            decision_letters.text_of(chief.service_id, Outcome.UNFAVOURABLE) == DEFAULTS[Outcome.UNFAVOURABLE]
        )

    def test_a_bad_text_is_not_kept(self, chief: Agent):
        for text in ("", "Bonjour {nom}", OWN + "{inconnu}"):
            with pytest.raises(BadTemplate):
                letter_templates.save(Outcome.CLOSED, text, 0, chief, LATER)
        assert LetterTemplate.select().count() == 0

    def test_two_supervisors_at_once(self, chief: Agent):
        letter_templates.save(Outcome.CLOSED, OWN, 0, chief, LATER)
        with pytest.raises(StaleTemplate) as told:
            letter_templates.save(
                Outcome.CLOSED, OWN + "\n\nFin.", 0, factories.agent(rank="supervisor"), LATER
            )
        assert told.value.last.agent == chief
        with pytest.raises(StaleTemplate):
            letter_templates.restore(Outcome.CLOSED, 0, chief, LATER)

    def test_back_to_ours_is_a_version_too(self, chief: Agent):
        letter_templates.save(Outcome.CLOSED, OWN, 0, chief, LATER)
        letter_templates.restore(Outcome.CLOSED, store.template(chief.service_id, "cloture").id, chief, LATER)
        letter_templates.restore(Outcome.CLOSED, store.template(chief.service_id, "cloture").id, chief, LATER)
        assert [one.text for one in store.templates(chief.service_id, "cloture")] == ["", OWN]
        assert decision_letters.text_of(chief.service_id, Outcome.CLOSED) == DEFAULTS[Outcome.CLOSED]
