"""Files checked, put back and moved; a backup made while people file, and restored on an empty machine."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import jobs
from app.keys import KeyPurpose
from app.services.operations import file_care
from app.settings import Settings
from app.storage import stored_files
from app.storage.database import connected, database
from app.storage.files import EncryptedStore, FolderStore, from_url
from app.storage.models import TABLES, Attestation, Document, Dossier
from tests import factories
from tests.databases import Databases
from tests.fixtures import NOON, RING
from tests.operations.test_cli import environment, run
from tests.services.outside import with_gateways


@pytest.fixture
def files(app: Flask) -> EncryptedStore:
    """The store, with the files of a dossier whose papers are printed."""
    factories.filed()
    while jobs.run_once(app, NOON):
        pass
    found: EncryptedStore = app.extensions["gateways"].files
    return found


def test_every_column_that_names_a_file_is_looked_at(app: Flask, files: EncryptedStore) -> None:
    named = {key for key, _sha256 in stored_files.everything()}
    assert named == set(files.inner.names())
    others = {
        "AnswerKey",
        "Session.key",
        "DoneRequest.key",
        "Passkey.public_key",
        "Throttle.key",
        "KeptForm.key",
    }
    columns = {
        f"{table.__name__}.{field}"
        for table in TABLES
        for field in (one.name for one in table.fields_without())
        if field == "key" or field.endswith("_key")
    }
    looked_at = {
        *("Document.key", "Document.preview_key", "Document.original_key"),
        *("Attachment.key", "Attachment.original_key", "Attestation.file_key", "DecisionLetter.file_key"),
        *("Conversation.file_key", "DataCopy.file_key"),
    }
    assert columns - looked_at <= others
    assert looked_at <= columns


@pytest.mark.engines("sqlite")
def test_missing_damaged_and_orphan_files_are_found_and_put_back(
    files: EncryptedStore, tmp_path: Path
) -> None:
    kept = FolderStore(str(tmp_path / "kept"))
    assert file_care.copy(files.inner, kept) == len(set(files.inner.names()))
    assert file_care.copy(files.inner, kept) == 0, "what is there is not copied again"
    first, second = [row.key for row in Document.select().limit(2)]
    files.delete(first)
    stored = files.inner.read(second)
    files.inner.replace(second, [stored[:-1] + bytes([stored[-1] ^ 1])])
    files.put("2026/11/orphan", b"of nobody")
    found = file_care.check(files, deep=True)
    assert (found.missing, found.damaged, found.orphans) == ([first], [second], ["2026/11/orphan"])
    assert file_care.check(files, deep=False).damaged == []
    assert list(file_care.repair(files, kept, found.wrong)) == []
    assert file_care.check(files, deep=True).wrong == []
    assert file_care.remove(files, ["2026/11/other"], found.orphans) == 0, (
        "only what an earlier check noted too"
    )
    assert file_care.remove(files, found.orphans, found.orphans) == 1
    assert file_care.check(files, deep=False).orphans == []


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("to_bucket", [True, False], ids=["to a bucket", "from a bucket"])
def test_files_move_to_another_store_while_people_file(
    app: Flask,
    files: EncryptedStore,
    s3_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    to_bucket: bool,
) -> None:
    folder_url = f"file:{tmp_path / 'folder'}"
    old_url, new_url = (folder_url, s3_url) if to_bucket else (s3_url, folder_url)
    file_care.copy(files.inner, from_url(old_url))
    moving = EncryptedStore(from_url(f"{new_url} earlier {old_url}"), RING.of(KeyPurpose.FILES))
    with_gateways(app, files=moving)
    monkeypatch.setattr(factories, "store", moving)
    later = factories.filed()
    while jobs.run_once(app, NOON):
        pass
    assert file_care.check(moving, deep=True).wrong == [], "what did not move yet is read where it was"
    assert file_care.copy(moving.inner, from_url(new_url)) > 0
    moved = EncryptedStore(from_url(new_url), RING.of(KeyPurpose.FILES))
    found = file_care.check(moved, deep=True)
    assert (found.wrong, found.orphans) == ([], [])
    assert Attestation.get(Attestation.dossier == later.id).file_key not in set(from_url(old_url).names())


@pytest.mark.slow
def test_a_backup_made_while_people_file_is_restored_whole(
    app: Flask, settings: Settings, databases: Databases, engine: str, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    stop = threading.Event()

    def file() -> None:
        with connected():
            while not stop.is_set():
                acknowledged.append(str(factories.filed().reference))

    filing = threading.Thread(target=file)
    filing.start()
    folder = tmp_path / "backup"
    try:
        while len(acknowledged) < 3:
            stop.wait(0.05)
        before = list(acknowledged)
        made = run(environment(settings), "backup", "make", str(folder))
    finally:
        stop.set()
        filing.join(100)
    assert made.returncode == 0, made.stderr
    new = replace(settings, database_url=databases.empty(engine), files_url=f"file:{tmp_path / 'new'}")
    restored = run(environment(new), "backup", "restore", str(folder))
    assert (restored.returncode, restored.stdout.splitlines()[-1:]) == (0, ["Whole."]), restored.stderr
    again = run(environment(new), "backup", "restore", str(folder))
    assert (again.returncode, again.stderr) == (2, "Refused: the database is not empty.\n")
    old, there = database.obj, databases.pool(new.database_url)
    try:
        database.initialize(there)
        with connected():
            found = {row.reference for row in Dossier.select(Dossier.reference)}
    finally:
        there.close_all()
        database.initialize(old)
    assert set(before) <= found, "what was acknowledged before it began"
