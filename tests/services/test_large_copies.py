"""What takes files away or encrypts them anew holds one of them at a time, however many there are."""

import hashlib
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.keys import KeyPurpose, Keyring, changing
from app.keys.text import write_keys
from app.services.access.origins import Origin
from app.services.own_data import copies
from app.services.review.archive import stored, stream
from app.storage.files import EncryptedStore, FileChanged
from app.storage.files.folder import FolderStore
from app.storage.models import DataCopy, Document
from tests import factories
from tests.factories import PASSWORD
from tests.fixtures import NOON

HERE = Origin("192.0.2.1")
MEGABYTE = 1_000_000
FILES, EACH = 16, 3 * MEGABYTE
MOST = 4 * EACH  # of one: as it is stored, its chunks, in clear; all of them are sixteen

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def files(app: Flask, tmp_path: Path) -> EncryptedStore:
    return EncryptedStore(FolderStore(str(tmp_path)), app.extensions["keyring"].of(KeyPurpose.FILES))


@pytest.fixture
def documents(app: Flask, files: EncryptedStore) -> list[Document]:
    """An application whose files are large."""
    dossier = factories.filed()
    content = bytes(EACH)
    made = []
    for number in range(FILES):
        document = factories.document(dossier, "passport")
        files.put(document.key, content)
        document.sha256, document.size = hashlib.sha256(content).hexdigest(), EACH + number
        document.save()
        made.append(document)
    return made


def peak(act: Callable[[], object]) -> int:
    """The most bytes held while something is done."""
    tracemalloc.start()
    act()
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def taken(parts: Iterable[bytes]) -> int:
    """How many bytes there are, each let go at once."""
    return sum(len(part) for part in parts)


def test_a_dossier_taken_away_whole(files: EncryptedStore, documents: list[Document]) -> None:
    members = [stored(f"{one.id}", one.size, one.key, one.sha256) for one in documents]
    sizes = []
    assert peak(lambda: sizes.append(taken(stream(members, {}, "left out", files, NOON)))) < MOST
    assert sizes[0] > FILES * EACH


def test_the_copy_of_ones_data_made_and_taken_away(files: EncryptedStore, documents: list[Document]) -> None:
    account = documents[0].dossier.account
    copy = DataCopy.create(account=account, language="fr", asked_at=NOON)
    assert peak(lambda: copies.make(copy.id, {}, "left out", files, NOON)) < MOST
    copy = DataCopy.get_by_id(copy.id)
    assert copy.size > FILES * EACH
    sizes = []
    assert peak(lambda: sizes.append(taken(copies.read(account, PASSWORD, files, HERE, NOON)))) < 2 * EACH
    assert sizes == [copy.size]
    files.delete(copy.file_key)
    files.put(copy.file_key, b"another archive")
    with pytest.raises(FileChanged):
        copies.read(account, PASSWORD, files, HERE, NOON)


def test_a_large_file_encrypted_anew(tmp_path: Path) -> None:
    before = changing.fresh(NOON - timedelta(days=1))
    after = changing.rotated(before, (KeyPurpose.FILES,), NOON)
    old, new = (
        EncryptedStore(
            FolderStore(str(tmp_path)), Keyring(write_keys(keys), lambda: NOON).of(KeyPurpose.FILES)
        )
        for keys in (before, after)
    )
    old.put_parts("2026/11/large", (bytes(MEGABYTE) for _part in range(FILES)))
    assert peak(new.encrypt_anew) < 2 * EACH
    assert taken(new.parts("2026/11/large")) == FILES * MEGABYTE
