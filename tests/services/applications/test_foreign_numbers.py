"""The number of who came with a visa: given when an agent takes the application, with a password to be changed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.dossiers.states import State
from app.services.access.origins import Origin
from app.services.access.passwords import verify_password
from app.services.access.refusals import WrongCredentials
from app.services.accounts import accounts, email_sign_in
from app.services.applications import foreign_numbers
from app.services.certificates import attestations
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.storage.applications import attestations as papers
from app.storage.applications import dossiers
from app.storage.models import Account, Dossier, Entry, Notice, Outbox, SearchWord
from app.storage.review import dossier_view
from tests import factories, visas
from tests.fixtures import NOON
from tests.services.outside import with_gateways
from tests.services.register import GIVEN, Register

HERE, MAIL = Origin("192.0.2.1"), "omer@exemple.fr"
CHOSEN = "une barque verte sur la rive"
JOURNEYS = (visas.CHECKED_VALIDATION, visas.VALIDATION_AT_ONCE)


@pytest.fixture(autouse=True)
def _offered(app: Flask) -> Iterator[None]:
    visas.offer(*JOURNEYS)
    yield
    visas.withdraw()


@pytest.fixture
def register(app: Flask) -> Register:
    """The register that the worker asks."""
    register = Register(**visas.record())
    with_gateways(app, register=register)
    return register


def letters() -> list[dict[str, Any]]:
    return [row.payload for row in Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)]


def facts() -> dict[str, Any]:
    held: dict[str, Any] = letters()[-1]["facts"]
    return held


def filed(account: Account, journey: Any = visas.FIRST_PERMIT) -> Dossier:
    columns = {"journey": journey.slug, "journey_version": journey.version}
    return factories.filed(account, **columns)


def take(dossier: Dossier, at: datetime = NOON) -> Act:
    act = Act(factories.agent(), at, dossier_view.last_move(dossier.id))
    instruction.take(dossier, act)
    return act


def sent(tmp_path: Path) -> str:
    """Every letter in the demonstration's mailbox."""
    return "\n".join(one.read_text(encoding="utf-8") for one in sorted((tmp_path / "mail").glob("*")))


# --- the number


def test_filing_needs_no_number_and_gives_none(app: Flask, register: Register):
    account = visas.holder(email=MAIL)
    dossier = filed(account)
    jobs.run_once(app, NOON)
    assert (dossier.state, Account.get_by_id(account.id).foreign_number, register.questions) == (
        State.FILED,
        None,
        0,
    )
    [paper] = papers.of_dossier(dossier.id)
    assert paper.facts["foreign_number"] == ""


def test_taking_gives_the_number_to_account_dossier_history_and_search(app: Flask, register: Register):
    account = visas.holder(email=MAIL)
    dossier = filed(account)
    draft = factories.draft(account)
    take(dossier)
    assert Account.get_by_id(account.id).foreign_number is None
    jobs.run_once(app, NOON)
    told = Account.get_by_id(account.id)
    assert (told.foreign_number, told.identity["foreign_number"]) == (GIVEN, GIVEN)
    for one in (dossier, draft):
        assert Dossier.get_by_id(one.id).identity["foreign_number"] == GIVEN
    assert SearchWord.select().where((SearchWord.dossier == dossier.id) & (SearchWord.word == GIVEN)).exists()
    assert [one.action for one in dossiers.events(dossier.id)].count("number_given") == 1


def test_what_is_issued_after_carries_the_number(app: Flask, register: Register):
    dossier = filed(visas.holder(email=MAIL))
    act = take(dossier)
    jobs.run_once(app, NOON)
    row = Dossier.get_by_id(dossier.id)
    instruction.approve(row, Act(act.agent, NOON, dossier_view.last_move(row.id)))
    latest, *_others = papers.of_dossier(row.id)
    assert latest.facts["foreign_number"].replace("\u00a0", "") == GIVEN


def test_the_number_is_given_once_however_often_the_work_is_done(app: Flask, register: Register):
    account = visas.holder(email=MAIL)
    dossier = filed(account)
    take(dossier)
    jobs.run_once(app, NOON)
    digest = Account.get_by_id(account.id).password_hash
    foreign_numbers.assign(register, dossier.id, NOON)
    assert Outbox.select().where(Outbox.kind == "mail_number").count() == 1
    assert Account.get_by_id(account.id).password_hash == digest


def test_a_register_that_is_away_is_asked_later(app: Flask, register: Register):
    account = visas.holder(email=MAIL)
    take(filed(account))
    register.away = True
    jobs.run_once(app, NOON)
    assert Account.get_by_id(account.id).foreign_number is None
    register.away = False
    jobs.run_once(app, NOON + timedelta(hours=3))
    assert Account.get_by_id(account.id).foreign_number == GIVEN


def test_the_holder_of_a_number_keeps_it_when_their_file_is_taken(app: Flask, register: Register):
    dossier = factories.filed()
    take(dossier)
    assert Outbox.select().where(Outbox.kind == "give_number").count() == 0


@pytest.mark.parametrize(
    ("journey", "taken"), [(visas.CHECKED_VALIDATION, True), (visas.VALIDATION_AT_ONCE, False)]
)
def test_a_validation_gives_it_once_granted(app: Flask, journey: Any, taken: bool):
    with_gateways(app, register=Register(**visas.record("VLS-TS")))
    account = visas.holder("VLS-TS", email=MAIL)
    dossier = filed(account, journey)
    if taken:
        act = take(dossier)
        jobs.run_once(app, NOON)
        assert Account.get_by_id(account.id).foreign_number is None
        instruction.approve(dossier, Act(act.agent, NOON, dossier_view.last_move(dossier.id)))
    jobs.run_once(app, NOON)
    told = Account.get_by_id(account.id)
    assert (told.foreign_number, told.identity["validated_on"]) == (GIVEN, str(date(2026, 11, 23)))


