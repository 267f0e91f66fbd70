"""A file that a scanner has not seen is opened by nobody; one that had a virus goes, and its sender is told."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.gateways.antivirus import EICAR, DemonstrationScanner, Verdict
from app.services import virus_scans
from app.services.operations import stored_files
from app.storage import outbox
from app.storage.applications import dossiers
from app.storage.files import FileMissing
from app.storage.models import Attachment, AuditRecord, Conversation, Document, Dossier, Event, Notice, Outbox
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.intake.files import picture
from tests.services.outside import Post, with_gateways
from tests.web.agent_pages import address, enter, member
from tests.web.forms import sent
from tests.web.procedures import words

DRAFT = "/fr/demande/etudiant"


class Far:
    """A scanner across a network: it says what it is told to say, and keeps what it was shown."""

    near = False

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = list(verdicts)
        self.shown: list[bytes] = []

    def scan(self, content: bytes) -> Verdict:
        self.shown.append(content)
        return self.verdicts.pop(0) if self.verdicts else DemonstrationScanner().scan(content)


def infected() -> bytes:
    """A picture with a virus behind its last byte, which our copy does not have."""
    return picture() + EICAR


@pytest.fixture
def far(app: Flask) -> Far:
    """The scanner of the service, across a network."""
    scanner = Far()
    with_gateways(app, scanner=scanner)
    return scanner


def browser(visitor: Any, dossier: Dossier) -> PageClient:
    """The browser of a dossier's person."""
    return visitor().sign_in(dossier.account)


def give(client: PageClient, content: bytes) -> None:
    """Send a passport to a draft."""
    client.get(f"{DRAFT}/justificatifs")
    assert (
        client.post(f"{DRAFT}/pieces/passport", {"files": sent(content, "passeport.png")}).status_code == 303
    )


def reading(app: Flask, document: Any) -> list[str]:
    """The keys of a file whose bytes are in the store."""
    files, there = app.extensions["gateways"].files, []
    for key in (document.key, f"{document.key}.preview", f"{document.key}.original"):
        try:
            files.read(key)
            there.append(key.partition(".")[2] or "file")
        except FileMissing:
            pass
    return there


def test_the_worker_asks_a_far_scanner_and_the_file_opens_then(app: Flask, visitor: Any, far: Far) -> None:
    client = browser(visitor, factories.draft())
    give(client, infected()[: -len(EICAR)])
    assert far.shown == [], "no request waits for a scanner"
    document = Document.get()
    assert (document.scan, reading(app, document)) == ("waiting", ["file", "preview", "original"])
    for path in (f"/fr/suivi/pieces/{document.id}", f"/fr/suivi/pieces/{document.id}?preview=1"):
        assert client.get(path).status_code == 404
    assert "En vérification" in client.get(f"{DRAFT}/justificatifs").text
    jobs.run_once(app, NOON + timedelta(minutes=1))
    assert far.shown == [picture()], "what was sent, not what we made of it"
    document = Document.get()
    assert (document.scan, document.original_key) == ("clean", "")
    assert reading(app, document) == ["file", "preview"]
    assert client.get(f"/fr/suivi/pieces/{document.id}").status_code == 200
    assert "En vérification" not in client.get(f"{DRAFT}/justificatifs").text


@pytest.fixture(params=["draft", "pages", "message", "desk message", "desk document"])
def waits(
    request: pytest.FixtureRequest, visitor: Any, clock: Clock, far: Far
) -> tuple[PageClient, str, str]:
    """A page that shows a file in verification: its reader, its address, and what the page asks."""
    if request.param in {"draft", "pages"}:
        client = browser(visitor, factories.draft())
        give(client, picture())
        file = f"/fr/suivi/pieces/{Document.get().id}"
        page = f"{DRAFT}/justificatifs" if request.param == "draft" else f"{file}/pages"
        return client, page, f"{file}/verification"
    dossier = factories.filed()
    desk = enter(visitor(), member(dossier.service), clock)
    if request.param == "desk document":
        Document.update(scan="waiting").where(Document.slot == "passport").execute()
        number = Document.get(Document.slot == "passport").id
        page = f"{address(dossier)}?piece=passport&zoom=150"
        return desk, page, f"{address(dossier)}/fichiers/{number}/verification"
    desk.get(address(dossier, "ecrire"))
    written = {"text": "Voici un fichier.", "files": [sent(picture(), "bon.png")]}
    assert desk.post(address(dossier, "ecrire"), written).status_code == 303
    client, side = (browser(visitor, dossier), "suivi") if request.param == "message" else (desk, "agents")
    page = f"/fr/{side}/questions/{Conversation.get().number}"
    return client, page, f"{page}/fichiers/{Attachment.get().id}/verification"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("scan", ["clean", "infected"])
