"""Documents and secrets at rest: nothing clear in the store or the table, nothing changed unnoticed, keys that change."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from peewee import Value

from app.keys import KeyPurpose, Keyring, changing
from app.keys.keyring import KeyLists
from app.keys.text import write_keys
from app.storage import sealing
from app.storage.files import EncryptedStore, FileChanged, FileMissing, from_url
from app.storage.files.encryption import CHUNK
from app.storage.files.folder import FolderStore
from app.storage.models import Agent, AgentLink
from tests import factories
from tests.fixtures import NOON

NAME = "2026/11/abc"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FILES, SECRETS = KeyPurpose.FILES, KeyPurpose.AUTHENTICATORS


@pytest.fixture
def keys() -> KeyLists:
    return changing.fresh(NOON - timedelta(days=1))


@pytest.fixture
def rotated(keys: KeyLists) -> KeyLists:
    return changing.rotated(keys, (FILES, SECRETS), NOON)


def of(keys: KeyLists, purpose: KeyPurpose) -> object:
    return Keyring(write_keys(keys), lambda: NOON).of(purpose)


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(str(tmp_path))


@pytest.fixture
def store(folder: FolderStore, keys: KeyLists) -> EncryptedStore:
    return EncryptedStore(folder, of(keys, FILES))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_put_is_read_and_not_seen(store: EncryptedStore, folder: FolderStore, size: int) -> None:
    content = b"a passport, " * (size // 12 + 1)
    content = content[:size]
    store.put(NAME, content)
    assert store.read(NAME) == content
    assert b"passport" not in folder.read(NAME)
    store.put(NAME + "d", content)
    assert folder.read(NAME + "d")[40:60] != folder.read(NAME)[40:60], "equal files look different"


@pytest.mark.parametrize("size", [0, CHUNK, CHUNK + 1, 3 * CHUNK + 5])
@pytest.mark.parametrize("step", [7_000, CHUNK, 1_000_000])
def test_what_was_put_in_parts_is_read_in_parts(store: EncryptedStore, size: int, step: int) -> None:
    content = bytes(range(251)) * (size // 251 + 1)
    content = content[:size]
    store.put_parts(NAME, (content[begins : begins + step] for begins in range(0, size, step)))
    assert b"".join(store.parts(NAME)) == store.read(NAME) == content


def test_nothing_changed_is_read(store: EncryptedStore, folder: FolderStore) -> None:
    store.put(NAME, b"x" * 300)
    kept = folder.read(NAME)
    changed = [kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :] for place in range(len(kept))]
    for bad in (*changed, kept[:-1], kept + b"x", kept[:4], b"", b"GSF1", b"%PDF clear"):
        folder.replace(NAME, [bad])
        with pytest.raises(FileChanged):
            store.read(NAME)


def test_chunks_are_neither_left_out_nor_moved(store: EncryptedStore, folder: FolderStore) -> None:
    store.put(NAME, bytes(range(256)) * (3 * CHUNK // 256))
    kept, whole = folder.read(NAME), CHUNK + 16
    head = len(kept) - 3 * whole
    first, second, third = (kept[head + place * whole :][:whole] for place in range(3))
    for parts in ((first, second), (first, third), (second, first, third), (first, second, third, third)):
        folder.replace(NAME, [kept[:head], *parts])
        with pytest.raises(FileChanged):
            store.read(NAME)


def test_a_file_opens_under_its_own_name_only(store: EncryptedStore, folder: FolderStore) -> None:
    store.put(NAME, b"of one person")
    folder.put("2026/11/another", folder.read(NAME))
    with pytest.raises(FileChanged):
        store.read("2026/11/another")


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.slow)])
def inner(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    if request.param == "folder":
        return from_url(f"file:{tmp_path}")
    return from_url(request.getfixturevalue("s3_url"))


def test_a_rotation_encrypts_anew_and_frees_the_old_key(
    inner: object, keys: KeyLists, rotated: KeyLists
) -> None:
    before, after = EncryptedStore(inner, of(keys, FILES)), EncryptedStore(inner, of(rotated, FILES))
    inner.put("2026/10/plain", b"of a version that did not encrypt")
    for number in range(3):
        before.put(f"2026/11/{number}", b"a passport")
    assert after.read("2026/11/0") == b"a passport", "read by every key"
    old, new = (key.id for key in rotated[FILES])
    assert (after.encrypted_by(old), after.encrypted_by(new)) == (3, 0)
    with pytest.raises(changing.NotNow, match="reencrypt"):
        changing.retired(rotated, FILES, old, NOON, after.encrypted_by(old))
    assert after.encrypt_anew() == 4
    assert (after.encrypted_by(old), after.encrypted_by(new), after.encrypt_anew()) == (0, 4, 0)
    retired = EncryptedStore(inner, of(changing.retired(rotated, FILES, old, NOON, 0), FILES))
    assert retired.read("2026/11/2") == b"a passport"
    assert retired.read("2026/10/plain").startswith(b"of a version")
    with pytest.raises(FileMissing):
        inner.replace("2026/11/deleted", [b"bytes"])


def stored() -> list[str]:
    """What the table holds."""
    rows = Agent.raw("SELECT totp_secret AS kept FROM agent ORDER BY id").tuples()
    return [kept for (kept,) in rows]


def test_the_table_holds_no_secret_in_clear(app: Flask, keys: KeyLists) -> None:
    sealing.bind(of(keys, SECRETS))
    agent = factories.agent(totp_secret=SECRET)
    without = factories.agent(totp_secret="")
    (kept, empty) = stored()
    assert SECRET not in kept
    assert len(kept) <= Agent.totp_secret.max_length
    assert empty == ""
    assert Agent.get_by_id(agent.id).totp_secret == SECRET
    assert Agent.get_by_id(without.id).totp_secret == ""


def test_secrets_are_encrypted_anew_and_clear_ones_too(app: Flask, keys: KeyLists, rotated: KeyLists) -> None:
    sealing.bind(of(keys, SECRETS))
    agents = [factories.agent(totp_secret=SECRET) for _ in range(2)]
    clear = Agent.update(totp_secret=Value(SECRET, converter=False)).where(Agent.id == agents[0].id)
    clear.execute()
    assert SECRET in stored()
    assert Agent.get_by_id(agents[0].id).totp_secret == SECRET, "a row of the version before"
    sealing.bind(of(rotated, SECRETS))
    columns = Agent.totp_secret, AgentLink.totp_secret
    old, new = (key.id for key in rotated[SECRETS])
    assert sealing.sealed_by(old, *columns) == 1
    assert sealing.seal_anew(*columns) == 2
    assert (sealing.sealed_by(old, *columns), sealing.sealed_by(new, *columns)) == (0, 2)
    assert sealing.seal_anew(*columns) == 0
    assert {Agent.get_by_id(agent.id).totp_secret for agent in agents} == {SECRET}


def test_a_secret_moved_to_another_column_is_not_read(app: Flask, keys: KeyLists) -> None:
    sealing.bind(of(keys, SECRETS))
    agent = factories.agent(totp_secret=SECRET)
    (kept,) = stored()
    with pytest.raises(InvalidTag):
        AgentLink.totp_secret.python_value(kept)
    assert Agent.totp_secret.python_value(kept) == Agent.get_by_id(agent.id).totp_secret
