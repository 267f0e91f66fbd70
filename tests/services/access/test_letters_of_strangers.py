"""Attacks with letters: one mailbox filled by ever new sign-ups, and codes guessed letter after letter."""

from datetime import timedelta

import pytest
from flask import Flask

from app.services.access.origins import Origin
from app.services.access.refusals import WrongCode
from app.services.access.throttles import TooSoon
from app.services.accounts import email_sign_in, signups
from app.storage.models import Account, Outbox, Signup
from tests import factories
from tests.fixtures import NOON
from tests.services.accounts.test_signups import again, begun, sent_to

HERE = Origin("192.0.2.1")


@pytest.fixture(autouse=True)
def _database(app: Flask) -> None:
    """Every test here writes."""


def test_ever_new_signups_do_not_fill_one_mailbox():
    for _round in range(6):
        sent_to(begun(), "victim@exemple.fr")
        Signup.update(code_sent_at=None).execute()
    with pytest.raises(TooSoon):
        sent_to(begun(), "victim@exemple.fr")


def test_codes_are_guessed_thirty_times_a_day_whatever_the_letters():
    """F8: five guesses a letter, and letter after letter."""
    seen = 0
    for hour in range(24):
        at = NOON.replace(hour=0) + timedelta(hours=hour)
        signup = begun()
        code = sent_to(signup, "victim@exemple.fr", at=at)["code"]
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for place in range(5):
            with pytest.raises((WrongCode, TooSoon)) as refused:
                signups.verify(again(signup), wrong, Origin(f"198.51.100.{hour * 5 + place}"), at)
            seen += refused.type is WrongCode
    assert seen == 30


def test_somebody_elses_guesses_do_not_shut_the_holder_out():
    """The browser that is known passes, and so does the link of any letter."""
    person: Account = factories.account(email="anh@exemple.fr")
    Account.update(foreign_number=None).execute()
    for place in range(40):
        token = email_sign_in.ask("anh@exemple.fr", "", HERE, NOON + timedelta(minutes=16 * place))
        stranger = Origin(f"198.51.100.{place}")
        with pytest.raises((WrongCode, TooSoon)):
            email_sign_in.by_code(token, "000000", stranger, NOON + timedelta(minutes=16 * place))
    last = Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id.desc()).get().payload["facts"]
    at = NOON + timedelta(minutes=16 * 39)
    with pytest.raises(TooSoon):
        email_sign_in.by_code(token, last["code"], HERE, at)
    assert email_sign_in.by_link(last["token"], at) == person
