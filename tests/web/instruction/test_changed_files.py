"""A stored file that is not what it was: never shown, told on its dossier, left out of copies that say so."""

import io
import xml.etree.ElementTree
import zipfile
from datetime import timedelta

import pytest

from app import jobs
from app.services.applications import dossiers, reuse
from app.services.operations import stored_files
from app.storage.applications import attestations
from app.storage.files import read_unchanged
from app.storage.models import Document, Outbox
from tests import factories
from tests.fixtures import NOON
from tests.pdf.reading import text_of
from tests.web.agent_pages import address

pytestmark = pytest.mark.engines("sqlite")

PICTURE = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
SENTENCE = "Un fichier de ce dossier a changé ou manque dans notre stockage"


@pytest.fixture
def store(app):
    """The store of files."""
    return app.extensions["gateways"].files


@pytest.fixture
def dossier(app, store):
    """An application just filed."""
    factories.service()
    return dossiers.submit(factories.complete(factories.draft()), NOON)


def change(store, file):
    """Alter a file behind the service's back."""
    store.delete(file.key)
    store.put(file.key, b"other")


def restore(store, file):
    """Put it back as it was."""
    store.delete(file.key)
    store.put(file.key, factories.BYTES)


def work(app):
    """Let the worker try three times."""
    for minutes in (1, 3, 15):
        jobs.run_once(app, NOON + timedelta(minutes=minutes))


def test_files_are_read_again_at_filing(app, store, dossier, desk):
    work(app)
    assert Outbox.select().where(Outbox.kind == stored_files.CHECK, Outbox.done_at.is_null()).count() == 0
    assert SENTENCE not in desk.get(address(dossier)).text


@pytest.mark.parametrize(
    "harm", [change, lambda store, file: store.delete(file.key)], ids=["changed", "missing"]
)
def test_agents_are_told_of_a_file_that_is_not_what_was_received(app, store, dossier, desk, harm):
    file = Document.get(Document.dossier == dossier)
    harm(store, file)
    work(app)
    assert SENTENCE in desk.get(address(dossier)).text


def test_it_is_not_shown_and_looked_at_once(app, store, dossier, desk):
    work(app)
    file = Document.get(Document.dossier == dossier)
    change(store, file)
    for _again in range(2):
        answer = desk.get(f"{address(dossier)}/fichiers/{file.id}")
        assert answer.status_code == 503
        assert "Ce fichier ne s’ouvre plus" in answer.text
    waiting = Outbox.select().where(Outbox.kind == stored_files.CHECK, Outbox.done_at.is_null())
    assert [row.dossier_id for row in waiting] == [dossier.id]
    restore(store, file)
    jobs.run_once(app, NOON + timedelta(hours=1))
    assert waiting.count() == 0
    assert desk.get(f"{address(dossier)}/fichiers/{file.id}").status_code == 200


@pytest.mark.parametrize(
    "harm", [change, lambda store, file: store.delete(file.key)], ids=["changed", "missing"]
)
def test_in_a_page_a_picture_says_so(store, dossier, desk, harm):
    """What a browser asks for an `img`: of an error page it would show its sign of a broken picture."""
    file = Document.get(Document.dossier == dossier)
    harm(store, file)
    answer = desk.client.get(f"{address(dossier)}/fichiers/{file.id}", headers={"Accept": PICTURE})
    assert answer.status_code in (404, 503)
    assert answer.mimetype == "image/svg+xml"
    assert ">Ce fichier ne s’ouvre plus</text>" in answer.text
    assert xml.etree.ElementTree.fromstring(answer.text).get("viewBox") == "0 0 480 126"


def test_a_printed_paper_is_not_shown_either(app, store, dossier, desk):
    work(app)
    printed = attestations.application_printed(dossier.id)
    store.delete(printed["key"])
    store.put(printed["key"], b"%PDF-other")
    assert desk.get(f"{address(dossier)}/papiers/demande.pdf").status_code == 503


def test_the_printed_application_says_which_file_is_not_what_was_received(app, store, dossier):
    files = list(Document.select().where(Document.dossier == dossier).order_by(Document.id))
    change(store, files[0])
    work(app)
    printed = attestations.application_printed(dossier.id)
    text = " ".join(text_of(read_unchanged(store, printed["key"], printed["sha256"])).split())
    assert f"{files[0].name} : ce fichier n’est plus tel qu’il a été reçu" in text.replace("\xa0", " ")
    assert f"{files[1].name} : ce" not in text.replace("\xa0", " ")


def test_the_archive_leaves_it_out_and_says_so(app, store, dossier, desk):
    work(app)
    files = list(Document.select().where(Document.dossier == dossier).order_by(Document.id))
    change(store, files[0])
    with zipfile.ZipFile(io.BytesIO(desk.get(f"{address(dossier)}/dossier.zip").data)) as archive:
        names = archive.namelist()
        told = "".join(archive.read(name).decode() for name in names if name.endswith(".txt"))
    assert sum(name.startswith("documents/") for name in names) == len(files) - 1
    assert "documents/" in told


def test_a_changed_file_is_not_given_again(app, store, dossier):
    good, bad = list(Document.select().where(Document.dossier == dossier).limit(2))
    change(store, bad)
    draft = factories.draft(dossier.account)
    reuse.reuse_files(draft, reuse.ReusableFiles(NOON.date(), (good, bad)), store, NOON)
    assert [file.slot for file in Document.select().where(Document.dossier == draft)] == [good.slot]
