"""What an agent takes from a dossier: its papers one by one, sent with a message, and all of it in one file."""

import io
import zipfile
from datetime import timedelta

import pytest
from flask import Flask

from app import jobs
from app.services.review import archive, papers
from app.services.review.dossier_view import view_dossier
from app.storage.applications import audit
from app.storage.models import Agent, Attachment, Attestation, Document, Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON
from tests.statements import asked
from tests.web.agent_pages import Visitor, act, address, targets


@pytest.fixture
def printed(app: Flask, desk: PageClient, taken: Dossier) -> Dossier:
    """An application refused, its papers printed, one document alone in the store."""
    act(desk, taken, "refuse", reason="Les études ne sont pas prouvées.")
    jobs.run_once(app, NOON + timedelta(hours=1))
    _first, *others = Document.select().where(Document.dossier == taken.id).order_by(Document.id)
    for file in others:
        app.extensions["gateways"].files.delete(file.key)
    return taken


def keys(page: str) -> list[str]:
    """The papers that a page offers."""
    return sorted(
        {link.split("/papiers/")[1].split(".pdf")[0] for link in targets(page) if "/papiers/" in link}
    )


def read(dossier: Dossier) -> int:
    """How often its readers' log tells a reading."""
    return len(audit.readings(dossier.id, 100))


def test_each_paper_opens_and_is_in_the_readers_log(desk: PageClient, printed: Dossier) -> None:
    code = Attestation.get().code
    assert keys(desk.get(address(printed)).text) == [f"attestation-{code}", "demande"]
    letter = next(link for link in targets(desk.get(address(printed)).text) if "/lettres/" in link)
    before = read(printed)
    papers = [*keys(desk.get(letter).text), f"attestation-{code}", "demande"]
    for paper in papers:
        answer = desk.get(f"{address(printed)}/papiers/{paper}.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(b"%PDF")
    assert len(papers) == 3
    assert read(printed) == before + 4
    told = audit.readings(printed.id, 1)[0].facts
    assert told == {"paper": "demande"}


def test_no_paper_of_another_dossier_or_service(desk: PageClient, printed: Dossier, visitor: Visitor) -> None:
    other = factories.filed()
    code = Attestation.get(Attestation.dossier == other.id).code
    assert desk.get(f"{address(printed)}/papiers/attestation-{code}.pdf").status_code == 404
    Dossier.update(service=factories.service("75", "Paris")).where(Dossier.id == printed.id).execute()
    before = read(printed)
    for place in ("papiers/demande.pdf", "dossier.zip"):
        assert desk.get(f"{address(printed)}/{place}").status_code == 404
    assert read(printed) == before


def test_until_it_is_printed_the_dossier_says_so(desk: PageClient, dossier: Dossier) -> None:
    page = desk.get(address(dossier)).text
    assert keys(page) == []
    assert "Le PDF se prépare" in page
    answer = desk.get(f"{address(dossier)}/papiers/demande.pdf")
    assert answer.location == f"{address(dossier)}#papiers"


def test_a_certificate_is_sent_with_a_message(desk: PageClient, printed: Dossier, visitor: Visitor) -> None:
    code = Attestation.get().code
    page = desk.get(f"{address(printed)}/ecrire?joindre=attestation-{code}").text
    assert f'value="attestation-{code}" checked' in page
    assert 'value="demande">' in page
    sent = {"text": "Voici votre attestation.", "joindre": [f"attestation-{code}", "attestation-AAAA9999"]}
    answer = desk.post(f"{address(printed)}/ecrire", sent)
    assert answer.status_code == 303
    (file,) = Attachment.select()
    assert (file.name, file.media_type) == (f"attestation-{code}.pdf", "application/pdf")
    theirs = visitor().sign_in(printed.account)
    number = answer.location.split("/")[-1].split("?")[0]
    (link,) = [
        link for link in targets(theirs.get(f"/fr/suivi/questions/{number}").text) if "/fichiers/" in link
    ]
    assert theirs.get(link).data.startswith(b"%PDF")


def test_the_whole_dossier_is_one_file(desk: PageClient, printed: Dossier) -> None:
    before = read(printed)
    answer = desk.get(f"{address(printed)}/dossier.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="dossier-{printed.reference}.zip"'
    held = zipfile.ZipFile(io.BytesIO(answer.data))
    assert held.testzip() is None
    names = held.namelist()
    assert [name for name in names if name.startswith("papiers/")] == [
        "papiers/demande.pdf",
        f"papiers/attestation-{Attestation.get().code}.pdf",
        next(name for name in names if "lettre-" in name),
    ]
    (document,) = [name for name in names if name.startswith("documents/")]
    assert held.read(document) == factories.BYTES
    missing = held.read("absents.txt").decode()
    assert missing.count("documents/") == Document.select().where(Document.dossier == printed.id).count() - 1
    history = held.read("historique.txt").decode()
    assert "C. Perrin prend le dossier" in history
    assert "Les études ne sont pas prouvées." in history
    assert "Université" in held.read("reponses.txt").decode()
    assert read(printed) == before + 1


def test_what_an_archive_cannot_hold_is_named(
    desk: PageClient, printed: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    held = zipfile.ZipFile(io.BytesIO(desk.get(f"{address(printed)}/dossier.zip").data))
    assert [name for name in held.namelist() if name.startswith("documents/")] == []
    assert "documents/01-" in held.read("absents.txt").decode()


def test_the_database_is_not_asked_while_an_archive_is_sent(
    app: Flask, printed: Dossier, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection of the request is closed by then: another one would be taken and never given back."""
    view = view_dossier(agent, printed.reference, NOON)
    found = archive.members(view, papers.of_dossier(printed))
    with asked(monkeypatch) as statements:
        parts = list(archive.stream(found, {}, "absents.txt", app.extensions["gateways"].files, NOON))
    assert len(b"".join(parts)) > 10_000
    assert statements == []