def test_every_page_of_a_file_in_verification_asks_for_two_minutes(
    app: Flask, visitor: Any, waits: tuple[PageClient, str, str], clock: Clock, scan: str
) -> None:
    client, page, ask = waits
    shown = client.get(page).text
    link = re.search(
        rf'<a href="([^"]+)" hx-boost="true" hx-trigger="click, scanned" hx-target="#([^"]+)"[^>]*><span hx-get="{ask}"',
        shown,
    )
    assert link, "without scripts, a link"
    there = link[1] if link[1] != "?" else page
    assert f'id="{link[2]}"' in client.get(unescape(there)).text
    assert "htmx" in shown
    readings = AuditRecord.select().count()
    strangers = (
        enter(visitor(), member(factories.service("75", "Paris")), clock),
        visitor().sign_in(factories.account()),
    )
    assert all(one.get(ask).status_code in {303, 403, 404} for one in strangers)
    assert client.get(ask).status_code == 204
    assert "HX-Trigger" not in client.get(ask).headers
    clock.advance(seconds=121)
    assert client.get(ask).status_code == 286, "htmx asks no more"
    assert AuditRecord.select().count() == readings, "asking opens nothing"
    for kind in (Document, Attachment):
        kind.update(scan=scan).execute()
    answer = client.get(ask)
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, "scanned")
    assert ask not in client.get(page).text


def test_a_near_scanner_answers_in_the_request(app: Flask, visitor: Any) -> None:
    client = browser(visitor, factories.draft())
    give(client, picture())
    assert (Document.get().scan, reading(app, Document.get())) == ("clean", ["file", "preview"])
    answer = client.post(f"{DRAFT}/pieces/passport", {"files": sent(infected(), "bail.png")})
    assert answer.status_code == 422
    assert "contient un virus" in answer.text


def test_a_virus_in_a_draft(app: Flask, visitor: Any, far: Far) -> None:
    draft = factories.draft()
    client = browser(visitor, draft)
    give(client, infected())
    post = Post()
    with_gateways(app, mail=post)
    jobs.run_once(app, NOON + timedelta(minutes=1))
    jobs.run_once(app, NOON + timedelta(minutes=2))
    document = Document.get()
    assert (document.scan, bool(document.removed_at), reading(app, document)) == ("infected", True, [])
    assert "passport" not in dossiers.received_keys(draft.id)
    assert Event.get(Event.action == "document_infected").facts == {"slot": "passport"}
    (letter,) = post.letters
    assert letter.to == draft.account.email
    assert "virus" in letter.text
    assert "Renvoyez le document" in letter.text
    page = client.get(f"{DRAFT}/justificatifs").text
    assert "passeport.png" in page
    assert "contient un virus" in page
    notice = client.get(f"/fr/suivi/messages/{Notice.get().id}").text
    assert "virus" in notice
    assert client.get(f"/fr/suivi/pieces/{document.id}/pages").status_code == 404
    give(client, picture())
    assert "contient un virus" not in client.get(f"{DRAFT}/justificatifs").text


def test_a_virus_in_an_application_under_way(app: Flask, visitor: Any, clock: Clock, far: Far) -> None:
    """It stays filed; its person is asked for the document at once, its officer reads why it is missing."""
    dossier = factories.filed()
    document = Document.get((Document.dossier == dossier) & (Document.slot == "passport"))
    factories.write(document, EICAR)
    Document.update(scan="waiting").where(Document.id == document.id).execute()
    desk, here = enter(visitor(), member(dossier.service), clock), f"{address(dossier)}?piece=passport"
    assert "antivirus n’a pas encore vu" in desk.get(here).text
    Outbox.delete().execute()
    outbox.post("scan_document", {"document": document.id}, NOON)
    jobs.run_once(app, NOON + timedelta(minutes=1))
    assert reading(app, document) == []
    stored_files.check(dossier.id, app.extensions["gateways"].files)
    assert Notice.select().where(Notice.kind == "file_infected", Notice.dossier == dossier).count() == 1
    client = browser(visitor, dossier)
    space = words(client.get("/fr/suivi/").text)
    assert "Un document est à renvoyer" in space
    assert "Vous n’avez rien à faire" not in space
    assert "contenait un virus" in words(desk.get(here).text)
    given = f"/fr/suivi/{dossier.reference}/documents"
    client.get(given)
    assert client.post(f"{given}/passport", {"files": sent(picture(), "p.png")}).status_code == 303
    assert "Un document est à renvoyer" not in words(client.get("/fr/suivi/").text)
    assert "contenait un virus" not in words(desk.get(here).text)


