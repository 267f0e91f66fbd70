"""Accounts of who comes with a visa, and the way in by mail until there is a number."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.services.access.origins import Origin
from app.services.access.refusals import DeadLink, WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts, email_sign_in, signups
from app.services.accounts.signups import NotRecognised, Typed
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.storage.models import Account, Dossier, Entry, Outbox, Signup
from app.storage.people import accounts as store
from app.storage.review import dossier_view
from tests import factories, visas
from tests.fixtures import NOON
from tests.services.outside import with_gateways
from tests.services.register import Register
from tests.statements import asked

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
    written = Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)
    return [row.payload for row in written if row.payload["to"]]


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


# --- the account


def identify(register: Register, **changes: Any) -> str:
    typed = {"number": visas.VISA, "valid_from": visas.FIRST_DAY, "valid_until": visas.LAST_DAY} | changes
    return signups.identify(register, Typed(**typed, on_visa=True), HERE, "fr", NOON)


def opened(register: Register, password: str) -> Account:
    """The three screens."""
    signup = signups.signup_of(identify(register), NOON)
    assert signup is not None
    signups.set_email(signup, MAIL, "secret", HERE, NOON)
    signups.verify(Signup.get_by_id(signup.id), facts()["code"], HERE, NOON)
    return signups.create(Signup.get_by_id(signup.id), password, NOON)


@pytest.mark.parametrize("written", [visas.VISA, "FRA 330000203", "fra330000203", "330 000 203"])
def test_a_visa_is_recognised_however_its_number_is_written(written: str):
    assert identify(Register(**visas.record()), number=written)


WRONG = [
    {"number": "330000999"},
    {"valid_from": visas.FIRST_DAY + timedelta(days=1)},
    {"valid_until": visas.LAST_DAY - timedelta(days=1)},
]


@pytest.mark.parametrize("typed", [{}, *WRONG])
@pytest.mark.parametrize("number", [None, "9920000777"])
def test_a_wrong_datum_and_a_visa_that_has_its_account_are_one_answer(
    typed: dict[str, Any], number: str | None
):
    visas.holder(email=MAIL, foreign_number=number)
    register = Register(**visas.record())
    with pytest.raises(NotRecognised):
        identify(register, **typed)
    assert register.questions == 1
    assert [(one["to"], one["facts"]) for one in letters()] == ([] if typed else [(MAIL, {"by": "visa"})])


def test_an_unknown_visa_costs_the_work_of_a_known_one(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, str]] = []
    by_papers = signups.store.by_papers
    monkeypatch.setattr(signups.store, "by_papers", lambda *key: asked.append(key) or by_papers(*key))
    for typed in ({"number": "330000999"}, WRONG[1]):
        with pytest.raises(NotRecognised):
            identify(Register(**visas.record()), **typed)
    assert len(asked) == 2


def test_who_exchanges_a_visa_opens_without_number_nor_password():
    account = opened(Register(**visas.record()), "")
    assert (account.foreign_number, account.visa_number, account.password_hash) == (None, visas.VISA, "")
    for password in ("", " ", "x"):
        with pytest.raises(WrongCredentials):
            accounts.authenticate(MAIL, password, HERE, NOON)


def test_who_validates_a_visa_chooses_a_password():
    account = opened(Register(**visas.record("VLS-TS")), CHOSEN)
    assert (account.foreign_number, accounts.authenticate(MAIL, CHOSEN, HERE, NOON)) == (None, account)


def test_a_validated_visa_opens_the_account_of_its_reference():
    held = visas.record("VLS-TS", foreign_number="9920000202", validated_on="2026-11-10")
    account = opened(Register(**held), CHOSEN)
    assert account.foreign_number == "9920000202"
    assert accounts.authenticate("9920 000 202", CHOSEN, HERE, NOON) == account
    # Their reference and dates are the same account: it cannot be opened twice, by either way.
    with pytest.raises(NotRecognised):
        identify(Register(**held))


# --- entering by mail


def test_a_code_enters_once():
    account = visas.holder(email=MAIL)
    token = email_sign_in.ask(MAIL, "", HERE, NOON)
    code = facts()["code"]
    assert email_sign_in.by_code(token, f" {code[:3]} {code[3:]} ", HERE, NOON) == account
    with pytest.raises(WrongCode):
        email_sign_in.by_code(token, code, HERE, NOON)
    with pytest.raises(DeadLink):
        email_sign_in.by_link(facts()["token"], NOON)


def test_a_link_enters_once_and_looking_uses_nothing_up():
    account = visas.holder(email=MAIL)
    email_sign_in.ask(MAIL, "", HERE, NOON)
    link = facts()["token"]
    assert email_sign_in.link_is_live(link, NOON)
    assert email_sign_in.by_link(link, NOON) == account
    assert not email_sign_in.link_is_live(link, NOON)


@pytest.mark.parametrize(("minutes", "live"), [(29, True), (30, False)])
def test_a_link_lives_half_an_hour(minutes: int, live: bool):
    visas.holder(email=MAIL)
    email_sign_in.ask(MAIL, "", HERE, NOON)
    assert email_sign_in.link_is_live(facts()["token"], NOON + timedelta(minutes=minutes)) is live


@pytest.mark.parametrize(("minutes", "live"), [(9, True), (10, False)])
def test_a_code_lives_ten_minutes(minutes: int, live: bool):
    visas.holder(email=MAIL)
    token = email_sign_in.ask(MAIL, "", HERE, NOON)
    at = NOON + timedelta(minutes=minutes)
    if live:
        assert email_sign_in.by_code(token, facts()["code"], HERE, at)
    else:
        with pytest.raises(WrongCode):
            email_sign_in.by_code(token, facts()["code"], HERE, at)


def test_after_five_wrong_codes_the_right_one_is_wrong():
    visas.holder(email=MAIL)
    token = email_sign_in.ask(MAIL, "", HERE, NOON)
    right = facts()["code"]
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCode) as told:
            email_sign_in.by_code(token, f"{(int(right) + 1) % 1_000_000:06d}", HERE, NOON)
        assert told.value.left == left
    with pytest.raises(WrongCode):
        email_sign_in.by_code(token, right, HERE, NOON)


@pytest.mark.parametrize(
    ("email", "theirs"),
    [(MAIL, True), (MAIL, False), ("personne@exemple.fr", False), ("numero@exemple.fr", False)],
)
def test_a_letter_leaves_only_for_a_right_reference_and_nothing_else_differs(email: str, theirs: bool):
    mine = filed(visas.holder(email=MAIL))
    other = filed(factories.account(email="numero@exemple.fr"), visas.FIRST_PERMIT)
    before = len(letters())
    token = email_sign_in.ask(email, str((mine if theirs else other).reference), HERE, NOON)
    assert len(letters()) - before == int(theirs)
    row = Entry.get()
    assert (row.account is not None) == theirs
    with pytest.raises(WrongCode):
        email_sign_in.by_code(token, "", HERE, NOON)


def statements(run: list[tuple[str, Any]]) -> list[str]:
    """What was asked, without the names of savepoints."""
    return [sql.partition('"s')[0] if sql.startswith(("SAVE", "RELEASE")) else sql for sql, _values in run]


def test_asking_for_the_unknown_is_the_same_work(monkeypatch: pytest.MonkeyPatch):
    visas.holder(email=MAIL)
    with asked(monkeypatch) as of_known:
        email_sign_in.ask(MAIL, "", HERE, NOON)
    with asked(monkeypatch) as of_unknown:
        email_sign_in.ask("personne@exemple.fr", "", HERE, NOON)
    assert statements(of_known) == statements(of_unknown)


@pytest.mark.parametrize("email", [MAIL, "personne@exemple.fr"])
def test_no_mailbox_is_flooded(email: str):
    visas.holder(email=MAIL)
    for _time in range(6):
        email_sign_in.ask(email, "", HERE, NOON)
    with pytest.raises(TooSoon):
        email_sign_in.ask(email, "", HERE, NOON)


def test_who_forgot_a_password_they_never_had_is_let_in_by_the_letter():
    account = visas.holder(email=MAIL)
    accounts.ask_reset(MAIL, HERE, NOON)
    assert letters()[-1]["template"] == "mail/accounts/enter.txt"
    assert email_sign_in.by_link(facts()["token"], NOON) == account


def test_a_code_that_another_request_used_at_the_same_instant_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = factories.account(email=MAIL, foreign_number=None)
    token = email_sign_in.ask(MAIL, "", HERE, NOON)
    code = Outbox.select().where(Outbox.kind == "mail").get().payload["facts"]["code"]

    def first_the_other(entry_id: int, _most: int) -> bool:
        return store.spend_entry(entry_id, NOON)

    monkeypatch.setattr(store, "count_try", first_the_other)
    with pytest.raises(WrongCode):
        email_sign_in.by_code(token, code, HERE, NOON)
    assert Entry.get().account_id == account.id
