"""Another e-mail address, chosen by its person and confirmed by the link sent there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.services.access.origins import Origin
from app.services.accounts import accounts, email_sign_in
from app.storage import outbox
from app.storage.models import Account, Dossier, Event, Outbox
from tests import factories
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import NOON, Clock
from tests.services.outside import Post, with_gateways

pytestmark = pytest.mark.engines("sqlite")

PAGE, NEW = "/fr/suivi/adresse-e-mail", "nouvelle@exemple.fr"


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """Filed; the letter that says so was refused."""
    filed = factories.filed()
    outbox.end(Outbox.get(Outbox.kind == "mail_notice"), "MailRefused 550", NOON)
    Outbox.delete().where(Outbox.kind != "mail_notice").execute()
    return filed


@pytest.fixture
def post(app: Flask) -> Post:
    letters = Post()
    with_gateways(app, mail=letters)
    return letters


@pytest.fixture
def client(visitor: Any, dossier: Dossier) -> PageClient:
    found: PageClient = visitor().sign_in(dossier.account)
    found.get(PAGE)
    return found


def asked(app: Flask, client: PageClient, post: Post, clock: Clock, email: str = NEW) -> str:
    """The link of the letter to the new address."""
    assert client.post(PAGE, {"email": email, "password": PASSWORD}).status_code == 303
    jobs.run_once(app, clock())
    assert [letter.to for letter in post.letters] == [email]
    found = re.search(r"http://localhost(/fr/suivi/adresse-e-mail/lien/\S+)", post.letters.pop().text)
    assert found
    return found[1]


def test_letters_that_were_refused_arrive_at_the_new_address(
    app: Flask, visitor: Any, client: PageClient, post: Post, dossier: Dossier, clock: Clock
) -> None:
    old = dossier.account.email
    link = asked(app, client, post, clock)
    assert Account.get_by_id(dossier.account_id).email == old, "nothing changes before the link is used"
    elsewhere: PageClient = visitor()
    elsewhere.get(link)
    assert Account.get_by_id(dossier.account_id).email == old, "a scanner of mails opens links too"
    assert elsewhere.post(link).status_code == 200
    assert Account.get_by_id(dossier.account_id).email == NEW
    jobs.run_once(app, clock())
    assert sorted(letter.to for letter in post.letters) == sorted([NEW, old])
    assert "refuse nos messages" not in client.get("/fr/suivi/").text
    assert Event.get(Event.action == "mailbox_own").dossier_id == dossier.id
    for again in (elsewhere.post(link), elsewhere.get(link)):
        assert again.status_code == 200, "neither a second click nor the way back reads of a dead link"
        assert "Votre adresse e-mail est changée" in again.text
    assert Event.select().where(Event.action == "mailbox_own").count() == 1, "once"
    Account.update(email="troisieme@exemple.fr").execute()
    assert elsewhere.get(link).status_code == 410


def test_without_the_password_no_link_leaves(client: PageClient, dossier: Dossier) -> None:
    answer = client.post(PAGE, {"email": NEW, "password": "autre chose"})
    assert answer.status_code == 422
    assert "mot de passe n’est pas celui" in answer.text
    assert not Outbox.select().where(Outbox.kind == "mail")


def test_a_link_ends_after_a_day(
    app: Flask, client: PageClient, post: Post, dossier: Dossier, clock: Clock
) -> None:
    link = asked(app, client, post, clock)
    clock.advance(hours=24, seconds=1)
    assert client.get(link).status_code == 410
    assert client.get(link[:-2] + "xx").status_code == 410


def test_the_address_of_another_account_stays_there(
    app: Flask, client: PageClient, post: Post, dossier: Dossier, clock: Clock
) -> None:
    factories.account(factories.identity(foreign_number="9920000177"), email="prise@exemple.fr")
    link = asked(app, client, post, clock, "prise@exemple.fr")
    client.get(link)
    assert client.post(link).status_code == 409
    assert Account.get_by_id(dossier.account_id).email != "prise@exemple.fr"
    assert clock() - NOON < timedelta(days=1)


def test_what_the_old_mailbox_received_opens_nothing_any_more(
    app: Flask, client: PageClient, post: Post, dossier: Dossier, clock: Clock
) -> None:
    account, here = dossier.account, Origin("192.0.2.1")
    link = asked(app, client, post, clock)
    accounts.ask_reset(account.email, here, clock())
    email_sign_in.write(account, "of a browser", clock())
    letters = [row.payload for row in Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)]
    reset, entry = (str(letter["facts"]["token"]) for letter in letters if "facts" in letter)
    assert accounts.link_holder(reset, clock())
    assert email_sign_in.link_is_live(entry, clock())
    client.get(link)
    assert client.post(link).status_code == 200
    assert accounts.link_holder(reset, clock()) is None
    assert not email_sign_in.link_is_live(entry, clock())