def test_a_scanner_that_is_away_then_answers_is_asked_about_all_at_once(app: Flask, far: Far) -> None:
    far.verdicts = [Verdict.NOT_SCANNED, Verdict.NOT_SCANNED, Verdict.CLEAN, Verdict.CLEAN]
    draft = factories.draft()
    for slot in ("passport", "housing"):
        document = factories.document(draft, slot, scan="waiting")
        outbox.post("scan_document", {"document": document.id}, NOON)
    jobs.run_once(app, NOON + timedelta(minutes=1))
    assert {one.scan for one in Document.select()} == {"waiting"}, "scanner off is never clean"
    Outbox.update(due_at=NOON + timedelta(hours=6)).where(Outbox.id == Outbox.select().first().id).execute()
    jobs.run_once(app, NOON + timedelta(minutes=2))
    jobs.run_once(app, NOON + timedelta(minutes=3))
    assert {one.scan for one in Document.select()} == {"clean"}, "no file waits for its next try"


def test_a_file_removed_meanwhile_is_nobodys_work(app: Flask, far: Far) -> None:
    outbox.post("scan_document", {"document": factories.document(factories.draft(), "passport").id}, NOON)
    outbox.post("scan_attachment", {"attachment": 1}, NOON)
    Document.delete().execute()
    assert jobs.run_once(app, NOON + timedelta(minutes=1)) == 2
    assert (outbox.backlog(), far.shown) == ({"waiting": 0, "failed": 0}, [])


@pytest.mark.parametrize("by", ["applicant", "visitor", "agent"])
def test_a_file_of_a_message(by: str, app: Flask, visitor: Any, clock: Clock, far: Far) -> None:
    dossier = factories.filed()
    desk = enter(visitor(), member(dossier.service), clock)
    files = {"files": [sent(picture(), "bon.png"), sent(infected(), "mauvais.png")]}
    asked = {"topic": "other", "text": "Voici deux fichiers, merci."}
    if by == "agent":
        desk.get(address(dossier, "ecrire"))
        desk.post(address(dossier, "ecrire"), {"text": "Voici deux fichiers.", **files})
    else:
        writer = browser(visitor, dossier) if by == "applicant" else visitor()
        writer.get("/fr/aide/ecrire")
        email = {"email": "passant@exemple.fr", "postcode": "69003"} if by == "visitor" else {}
        assert writer.post("/fr/aide/ecrire", {**asked, **email, **files}).status_code == 303
    number = Conversation.get().number
    good, bad = Attachment.select().order_by(Attachment.id)
    read = f"/fr/agents/questions/{number}"
    assert "En vérification" in desk.get(read).text
    assert [desk.get(f"{read}/fichiers/{one.id}").status_code for one in (good, bad)] == [404, 404]
    post = Post()
    with_gateways(app, mail=post)
    Outbox.delete().where(Outbox.kind != "scan_attachment").execute()
    jobs.run_once(app, NOON + timedelta(minutes=1))
    jobs.run_once(app, NOON + timedelta(minutes=2))
    assert [desk.get(f"{read}/fichiers/{one.id}").status_code for one in (good, bad)] == [200, 404]
    assert "Virus trouvé" in desk.get(read).text
    assert [reading(app, one) for one in (good, bad)] == [["file"], []]
    told = {letter.to for letter in post.letters}
    writers = {"applicant": {dossier.account.email}, "visitor": {"passant@exemple.fr"}, "agent": set[str]()}
    assert told == writers[by]


def test_a_copy_and_an_archive_leave_out_what_nobody_may_open(app: Flask, visitor: Any, clock: Clock) -> None:
    from zipfile import ZipFile

    dossier = factories.filed()
    Document.update(scan="waiting").where(Document.slot == "passport").execute()
    desk = enter(visitor(), member(dossier.service), clock)
    answer = desk.get(address(dossier, "dossier.zip"))
    assert answer.status_code == 200
    names = ZipFile(BytesIO(answer.data)).namelist()
    kept = {name.split("/")[1][3:] for name in names if name.startswith("documents/")}
    assert kept == {one.slot for one in Document.select()} - {"passport"}


@pytest.mark.engines("sqlite")
def test_a_scan_beside_another_worker_s_ends_quietly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    read_before = Document(id=1, scan="waiting", key="gone", original_key="gone.original")
    monkeypatch.setattr(virus_scans.retention, "document", lambda _number: read_before)
    files = app.extensions["gateways"].files
    virus_scans.scan_document(1, Far(), files, NOON)  # no row waits: another worker was first
