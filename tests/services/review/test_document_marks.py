"""An agent goes through a dossier: marks and their versions, notes, what changed since the last visit."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.complements import reason
from app.domain.dossiers.states import State
from app.services.applications import complements
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.operations import audit_check
from app.services.review import access_log, changes_since_filing, document_marks, dossier_view, notes
from app.services.review.document_marks import StaleDocument, UnknownMark
from app.services.review.dossier_view import DossierView
from app.services.review.requested_documents import RequestedDocument, Standing
from app.storage.applications import audit
from app.storage.applications import complements as requests
from app.storage.models import (
    Agent,
    AuditRecord,
    ComplementItem,
    Document,
    DocumentMark,
    Dossier,
    Event,
    InternalNote,
    Notice,
)
from app.storage.review import dossier_view as queries
from tests import factories
from tests.fixtures import NOON

LATER = NOON + timedelta(days=3)
HOUR = timedelta(hours=1)


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """An application that an agent has taken."""
    made = factories.filed()
    agent = factories.agent(made.service, name="C. Perrin")
    instruction.take(made, Act(agent, NOON + HOUR, queries.last_move(made.id)))
    return Dossier.get_by_id(made.id)


@pytest.fixture
def agent(dossier: Dossier) -> Agent:
    """Who took it."""
    return Agent.get_by_id(dossier.agent_id)


def read(agent: Agent, dossier: Dossier) -> DossierView:
    return dossier_view.view_dossier(agent, dossier.reference, NOON)


def requested(agent: Agent, dossier: Dossier, slot: str = "passport") -> RequestedDocument:
    return next(one for one in read(agent, dossier).requested_documents if one.key == slot)


def mark(agent: Agent, dossier: Dossier, word: str, slot: str = "passport", at: Any = LATER) -> DossierView:
    return document_marks.mark(
        agent, dossier.reference, slot, word, requested(agent, dossier, slot).version, at
    )


def ask(agent: Agent, dossier: Dossier, *slots: str, at: Any = LATER) -> None:
    reasons = {slot: reason("illegible", "") for slot in slots}
    instruction.ask(dossier, Act(agent, at, queries.last_move(dossier.id)), reasons)


# --- marks


def test_a_mark_counts_until_the_document_changes(dossier: Dossier, agent: Agent) -> None:
    found = mark(agent, dossier, "illegible")
    assert (found.checked, found.faults) == (1, 1)
    assert requested(agent, dossier).fault == "illegible"
    factories.document(dossier, "passport", LATER + HOUR)
    changed = requested(agent, dossier)
    assert (changed.mark, changed.outdated, changed.fault) == ("", True, "")
    assert read(agent, dossier).checked == 0
    mark(agent, dossier, "conform")
    assert (requested(agent, dossier).mark, requested(agent, dossier).outdated) == ("conform", False)


def test_a_mark_is_about_the_words_too(dossier: Dossier, agent: Agent) -> None:
    Document.delete().where((Document.dossier == dossier) & (Document.slot == "passport")).execute()
    assert (requested(agent, dossier).standing, requested(agent, dossier).fault) == (
        Standing.MISSING,
        "not_given",
    )
    factories.explanation(dossier, "passport")
    assert requested(agent, dossier).fault == "", "explained: the agent decides"
    mark(agent, dossier, "conform")
    dossier.explanations.model.update(text="Autre chose.").execute()
    assert requested(agent, dossier).outdated


def test_a_mark_taken_back_is_none(dossier: Dossier, agent: Agent) -> None:
    mark(agent, dossier, "too_old")
    assert mark(agent, dossier, "again").checked == 0
    assert DocumentMark.select().count() == 2, "what was said stays in the table"


def test_a_mark_on_what_was_replaced_meanwhile_is_refused(dossier: Dossier, agent: Agent) -> None:
    seen = requested(agent, dossier).version
    factories.document(dossier, "passport", LATER)
    with pytest.raises(StaleDocument):
        document_marks.mark(agent, dossier.reference, "passport", "conform", seen, LATER)
    assert DocumentMark.select().count() == 0


@pytest.mark.parametrize(
    ("slot", "word"), [("ghost", "conform"), ("passport", "nice"), ("passport", "not_given")]
)
def test_unknown_documents_and_words(dossier: Dossier, agent: Agent, slot: str, word: str) -> None:
    with pytest.raises(UnknownMark):
        document_marks.mark(agent, dossier.reference, slot, word, requested(agent, dossier).version, LATER)


def test_nothing_is_checked_after_the_decision_nor_by_another_service(dossier: Dossier, agent: Agent) -> None:
    stranger = factories.agent(factories.service("75", "Paris"))
    version = requested(agent, dossier).version
    with pytest.raises(Dossier.DoesNotExist):
        document_marks.mark(stranger, dossier.reference, "passport", "conform", version, LATER)
    Dossier.update(state=str(State.FAVOURABLE)).where(Dossier.id == dossier.id).execute()
    with pytest.raises(UnknownMark):
        document_marks.mark(agent, dossier.reference, "passport", "conform", version, LATER)


def test_a_mark_is_recorded_and_moves_nothing(dossier: Dossier, agent: Agent) -> None:
    before = (queries.last_move(dossier.id), Event.select().count(), Notice.select().count())
    mark(agent, dossier, "illegible")
    assert (queries.last_move(dossier.id), Event.select().count(), Notice.select().count()) == before
    last = AuditRecord.select().order_by(AuditRecord.position.desc()).first()
    assert (last.action, last.agent_id, last.facts["slot"], last.facts["mark"]) == (
        "marked",
        agent.id,
        "passport",
        "illegible",
    )
    assert list(audit_check.broken_chains()) == []
    assert len(audit.readings(dossier.id, 10)) == 0, "a mark is no reading"


def test_the_next_document_is_the_next_unchecked_one_round_and_round(dossier: Dossier, agent: Agent) -> None:
    keys = [one.key for one in read(agent, dossier).requested_documents]
    for place, key in enumerate(keys):
        found = mark(agent, dossier, "conform", key)
        following = keys[place + 1] if place + 1 < len(keys) else key
        assert found.to_check(key).key == following
    mark(agent, dossier, "again", keys[0])
    assert read(agent, dossier).to_check(keys[-1]).key == keys[0]


# --- what is not sent yet


def test_what_is_prepared_and_not_sent_is_not_shown(dossier: Dossier, agent: Agent) -> None:
    ask(agent, dossier, "passport", "enrolment")
    old = requested(agent, dossier).files
    new = factories.document(dossier, "passport", LATER + HOUR)
    back = factories.document(dossier, "passport", LATER + HOUR)
    pending = requests.pending(dossier.id)
    item = requests.item(pending, "passport")
    complements.decide(item, "replace", LATER + HOUR)
    complements.take_back(dossier, pending, back.id, LATER + HOUR)
    shown = requested(agent, dossier)
    assert (shown.files, shown.standing) == (old, Standing.ASKED)
    assert read(agent, dossier).prepared == 1
    for unsent in (new, back):
        with pytest.raises(Document.DoesNotExist):
            queries.document(dossier.service_id, dossier.reference, unsent.id)
    complements.decide(requests.item(pending, "enrolment"), "keep", LATER + HOUR)
    complements.send(dossier, LATER + 2 * HOUR)
    sent = requested(agent, dossier)
    assert (sent.files, sent.earlier, sent.standing) == ((new,), old, Standing.NEW), (
        "never the one taken back"
    )
    assert queries.document(dossier.service_id, dossier.reference, new.id) == new
    replies = {one.key: one.item.decision for one in read(agent, dossier).replies if one.item}
    assert replies == {"passport": "replace", "enrolment": "keep"}


def test_a_dangerous_file_is_opened_by_nobody(dossier: Dossier, agent: Agent) -> None:
    file = requested(agent, dossier).files[0]
    Document.update(scan="infected", removed_at=LATER).where(Document.id == file.id).execute()
    assert (requested(agent, dossier).files, requested(agent, dossier).earlier) == ((), ())
    with pytest.raises(Document.DoesNotExist):
        queries.document(dossier.service_id, dossier.reference, file.id)


def test_days_without_an_answer(dossier: Dossier, agent: Agent) -> None:
    assert read(agent, dossier).overdue(factories.today(LATER)) == 0
    ask(agent, dossier, "passport")
    due = factories.today(LATER) + factories.days(30)
    found = read(agent, dossier)
    assert [found.overdue(due + factories.days(n)) for n in (-1, 0, 1, 40)] == [0, 0, 1, 40]
    assert found.state is State.COMPLEMENT_REQUESTED, "nothing closes by itself"


# --- told after a day


def test_who_prepared_and_did_not_send_is_told_after_a_day_by_daylight(
    dossier: Dossier, agent: Agent
) -> None:
    ask(agent, dossier, "passport", "enrolment")
    item = requests.item(requests.pending(dossier.id), "passport")
    begun = LATER + HOUR
    assert complements.remind_unsent(begun + timedelta(days=2)) == 0, "nothing prepared"
    factories.document(dossier, "passport", begun)
    complements.decide(item, "replace", begun)
    assert complements.remind_unsent(begun + timedelta(hours=23)) == 0
    assert complements.remind_unsent(begun + timedelta(hours=35)) == 0, "at night"
    assert complements.remind_unsent(begun + timedelta(hours=24)) == 1
    assert complements.remind_unsent(begun + timedelta(hours=48)) == 0, "once"
    facts = Notice.get(Notice.kind == "complement_unsent").facts
    assert (facts["done"], facts["total"]) == (1, 2)
    complements.decide(item, "keep", begun + timedelta(days=4))
    assert complements.remind_unsent(begun + timedelta(days=5)) == 1, "came back, forgot again"
    complements.decide(requests.item(item.complement, "enrolment"), "keep", begun + timedelta(days=6))
    complements.send(dossier, begun + timedelta(days=6))
    assert complements.remind_unsent(begun + timedelta(days=8)) == 0


def test_a_file_taken_back_leaves_nothing_to_send(dossier: Dossier, agent: Agent) -> None:
    ask(agent, dossier, "passport")
    pending = requests.pending(dossier.id)
    file = factories.document(dossier, "passport", LATER + HOUR)
    complements.decide(requests.item(pending, "passport"), "replace", LATER + HOUR)
    complements.take_back(dossier, pending, file.id, LATER + HOUR)
    assert complements.remind_unsent(LATER + timedelta(days=2)) == 0
    assert ComplementItem.get().decided_at == LATER + HOUR


# --- notes


def test_notes_are_struck_out_by_their_author_and_kept(dossier: Dossier, agent: Agent) -> None:
    note = notes.write(read(agent, dossier), agent, "A appelé ce matin.", LATER)
    colleague = factories.agent(dossier.service)
    with pytest.raises(InternalNote.DoesNotExist):
        notes.strike(read(colleague, dossier), colleague, note.id, LATER)
    notes.strike(read(agent, dossier), agent, note.id, LATER + HOUR)
    notes.strike(read(agent, dossier), agent, note.id, LATER + 2 * HOUR)
    (kept,) = queries.notes(dossier.id)
    assert (kept.text, kept.struck_at, kept.agent) == ("A appelé ce matin.", LATER + HOUR, agent)
    told = [one.action for one in AuditRecord.select().order_by(AuditRecord.position)][-2:]
    assert told == ["noted", "struck"]
    assert list(audit_check.broken_chains()) == []


def test_notes_follow_the_dossier_to_another_service(dossier: Dossier, agent: Agent) -> None:
    note = notes.write(read(agent, dossier), agent, "Deux adresses : vérifier.", LATER)
    elsewhere = factories.service("75", "Paris")
    Dossier.update(service=elsewhere).where(Dossier.id == dossier.id).execute()
    taker = factories.agent(elsewhere)
    assert [one.id for one in queries.notes(read(taker, dossier).dossier.id)] == [note.id]


# --- what changed


def test_a_run_of_pages_is_one_visit() -> None:
    now = LATER
    pages = [now - timedelta(minutes=n) for n in (0, 5, 50, 100)]
    assert changes_since_filing.last_visit(pages) is None
    before = now - timedelta(days=2)
    assert changes_since_filing.last_visit([*pages, before, before - HOUR]) == before
    assert changes_since_filing.last_visit([now]) is None


def test_what_changed_since_filing_and_since_the_last_visit(dossier: Dossier, agent: Agent) -> None:
    access_log.open_dossier(agent, dossier.reference, NOON + 2 * HOUR)
    factories.document(dossier, "enrolment", NOON + 3 * HOUR)
    first = access_log.open_dossier(agent, dossier.reference, LATER)
    found = changes_since_filing.since_filing(first, agent, LATER)
    assert found.visited_at == NOON + 2 * HOUR
    assert [(one.requested.key, one.new) for one in found.all if one.requested] == [("enrolment", True)]
    ask(agent, dossier, "passport", at=LATER)
    factories.document(dossier, "passport", LATER + HOUR)
    pending = requests.pending(dossier.id)
    complements.decide(requests.item(pending, "passport"), "replace", LATER + HOUR)
    access_log.open_dossier(agent, dossier.reference, LATER + timedelta(days=1))
    complements.send(dossier, LATER + timedelta(days=2))
    review = access_log.open_dossier(agent, dossier.reference, LATER + timedelta(days=3))
    found = changes_since_filing.since_filing(review, agent, LATER + timedelta(days=3))
    told = [
        (one.requested.key, one.new, len(one.added), len(one.removed)) for one in found.all if one.requested
    ]
    assert told == [("passport", True, 1, 1), ("enrolment", False, 1, 0)]
    assert found.new == 1, "it arrived when it was sent, after the last visit"
    stranger = factories.agent(dossier.service)
    assert changes_since_filing.since_filing(review, stranger, LATER + timedelta(days=3)).new == 0, (
        "a first visit: all is new"
    )