# --- the provisional password


@pytest.fixture
def numbered(app: Flask, register: Register) -> Account:
    account = visas.holder(email=MAIL)
    take(filed(account))
    Outbox.update(done_at=NOON).where(Outbox.kind != "give_number").execute()
    jobs.run_once(app, NOON)
    Outbox.delete().where(Outbox.kind == "mail_number").execute()
    return Account.get_by_id(account.id)


def test_the_password_opens_once_and_only_to_choose_ones_own(numbered: Account):
    told = foreign_numbers.provisional_credentials(numbered.id, NOON)
    account = accounts.authenticate(GIVEN, told.password, HERE, NOON)
    token = accounts.exchange(account, NOON)
    with pytest.raises(WrongCredentials):
        accounts.exchange(account, NOON)
    with pytest.raises(WrongCredentials):
        accounts.authenticate(GIVEN, told.password, HERE, NOON)
    accounts.reset(token, CHOSEN, HERE, NOON)
    account = accounts.authenticate(GIVEN, CHOSEN, HERE, NOON)
    assert account.provisional_until is None


@pytest.mark.parametrize(("hours", "opens"), [(71, True), (72, False)])
def test_the_password_is_good_for_three_days(numbered: Account, hours: int, opens: bool):
    told = foreign_numbers.provisional_credentials(numbered.id, NOON)
    at = NOON + timedelta(hours=hours)
    if opens:
        assert accounts.authenticate(GIVEN, told.password, HERE, at).id == numbered.id
    else:
        with pytest.raises(WrongCredentials):
            accounts.authenticate(GIVEN, told.password, HERE, at)


def test_too_late_a_forgotten_password_is_a_way_in(numbered: Account):
    foreign_numbers.provisional_credentials(numbered.id, NOON)
    later = NOON + timedelta(days=5)
    accounts.ask_reset(GIVEN, HERE, later)
    accounts.reset(facts()["token"], CHOSEN, HERE, later)
    assert accounts.authenticate(MAIL, CHOSEN, HERE, later).id == numbered.id


def test_a_letter_sent_again_makes_the_earlier_password_worthless(numbered: Account):
    first, second = (
        foreign_numbers.provisional_credentials(numbered.id, NOON).password for _time in range(2)
    )
    assert first != second
    with pytest.raises(WrongCredentials):
        accounts.authenticate(GIVEN, first, HERE, NOON)
    assert accounts.authenticate(GIVEN, second, HERE, NOON).id == numbered.id


def test_a_chosen_password_is_not_replaced(numbered: Account):
    accounts.store.set_password(numbered.id, accounts.passwords.hash_password(CHOSEN))
    assert foreign_numbers.provisional_credentials(numbered.id, NOON).password == ""
    assert accounts.authenticate(GIVEN, CHOSEN, HERE, NOON).id == numbered.id


def test_only_the_letter_ever_holds_the_password(app: Flask, register: Register, tmp_path: Path):
    account = visas.holder(email=MAIL, language="en")
    take(filed(account))
    jobs.run_once(app, NOON)
    letter = sent(tmp_path)
    [password] = {
        word for word in letter.split() if len(word) == 14 and word.count("-") == 2 and word.isupper()
    }
    row = Account.get_by_id(account.id)
    assert verify_password(row.password_hash, password)
    assert row.provisional_until is not None
    kept = " ".join(
        str(vars(one)["__data__"]) for table in (Outbox, Account, Dossier, Entry) for one in table.select()
    )
    assert password not in kept
    assert {str(one.payload) for one in Outbox.select().where(Outbox.done_at.is_null(False))} == {"{}"}


def test_a_numbered_account_no_longer_enters_by_mail(numbered: Account):
    email_sign_in.ask(MAIL, "", HERE, NOON)
    assert letters()[-1]["to"] == "", "work for nothing, which the worker drops"


def test_an_extension_before_the_number_says_so_and_the_next_one_carries_it(app: Flask, register: Register):
    dossier = filed(visas.holder(email=MAIL))
    Dossier.update(in_time=True, rights_end=date(2026, 12, 1)).where(Dossier.id == dossier.id).execute()
    take(Dossier.get_by_id(dossier.id))
    jobs.run_once(app, NOON)
    later = NOON + timedelta(days=85)
    assert attestations.issue_due_extensions(later) == 1
    numbers_told = [
        one.facts["foreign_number"].replace("\u00a0", "") for one in papers.of_dossier(dossier.id)
    ]
    assert numbers_told[0] == GIVEN


def test_a_decision_made_before_the_number_is_certified_once_with_it(app: Flask, register: Register):
    dossier = filed(visas.holder(email=MAIL))
    act = take(dossier)
    instruction.approve(
        Dossier.get_by_id(dossier.id), Act(act.agent, NOON, dossier_view.last_move(dossier.id))
    )
    told = Notice.select().where(Notice.kind == "approved")
    assert (told.count(), [paper.kind for paper in papers.of_dossier(dossier.id)]) == (0, ["depot"])
    jobs.run_once(app, NOON)
    favourable, _deposit = papers.of_dossier(dossier.id)
    assert favourable.facts["foreign_number"].replace("\u00a0", "") == GIVEN
    assert told.count() == 1
