"""An applicant takes a copy of everything away, and deletes the account: behind the password, told before, undone."""

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from app import jobs
from app.domain.texts.notices import NoticeKind
from app.services.calendar import erasures
from app.services.messages import notices
from app.services.own_data import closing
from app.storage.files import FileMissing
from app.storage.models import (
    Account,
    Conversation,
    DataCopy,
    Dossier,
    Erasure,
    Message,
    Notice,
    Outbox,
    SearchWord,
)
from tests import factories
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import NOON, Clock
from tests.services.outside import Post, with_gateways
from tests.web.who_may_sheet import Browser

pytestmark = pytest.mark.engines("sqlite")

PAGE, COPY = "/fr/suivi/donnees", "/fr/suivi/donnees/copie"
CLOSE, KEEP = "/fr/suivi/donnees/supprimer", "/fr/suivi/donnees/garder"


@pytest.fixture
def post(app: Flask) -> Post:
    letters = Post()
    with_gateways(app, mail=letters)
    return letters


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """Filed, with the bytes of each file in the store, a message with the service, and printed papers."""
    filed = factories.filed()
    for document in filed.documents:
        factories.write(document, f"bytes of {document.slot}".encode())
    asked = Conversation.create(
        number="Q-2026-000009", account=filed.account, service=filed.service, email=filed.account.email,
        language="fr", topic="other", opened_at=NOON,
    )  # fmt: skip
    Message.create(conversation=asked, text="Où en est ma demande ?", at=NOON)
    return filed


@pytest.fixture
def client(visitor: Any, dossier: Dossier) -> PageClient:
    found: PageClient = visitor().sign_in(dossier.account)
    return found


def made(app: Flask, client: PageClient, clock: Clock) -> None:
    """Have a copy made."""
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 303
    assert "se prépare" in client.get(PAGE).text
    while jobs.run_once(app, clock()):
        pass


def test_the_copy_holds_everything_and_nothing_of_others(
    app: Flask, client: PageClient, dossier: Dossier, post: Post, clock: Clock
) -> None:
    other = factories.filed()
    made(app, client, clock)
    assert any("copie de vos données" in letter.subject for letter in post.letters)
    assert "Télécharger ma copie" in client.get(PAGE).text
    answer = client.post(COPY, {"password": PASSWORD})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    archive = ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    names = archive.namelist()
    given = [name for name in names if name.startswith(f"{dossier.reference}/documents/passport/")]
    assert [archive.read(name) for name in given] == [b"bytes of passport"]
    assert f"{dossier.reference}/papiers/demande.pdf" in names
    data = json.loads(archive.read("donnees.json"))
    assert data["account"]["email"] == dossier.account.email
    assert [one["reference"] for one in data["applications"]] == [dossier.reference]
    assert data["conversations"][0]["messages"][0]["text"] == "Où en est ma demande ?"
    page = archive.read("lisez-moi.html").decode()
    assert dossier.reference in page
    assert "Où en est ma demande ?" in page
    whole = page + archive.read("donnees.json").decode()
    for secret in (other.reference, other.account.email, dossier.account.password_hash, "<script"):
        assert secret not in whole


def test_it_is_made_in_the_language_it_was_asked_in(app: Flask, client: PageClient, clock: Clock) -> None:
    client.post("/en/suivi/donnees", {"password": PASSWORD})
    while jobs.run_once(app, clock()):
        pass
    archive = ZipFile(io.BytesIO(client.post("/en/suivi/donnees/copie", {"password": PASSWORD}).data))
    page = archive.read("read-me.html").decode()
    assert '<html lang="en">' in page
    assert "Your data" in page


@pytest.mark.parametrize("path", [PAGE, COPY, CLOSE])
def test_nothing_without_the_password(app: Flask, client: PageClient, clock: Clock, path: str) -> None:
    if path == COPY:
        made(app, client, clock)
    Dossier.update(state="unfavourable").execute()
    before = DataCopy.select().count()
    answer = client.post(path, {"password": "un autre mot", "sure": "yes"})
    assert answer.status_code == 422
    assert "Ce mot de passe" in answer.text
    assert DataCopy.select().count() == before
    assert Erasure.select().count() == 0


def test_a_second_copy_waits_a_day_and_replaces_the_first(
    app: Flask, client: PageClient, dossier: Dossier, clock: Clock
) -> None:
    made(app, client, clock)
    first = DataCopy.get().file_key
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 422
    assert DataCopy.get().file_key == first
    clock.advance(hours=25)
    client.sign_in(dossier.account)
    assert "plus récente" in client.get(PAGE).text
    made(app, client, clock)
    assert DataCopy.get().file_key not in ("", first)
    with pytest.raises(FileMissing):
        app.extensions["gateways"].files.read(first)


def test_an_open_application_keeps_the_account(app: Flask, client: PageClient, dossier: Dossier) -> None:
    page = client.get(CLOSE).text
    assert "encore en cours" in page
    assert dossier.reference in page
    answer = client.post(CLOSE, {"password": PASSWORD, "sure": "yes"})
    assert answer.status_code == 409
    assert Erasure.select().count() == 0


