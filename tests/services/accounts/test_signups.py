"""An account in the making: what is told, what is not, and what a letter opens."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.keys import KeyPurpose
from app.services.access.origins import Origin
from app.services.access.passwords import WeakPassword, verify_password
from app.services.access.refusals import WrongCode
from app.services.access.throttles import TooSoon
from app.services.accounts import signups
from app.services.accounts.signups import AccountExists, NotRecognised, NotVerified, RegisterAway, Typed
from app.storage.models import Account, Outbox, Signup
from tests import factories
from tests.fixtures import NOON, RING
from tests.services.register import FIRST, LAST, NUMBER, Register
from tests.statements import asked

HERE = Origin("192.0.2.1")
SECRET = RING.of(KeyPurpose.LINKS)
PASSWORD = "quatre saules au bord du canal"
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _database(app: Flask) -> None:
    """Every test here writes."""


def identify(register: Register | None = None, source: Origin = HERE, **changes: Any) -> str:
    typed = {"number": NUMBER, "valid_from": FIRST, "valid_until": LAST} | changes
    return signups.identify(register or Register(), Typed(**typed), source, "fr", NOON)


def begun() -> Signup:
    signup = signups.signup_of(identify(), NOON)
    assert signup is not None
    return signup


def again(signup: Signup) -> Signup:
    """The row as it is now."""
    return Signup.get_by_id(signup.id)


def letters() -> list[dict[str, Any]]:
    written = Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)
    return [row.payload for row in written if row.payload["to"]]


def sent_to(signup: Signup, email: str = "anh@exemple.fr", at: Any = NOON) -> dict[str, Any]:
    """Write to an address; what the letter holds."""
    signups.set_email(signup, email, SECRET, HERE, at)
    facts: dict[str, Any] = letters()[-1]["facts"]
    return facts


def verified() -> Signup:
    signup = begun()
    code = sent_to(signup)["code"]
    signups.verify(again(signup), code, HERE, NOON)
    return again(signup)


# --- the permit


@pytest.mark.parametrize("number", [NUMBER, "99 20 00 01 37", "9920.000.137"])
def test_a_permit_is_recognised(number: str):
    signup = signups.signup_of(identify(number=number), NOON)
    assert signup is not None
    assert (signup.foreign_number, signup.identity["surname"]) == (NUMBER, "Nguyễn")


def test_a_number_of_nine_digits_becomes_one_of_ten():
    signup = signups.signup_of(identify(Register(foreign_number="123456789"), number="123456789"), NOON)
    assert signup is not None
    assert signup.foreign_number == "0123456789"


WRONG = [
    {"number": "9999999999"},
    {"valid_from": FIRST + timedelta(days=1)},
    {"valid_until": LAST - timedelta(days=1)},
]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("has_account", [False, True])
def test_every_wrong_datum_is_one_answer_and_no_letter(wrong: dict[str, Any], has_account: bool):
    if has_account:
        factories.account(factories.identity(foreign_number=NUMBER))
    with pytest.raises(NotRecognised):
        identify(**wrong)
    assert letters() == []
    assert Signup.select().count() == 0


def test_a_number_that_has_an_account_is_the_same_answer_and_its_holder_is_told():
    factories.account(factories.identity(foreign_number=NUMBER), email="holder@exemple.fr", language="en")
    with pytest.raises(NotRecognised):
        identify()
    [letter] = letters()
    assert letter == {
        "template": "mail/accounts/account_exists.txt",
        "to": "holder@exemple.fr",
        "language": "en",
        "facts": {"by": "number"},
    }
    assert Signup.select().count() == 0


def test_a_number_that_has_an_account_is_the_work_of_an_unknown_one(monkeypatch: pytest.MonkeyPatch):
    factories.account(factories.identity(foreign_number=NUMBER))
    runs = []
    for typed in ({}, WRONG[-1]):
        with asked(monkeypatch) as run, pytest.raises(NotRecognised):
            identify(**typed)
        runs.append([sql for sql, _values in run])
    assert runs[0] == runs[1]


def test_the_register_is_asked_once_whatever_is_typed():
    factories.account(factories.identity(foreign_number=NUMBER))
    for typed in ({}, *WRONG):
        register = Register()
        with pytest.raises(NotRecognised):
            identify(register, **typed)
        assert register.questions == 1


def test_failures_delay_this_number_from_this_source_only():
    for _try in range(6):
        with pytest.raises(NotRecognised):
            identify(valid_until=LAST - timedelta(days=1))
    with pytest.raises(TooSoon):
        identify()
    assert identify(source=Origin("192.0.2.2"))


def test_a_silent_register_concludes_nothing():
    register = Register()
    register.away = True
    for _try in range(8):
        with pytest.raises(RegisterAway):
            identify(register)
    register.away = False
    assert identify(register)


def test_a_signup_lasts_a_day():
    token = identify()
    assert signups.signup_of(token, NOON + timedelta(hours=23, minutes=59))
    assert signups.signup_of(token, NOON + timedelta(hours=24)) is None
    assert signups.signup_of("another token", NOON) is None


# --- the address


def test_a_code_of_six_digits_and_a_link_are_sent():
    facts = sent_to(begun())
    assert len(facts["code"]) == 6
    assert facts["code"].isdecimal()
    assert facts["token"]
    assert letters()[-1]["to"] == "anh@exemple.fr"


@pytest.mark.parametrize("written", ["{0}", " {0} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "{0}\n"])
def test_the_code_verifies_the_address(written: str):
    signup = begun()
    code = sent_to(signup)["code"]
    signups.verify(again(signup), written.format(code), HERE, NOON)
    assert again(signup).verified_at == NOON


def test_a_wrong_code_tells_how_many_tries_remain_and_the_sixth_try_is_none():
    signup = begun()
    code = sent_to(signup)["code"]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCode) as told:
            signups.verify(again(signup), wrong, HERE, NOON)
        assert told.value.left == left
    with pytest.raises(WrongCode):
        signups.verify(again(signup), code, HERE, NOON)
    assert again(signup).verified_at is None


def test_a_code_is_good_for_half_an_hour():
    signup = begun()
    code = sent_to(signup)["code"]
    with pytest.raises(WrongCode):
        signups.verify(again(signup), code, HERE, NOON + HALF_AN_HOUR)
    signups.verify(again(signup), code, HERE, NOON + HALF_AN_HOUR - timedelta(seconds=1))


def test_a_new_code_replaces_the_old_one():
    signup = begun()
    old = sent_to(signup)["code"]
    new = sent_to(again(signup), at=NOON + timedelta(minutes=1))["code"]
    if old != new:
        with pytest.raises(WrongCode):
            signups.verify(again(signup), old, HERE, NOON + timedelta(minutes=1))
    signups.verify(again(signup), new, HERE, NOON + timedelta(minutes=1))


def test_the_same_address_is_written_to_after_half_a_minute():
    signup = begun()
    sent_to(signup)
    with pytest.raises(TooSoon) as soon:
        sent_to(again(signup), at=NOON + timedelta(seconds=10))
    assert soon.value.until == NOON + signups.RESEND_AFTER
    sent_to(again(signup), at=NOON + timedelta(seconds=30))
    assert len(letters()) == 2


def test_a_typo_is_mended_at_once_and_the_first_address_opens_nothing():
    signup = begun()
    first = sent_to(signup, "ahn@exemple.fr")
    sent_to(again(signup), "anh@exemple.fr")
    assert again(signup).email == "anh@exemple.fr"
    assert signups.signup_of_link(first["token"], SECRET, NOON) is None


def test_nobody_is_flooded_by_changing_the_address():
    signup = begun()
    for place in range(6):
        sent_to(again(signup), f"other{place}@exemple.fr")
    with pytest.raises(TooSoon):
        sent_to(again(signup), "victim@exemple.fr")


def test_changing_the_address_takes_the_verification_back():
    signup = verified()
    sent_to(signup, "other@exemple.fr")
    assert again(signup).verified_at is None


def test_an_address_that_has_an_account_is_told_so_by_mail_and_no_code_fits():
    factories.account(email="anh@exemple.fr")
    signup = begun()
    assert sent_to(signup) == {"by": "email"}
    assert letters()[-1]["template"] == "mail/accounts/account_exists.txt"
    for code in ("", "000000", "-" * 64):
        with pytest.raises(WrongCode):
            signups.verify(again(signup), code, HERE, NOON)


def test_the_link_leads_to_the_signup_on_any_device_and_confirms_nothing_by_itself():
    signup = begun()
    token = sent_to(signup)["token"]
    found = signups.signup_of_link(token, SECRET, NOON)
    assert found is not None
    assert found.id == signup.id
    assert again(signup).verified_at is None
    signups.confirm(found, NOON)
    assert again(signup).verified_at == NOON


def test_a_link_is_good_for_half_an_hour_and_cannot_be_made_up():
    token = sent_to(begun())["token"]
    assert signups.signup_of_link(token, SECRET, NOON + HALF_AN_HOUR)
    assert signups.signup_of_link(token, SECRET, NOON + HALF_AN_HOUR + timedelta(seconds=1)) is None
    assert signups.signup_of_link(token, RING.of(KeyPurpose.FORMS), NOON) is None
    assert signups.signup_of_link(token[:-1], SECRET, NOON) is None


# --- the password


def test_an_account_is_made_once():
    signup = verified()
    account = signups.create(signup, PASSWORD, NOON)
    assert (account.foreign_number, account.email) == (NUMBER, "anh@exemple.fr")
    assert verify_password(account.password_hash, PASSWORD)
    assert Signup.select().count() == 0
    with pytest.raises(AccountExists):
        signups.create(signup, PASSWORD, NOON)
    assert Account.select().count() == 1


def test_nothing_is_made_before_the_address_is_verified():
    signup = begun()
    sent_to(signup)
    with pytest.raises(NotVerified):
        signups.create(again(signup), PASSWORD, NOON)


def test_a_password_about_the_person_is_refused():
    signup = verified()
    with pytest.raises(WeakPassword):
        signups.create(signup, "Nguyễn Thị Ánh 2002", NOON)
    assert Account.select().count() == 0
