"""A lost mailbox: nothing told to who guesses, nothing done before an agent of the service has checked who asks."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.services.access import sessions
from app.services.access.origins import Origin
from app.services.access.passwords import verify_password
from app.services.access.refusals import AddressTaken, DeadLink, WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts, email_sign_in, recoveries
from app.services.accounts.recoveries import Check, NoLongerOpen, Wanted
from app.services.accounts.signups import RegisterAway, Typed
from app.storage import retention
from app.storage.applications import audit, dossiers
from app.storage.models import Account, Dossier, Outbox, Recovery, ResetLink, Session
from app.storage.people import recoveries as store
from tests import factories, visas
from tests.factories import PASSWORD
from tests.fixtures import NOON
from tests.services.register import FIRST, LAST, NUMBER, Register

HERE, OLD, NEW = Origin("192.0.2.1"), "ancienne@exemple.fr", "nouvelle@exemple.fr"
SEEN = Check("counter", "Passeport présenté le 23 novembre.")
CHOSEN = "une barque verte sur la rive"


@pytest.fixture(autouse=True)
def _services(app: Flask) -> None:
    """Every test here writes; Lyon is where the postcode leads."""
    factories.service()


@pytest.fixture
def account() -> Account:
    return factories.account(factories.identity(foreign_number=NUMBER), email=OLD, language="en")


def letters() -> list[dict[str, Any]]:
    return [row.payload for row in Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)]


def ask(register: Register | None = None, email: str = NEW, source: Origin = HERE, **changes: Any) -> str:
    """Ask; the token of the letter to the new address."""
    typed = {"number": NUMBER, "valid_from": FIRST, "valid_until": LAST} | changes
    wanted = Wanted(email, "69003", "fr")
    recoveries.ask(register or Register(), Typed(**typed), wanted, source, NOON)
    return str(letters()[-1]["facts"]["token"])


def confirmed(email: str = NEW, **changes: Any) -> Recovery:
    recoveries.confirm(ask(email=email, **changes), NOON)
    return Recovery.select().order_by(Recovery.id.desc()).get()


def names() -> list[tuple[str, str]]:
    """Which letters went where, oldest first."""
    return [(Path(one["template"]).stem, one["to"]) for one in letters()]


# --- asking

WRONG = [
    {"number": "9999999999"},
    {"valid_from": FIRST + timedelta(days=1)},
    {"valid_until": LAST - timedelta(days=1)},
]


@pytest.mark.parametrize("typed", [{}, *WRONG])
def test_right_or_wrong_the_same_letter_goes_to_the_address_typed(account: Account, typed: dict[str, Any]):
    register = Register()
    ask(register, **typed)
    assert register.questions == 1
    [letter] = letters()
    assert names() == [("mailbox_confirm", NEW)]
    assert letter["language"] == "fr"
    assert set(letter["facts"]) == {"token"}
    assert Recovery.select().count() == 1
    assert (Recovery.get().account == account) is (not typed)


def test_a_permit_without_account_is_nobodys_request():
    ask()
    assert Recovery.get().account is None


@pytest.mark.parametrize("typed", [{}, WRONG[0]])
def test_the_old_address_is_told_and_agents_see_it_once_the_new_one_is_confirmed(
    account: Account, typed: dict[str, Any]
):
    link = ask(**typed)
    assert store.waiting(factories.service().id) == []
    recoveries.confirm(link, NOON)
    seen = [] if typed else [account]
    assert [one.account for one in store.waiting(factories.service().id)] == seen
    assert store.how_many(factories.service().id).value == len(seen)
    told = [] if typed else [("mailbox_asked", OLD)]
    assert names() == [("mailbox_confirm", NEW), *told]


def test_the_link_serves_once_and_for_a_day(account: Account):
    link = ask()
    assert recoveries.to_confirm(link, NOON + timedelta(hours=24)) is None
    with pytest.raises(DeadLink):
        recoveries.confirm(link, NOON + timedelta(hours=24))
    recoveries.confirm(link, NOON + timedelta(hours=23))
    with pytest.raises(DeadLink):
        recoveries.confirm(link, NOON + timedelta(hours=23))
    with pytest.raises(DeadLink):
        recoveries.confirm("made up", NOON)


def test_a_silent_register_concludes_nothing(account: Account):
    register = Register()
    register.away = True
    with pytest.raises(RegisterAway):
        ask(register)
    assert Recovery.select().count() == 0


@pytest.mark.parametrize("typed", [{}, WRONG[0]])
def test_nobody_asks_without_end_nor_floods_an_address(account: Account, typed: dict[str, Any]):
    for place in range(6):
        ask(email=f"une{place}@exemple.fr", **typed)
    with pytest.raises(TooSoon):
        ask(**typed)
    for place in range(6):
        ask(email="victime@exemple.fr", source=Origin(f"192.0.2.{place + 10}"), **typed)
    with pytest.raises(TooSoon):
        ask(email="victime@exemple.fr", source=Origin("192.0.2.99"), **typed)


def test_the_service_is_that_of_the_last_application_else_that_of_the_postcode(account: Account):
    elsewhere = factories.service("75", "Paris")
    assert confirmed().service == factories.service()
    dossier = factories.filed(account)
    Dossier.update(service=elsewhere).where(Dossier.id == dossier.id).execute()
    assert confirmed(email="autre@exemple.fr").service == elsewhere


def test_a_visa_is_recognised_too():
    account = visas.holder(email=OLD)
    register = Register(**visas.record())
    typed = Typed(f"FRA{visas.VISA}", visas.FIRST_DAY, visas.LAST_DAY, on_visa=True)
    recoveries.ask(register, typed, Wanted(NEW, "69003", "fr"), HERE, NOON)
    assert Recovery.get().account == account


# --- deciding


def test_a_yes_changes_the_address_and_closes_every_old_way_in(account: Account):
    accounts.ask_reset(OLD, HERE, NOON)
    old_link = str(letters()[-1]["facts"]["token"])
    sessions.begin(NOON, account=account)
    recovery = confirmed()
    recoveries.grant(recovery, factories.agent(), SEEN, NOON)
    assert Account.get_by_id(account.id).email == NEW
    assert Session.select().count() == 0
    assert not accounts.link_holder(old_link, NOON)
    for name in (OLD, NEW, NUMBER):
        with pytest.raises(WrongCredentials):
            accounts.authenticate(name, PASSWORD, HERE, NOON)
    assert names()[-2:] == [("mailbox_granted", NEW), ("mailbox_changed", OLD)]
    assert [one["language"] for one in letters()[-2:]] == ["en", "en"]


def test_the_link_to_the_new_address_sets_a_password_once_for_three_days(account: Account):
    recoveries.grant(confirmed(), factories.agent(), SEEN, NOON)
    link = str(letters()[-2]["facts"]["token"])
    assert not accounts.link_holder(link, NOON + timedelta(hours=72))
    accounts.reset(link, CHOSEN, HERE, NOON + timedelta(hours=71))
    assert verify_password(Account.get_by_id(account.id).password_hash, CHOSEN)
    assert accounts.authenticate(NEW, CHOSEN, HERE, NOON) == account
    assert not accounts.link_holder(link, NOON + timedelta(hours=71))


def test_who_has_neither_number_nor_password_enters_by_the_new_mailbox():
    account = visas.holder(email=OLD)
    waiting = email_sign_in.ask(OLD, "", HERE, NOON)
    code = str(letters()[-1]["facts"]["code"])
    register = Register(**visas.record())
    typed = Typed(visas.VISA, visas.FIRST_DAY, visas.LAST_DAY, on_visa=True)
    recoveries.ask(register, typed, Wanted(NEW, "69003", "fr"), HERE, NOON)
    recoveries.confirm(str(letters()[-1]["facts"]["token"]), NOON)
    recoveries.grant(Recovery.get(), factories.agent(), SEEN, NOON)
    assert letters()[-2]["facts"] == {"token": ""}
    assert ResetLink.select().count() == 0
    with pytest.raises(WrongCode):
        email_sign_in.by_code(waiting, code, HERE, NOON)
    asked = email_sign_in.ask(NEW, "", HERE, NOON)
    assert email_sign_in.by_code(asked, str(letters()[-1]["facts"]["code"]), HERE, NOON) == account


def test_a_no_changes_nothing_and_both_addresses_read_why(account: Account):
    recoveries.refuse(confirmed(), factories.agent(), "Venez au guichet.", NOON)
    assert Account.get_by_id(account.id).email == OLD
    assert accounts.authenticate(OLD, PASSWORD, HERE, NOON) == account
    assert names()[-2:] == [("mailbox_refused", NEW), ("mailbox_refused", OLD)]
    assert {one["facts"]["reason"] for one in letters()[-2:]} == {"Venez au guichet."}


@pytest.mark.parametrize("yes", [True, False])
def test_the_history_and_the_request_say_who_decided_and_how(account: Account, yes: bool):
    dossier = factories.filed(account)
    agent = factories.agent()
    recovery = confirmed()
    if yes:
        recoveries.grant(recovery, agent, SEEN, NOON)
    else:
        recoveries.refuse(recovery, agent, "Aucun document.", NOON)
    event = dossiers.events(dossier.id)[-1]
    expected = ("mailbox_counter", SEEN.seen) if yes else ("mailbox_refused", "Aucun document.")
    assert (event.action, event.reason, event.agent) == (*expected, agent)
    assert audit.first_break(dossier.id) == ""
    row = Recovery.get_by_id(recovery.id)
    assert (row.agent, row.decided_at, row.replaced) == (agent, NOON, OLD if yes else "")
    assert row.checked == ("counter" if yes else "")


def test_another_service_sees_and_decides_nothing(account: Account):
    recovery = confirmed()
    stranger = factories.agent(factories.service("75", "Paris"))
    with pytest.raises(Recovery.DoesNotExist):
        store.in_service(stranger.service_id, recovery.id)
    with pytest.raises(NoLongerOpen):
        recoveries.grant(recovery, stranger, SEEN, NOON)
    with pytest.raises(NoLongerOpen):
        recoveries.refuse(recovery, stranger, "Non.", NOON)
    assert Account.get_by_id(account.id).email == OLD
    assert Recovery.get_by_id(recovery.id).decided_at is None


def test_it_is_decided_once(account: Account):
    recovery, agent = confirmed(), factories.agent()
    recoveries.refuse(recovery, agent, "Non.", NOON)
    before = letters()
    with pytest.raises(NoLongerOpen):
        recoveries.grant(recovery, agent, SEEN, NOON)
    assert (letters(), Account.get_by_id(account.id).email) == (before, OLD)


def test_a_yes_closes_the_other_requests_of_the_account(account: Account):
    first, second = confirmed("une@exemple.fr"), confirmed("deux@exemple.fr")
    recoveries.grant(second, factories.agent(), SEEN, NOON)
    with pytest.raises(NoLongerOpen):
        recoveries.grant(first, factories.agent(), SEEN, NOON)


def test_before_it_is_confirmed_no_agent_decides(account: Account):
    ask()
    with pytest.raises(NoLongerOpen):
        recoveries.grant(Recovery.get(), factories.agent(), SEEN, NOON)


def test_an_address_of_somebody_else_is_given_to_nobody(account: Account):
    factories.account(email=NEW)
    recovery = confirmed()
    before = letters()
    with pytest.raises(AddressTaken):
        recoveries.grant(recovery, factories.agent(), SEEN, NOON)
    assert (letters(), Recovery.get_by_id(recovery.id).decided_at) == (before, None)


def test_the_old_mailbox_stops_it_once_and_for_all(account: Account):
    recovery = confirmed()
    link = str(letters()[-1]["facts"]["token"])
    assert recoveries.to_stop(link) == recovery
    recoveries.stop(link, NOON)
    with pytest.raises(NoLongerOpen):
        recoveries.grant(recovery, factories.agent(), SEEN, NOON)
    with pytest.raises(DeadLink):
        recoveries.stop(link, NOON)
    assert store.waiting(factories.service().id) == []


def test_after_the_decision_there_is_nothing_to_stop(account: Account):
    recovery = confirmed()
    link = str(letters()[-1]["facts"]["token"])
    recoveries.grant(recovery, factories.agent(), SEEN, NOON)
    assert recoveries.to_stop(link) is None
    with pytest.raises(DeadLink):
        recoveries.stop(link, NOON)


def test_what_leads_to_nobody_is_forgotten_in_days_and_the_rest_in_a_year(account: Account):
    decided = confirmed("une@exemple.fr")
    recoveries.refuse(decided, factories.agent(), "Non.", NOON)
    waits = confirmed("deux@exemple.fr")
    ask(email="trois@exemple.fr")  # never confirmed
    confirmed("quatre@exemple.fr", **WRONG[0])  # nobody's
    retention.delete_expired(NOON + timedelta(days=3))
    assert [one.id for one in Recovery.select().order_by(Recovery.id)] == [decided.id, waits.id]
    retention.delete_expired(NOON + timedelta(days=366))
    assert [one.id for one in Recovery.select()] == [waits.id]