def ended(dossier: Dossier) -> None:
    Dossier.update(state="unfavourable").where(Dossier.id == dossier.id).execute()


def test_the_account_goes_after_a_fortnight_and_what_the_law_keeps_stays(
    app: Flask, visitor: Any, client: PageClient, dossier: Dossier, post: Post, clock: Clock
) -> None:
    ended(dossier)
    draft = factories.draft(dossier.account)
    number, email = dossier.account.foreign_number, dossier.account.email
    page = client.get(CLOSE).text
    assert "5 ans" in page
    assert "14 jours" in page
    assert dossier.reference in page
    assert client.post(CLOSE, {"password": PASSWORD, "sure": "yes"}).status_code == 303
    assert "7\u00a0décembre\u00a02026" in client.get(PAGE).text
    files = app.extensions["gateways"].files
    clock.advance(days=13, hours=23)
    assert erasures.sweep(files, clock()) == 0
    assert Account.get_by_id(dossier.account_id).email == email
    clock.advance(hours=2)
    assert erasures.sweep(files, clock()) == 1
    left = Account.get_by_id(dossier.account_id)
    assert (left.foreign_number, left.password_hash, left.phone) == (None, "", "")
    assert left.closed_at == clock()
    assert email not in (left.email, *(row.email for row in Conversation.select()))
    assert not SearchWord.select().where(SearchWord.word == email).exists()
    assert Dossier.get_or_none(Dossier.id == draft.id) is None
    assert Dossier.get_by_id(dossier.id).sealed
    assert Conversation.select().where(Conversation.dossier.is_null()).count() == 0
    while jobs.run_once(app, clock()):
        pass
    assert post.letters[-1].to == email
    assert "supprimé" in post.letters[-1].subject
    assert client.get("/fr/suivi/").status_code == 303, "signed out"
    again = factories.account(factories.identity(foreign_number=number), email=email)
    assert again.id != dossier.account_id, "the same person may begin anew"


def test_nobody_writes_to_an_address_that_was_given_up(
    app: Flask, client: PageClient, dossier: Dossier, post: Post, clock: Clock
) -> None:
    Account.update(closed_at=NOON).where(Account.id == dossier.account_id).execute()
    Outbox.delete().execute()
    notices.notify(dossier, NoticeKind.REOPENED, NOON, reason="Une erreur.")
    jobs.run_once(app, clock())
    assert post.letters == []
    assert Outbox.select().where(Outbox.done_at.is_null()).count() == 0


def test_it_is_kept_after_all(
    app: Flask, client: PageClient, dossier: Dossier, post: Post, clock: Clock
) -> None:
    ended(dossier)
    client.post(CLOSE, {"password": PASSWORD, "sure": "yes"})
    assert f'action="{KEEP}"' in client.get(PAGE).text
    assert f'action="{KEEP}"' in client.get("/fr/suivi/").text, "where one lands who changed one's mind"
    assert client.post(KEEP).status_code == 303
    assert f'action="{KEEP}"' not in client.get("/fr/suivi/").text
    assert closing.due(dossier.account_id) is None
    erasures.sweep(app.extensions["gateways"].files, clock.advance(days=20))
    assert Account.get_by_id(dossier.account_id).closed_at is None
    kinds = [notice.kind for notice in Notice.select().order_by(Notice.id)]
    assert kinds[-2:] == ["account_closing", "account_kept"]


def test_an_application_submitted_meanwhile_keeps_the_account(
    app: Flask, client: PageClient, dossier: Dossier, clock: Clock
) -> None:
    ended(dossier)
    client.post(CLOSE, {"password": PASSWORD, "sure": "yes"})
    Dossier.update(state="in_review").where(Dossier.id == dossier.id).execute()
    assert erasures.sweep(app.extensions["gateways"].files, clock.advance(days=15)) == 0
    assert Account.get_by_id(dossier.account_id).closed_at is None
    assert Notice.select().order_by(Notice.id.desc()).first().kind == "account_kept"


def test_the_row_that_was_left_goes_with_the_last_application(app: Flask, dossier: Dossier) -> None:
    ended(dossier)
    Account.update(closed_at=NOON, email="closed-1@invalid").where(Account.id == dossier.account_id).execute()
    Dossier.delete().execute()
    erasures.sweep(app.extensions["gateways"].files, NOON)
    assert Account.select().count() == 1
    erasures.sweep(app.extensions["gateways"].files, NOON + factories.days(31))
    assert Account.select().count() == 0


def test_who_has_no_password_needs_none_and_waits_all_the_same(app: Flask, clock: Clock) -> None:
    """The holder of a visa comes in by a mailed code each time."""
    browser = Browser(app, clock, account=factories.account(password_hash=""))
    assert 'name="password"' not in browser.get(PAGE).text
    assert browser.post(PAGE).status_code == 303
    while jobs.run_once(app, clock()):
        pass
    assert browser.get(f"{PAGE}?nouvelle=1").status_code == 200
    assert browser.post(PAGE).status_code == 429
    assert browser.post(COPY).headers["Content-Type"] == "application/zip"
    assert browser.post(CLOSE, {"sure": "yes"}).status_code == 303
