"""A name that was wrong in the register is right in the dossier, and on the certificates, once it is read again."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.domain.dossiers.attestations import Facts
from app.domain.rules.calendar import start_of_day
from app.gateways.permit_record import PermitRecord
from app.gateways.register import RegisterUnavailable
from app.services.applications import register_rereadings
from app.services.certificates import attestations
from app.services.decisions import instruction, undoing
from app.services.decisions.acts import Act
from app.storage.models import Account, Agent, Attestation, Dossier, Event, Notice, Outbox, SearchWord
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON
from tests.services.register import Register

SOON = start_of_day(date(2027, 2, 1))


def act(agent: Agent, dossier: Dossier) -> Act:
    """An act of an agent whose page is up to date."""
    return Act(agent, NOON, dossier_view.last_move(dossier.id))


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """Under review, with an extension certificate."""
    filed = factories.filed()
    instruction.take(filed, act(factories.agent(filed.service), filed))
    assert attestations.issue_extension_if_due(filed, SOON)
    return Dossier.get_by_id(filed.id)


@pytest.fixture
def register(dossier: Dossier) -> Register:
    """A register that knows the holder by the name that the dossier has."""
    held = Register()
    held.record = PermitRecord.read(dossier.identity)
    return held


def test_a_name_corrected_there_is_taken_over(dossier: Dossier, register: Register) -> None:
    undoing.reread(dossier, act(factories.agent(dossier.service), dossier))
    assert Outbox.get(Outbox.kind == "read_identity").payload == {"dossier": dossier.id}
    register.record = replace(register.record, surname="Nguyen")
    register_rereadings.reread(register, dossier.id, SOON)
    assert Dossier.get_by_id(dossier.id).identity["surname"] == "Nguyen"
    assert Account.get_by_id(dossier.account_id).identity["surname"] == "Nguyen"
    wrong, right = Attestation.select().where(Attestation.kind == "prolongation").order_by(Attestation.id)
    assert (wrong.ending, Facts.from_json(right.facts).surname) == ("replaced", "Nguyen")
    assert Event.get(Event.action == register_rereadings.REREAD).facts == {"count": 1, "changed": ["surname"]}
    assert Notice.get(Notice.kind == "identity_corrected").facts == {"certified": True}


def test_another_permit_of_the_same_person_stays_as_it_was(dossier: Dossier, register: Register) -> None:
    newer = {**dossier.identity, "valid_until": "2031-02-10"}
    other = factories.draft(Account.get_by_id(dossier.account_id), identity=newer, journey="visiteur")
    Account.update(identity=newer).where(Account.id == dossier.account_id).execute()
    register.record = replace(register.record, surname="Barnaby")
    register_rereadings.reread(register, dossier.id, SOON)
    kept = (Dossier.get_by_id(other.id).identity, Account.get_by_id(dossier.account_id).identity)
    assert kept == (newer, newer)


def test_who_was_renamed_is_found_by_the_new_name(dossier: Dossier, register: Register) -> None:
    register.record = replace(register.record, surname="Barnaby")
    register_rereadings.reread(register, dossier.id, SOON)
    assert SearchWord.select().where(SearchWord.word == "barnaby").exists()


def test_what_is_the_same_or_unknown_changes_nothing(dossier: Dossier, register: Register) -> None:
    register_rereadings.reread(register, dossier.id, SOON)
    register.record = replace(register.record, foreign_number="9999999999")
    register_rereadings.reread(register, dossier.id, SOON)
    events = [event.action for event in Event.select().order_by(Event.id)][-2:]
    assert events == [register_rereadings.SAME, register_rereadings.UNKNOWN]
    assert Dossier.get_by_id(dossier.id).identity == dossier.identity
    register.away = True
    with pytest.raises(RegisterUnavailable):
        register_rereadings.reread(register, dossier.id, SOON)
