"""Files in pieces: said twice, by two servers at once, cut off, too long, forgotten; one file comes of it."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.rules.uploads import LIMITS, Refusal, Refused
from app.keys import KeyPurpose
from app.services import uploads
from app.services.operations import file_care
from app.services.uploads import OutOfPlace, TooMuch
from app.storage.database import database
from app.storage.files import EncryptedStore, FileMissing, FileStore, StoreUnavailable
from app.storage.models import Account, Upload
from app.storage.uploads import keys
from tests import factories
from tests.fixtures import NOON

MANY = 12
DAY = timedelta(days=1)


@pytest.fixture
def files(app: Flask) -> EncryptedStore:
    found: EncryptedStore = app.extensions["gateways"].files
    return found


def begun(person: Account, files: FileStore, length: int = 30, at: Any = NOON) -> Upload:
    found = uploads.begin(person.id, "carte.jpg", length, files, at)
    assert isinstance(found, Upload)
    return found


def read_again(upload: Upload) -> Upload:
    return Upload.get_by_id(upload.id)


def there(files: FileStore, key: str) -> bool:
    try:
        return bool(files.read(key))
    except FileMissing:
        return False


def at_once(act: Callable[[], object]) -> list[object]:
    """What came of an act done on many connections at the same instant."""
    start, done = threading.Barrier(MANY), []

    def connected() -> None:
        with database.connection_context():
            database.execute_sql("SELECT 1")
            start.wait(100)
            try:
                done.append(act())
            except OutOfPlace:
                done.append("out of place")

    threads = [threading.Thread(target=connected) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_the_same_piece_said_to_two_servers_at_once_is_there_once(app: Flask, files: EncryptedStore) -> None:
    upload = begun(factories.account(), files)
    servers = [files, EncryptedStore(files.inner, app.extensions["keyring"].of(KeyPurpose.FILES))]
    for offset, piece in ((0, b"a" * 20), (20, b"b" * 10)):
        turn = iter(servers * MANY)
        as_read = read_again(upload)
        done = at_once(lambda: uploads.append(as_read, offset, piece, next(turn)))  # noqa: B023 – done at once
        assert sorted(map(str, done)) == [str(offset + len(piece)), *["out of place"] * (MANY - 1)]
    (whole,) = uploads.whole(upload.account_id, [upload.token], NOON)
    assert uploads.content(whole, files) == b"a" * 20 + b"b" * 10


def test_a_piece_that_a_server_left_when_it_was_cut_off_is_taken_up(
    app: Flask, files: EncryptedStore
) -> None:
    @dataclass
    class CutOff:
        """A store whose server ends once the piece is written."""

        def put(self, key: str, data: bytes) -> None:
            files.put(key, data)
            raise InterruptedError

    upload = begun(factories.account(), files)
    with pytest.raises(InterruptedError):
        uploads.append(upload, 0, b"a" * 20, CutOff())  # type: ignore[arg-type]  # half a file
    assert read_again(upload).received == 0
    assert uploads.append(upload, 0, b"a" * 8, files) == 20, "as much as is there, not as was said again"
    assert uploads.append(read_again(upload), 20, b"b" * 10, files) == 30
    assert uploads.content(read_again(upload), files) == b"a" * 20 + b"b" * 10


def test_what_does_not_fit_changes_nothing(app: Flask, files: EncryptedStore) -> None:
    upload = begun(factories.account(), files)
    for piece in (b"", b"x" * 31):
        with pytest.raises(TooMuch):
            uploads.append(upload, 0, piece, files)
    for offset in (1, 30):
        with pytest.raises(OutOfPlace):
            uploads.append(upload, offset, b"x", files)
    assert read_again(upload).received == 0
    assert not there(files, f"envois/{upload.token}/00000000")


def test_the_declared_length_is_what_counts(app: Flask, files: EncryptedStore) -> None:
    person = factories.account()
    too_large = uploads.begin(person.id, "a", LIMITS.max_bytes + 1, files, NOON)
    assert too_large == Refused(Refusal.TOO_LARGE)
    assert uploads.begin(person.id, "a", 0, files, NOON) == Refused(Refusal.EMPTY)
    assert Upload.select().count() == 0


def test_beyond_twenty_the_oldest_gives_way(app: Flask, files: EncryptedStore) -> None:
    person, other = factories.account(), factories.account()
    kept, first = begun(other, files), begun(person, files)
    uploads.append(first, 0, b"x" * 5, files)
    later = [begun(person, files) for _ in range(uploads.MOST_OPEN)]
    assert {row.id for row in Upload.select()} == {kept.id, *(upload.id for upload in later)}
    assert not there(files, f"envois/{first.token}/00000000")


def test_what_did_not_arrive_is_forgotten_after_a_day(app: Flask, files: EncryptedStore) -> None:
    upload, young = begun(factories.account(), files), begun(factories.account(), files, at=NOON + DAY / 2)
    uploads.append(upload, 0, b"x" * 5, files)
    files.put(f"envois/{upload.token}/00000005", b"left by a server that was cut off")
    later = NOON + DAY
    with pytest.raises(Upload.DoesNotExist):
        uploads.owned(upload.account_id, upload.token, later)
    assert uploads.sweep(files, later - timedelta(seconds=1)) == 0
    assert uploads.sweep(files, later) == 1
    assert [row.id for row in Upload.select()] == [young.id]
    assert not there(files, f"envois/{upload.token}/00000000")
    assert not there(files, f"envois/{upload.token}/00000005")


def test_a_piece_of_a_file_forgotten_meanwhile_is_not_left(app: Flask, files: EncryptedStore) -> None:
    upload = begun(factories.account(), files)
    uploads.forget(upload, files)
    with pytest.raises(OutOfPlace):
        uploads.append(upload, 0, b"x" * 5, files)
    assert not there(files, f"envois/{upload.token}/00000000")


def test_the_pieces_of_a_file_that_a_page_took_are_missed_by_nobody(
    app: Flask, files: EncryptedStore
) -> None:
    """They go after the transaction that took it: a server cut off there leaves them, until they are forgotten."""
    upload = begun(factories.account(), files, 8)
    uploads.append(upload, 0, b"12345678", files)
    upload = read_again(upload)
    assert uploads.take(upload, NOON)
    assert not file_care.check(files, deep=False).orphans
    files.delete(keys(upload)[0])
    assert not file_care.check(files, deep=False).missing


def test_a_store_that_goes_away_does_not_hide_that_a_file_was_taken(
    app: Flask, files: EncryptedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = begun(factories.account(), files, 8)
    uploads.append(upload, 0, b"12345678", files)

    def away(key: str) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(files, "delete", away)
        uploads.release([read_again(upload)], files)
    assert uploads.sweep(files, NOON + DAY + DAY) == 1
    assert not there(files, keys(upload)[0])


def test_the_same_file_chosen_again_goes_on_where_it_stopped(files: EncryptedStore) -> None:
    person, other, digest = factories.account(), factories.account(), "a1" * 32

    def chosen(by: Account = person, at: Any = NOON, length: int = 30) -> Upload:
        found = uploads.begin(by.id, "carte.jpg", length, files, at, digest)
        assert isinstance(found, Upload)
        return found

    first = chosen()
    uploads.append(first, 0, b"x" * 10, files)
    assert (chosen().id, chosen().received) == (first.id, 10)
    assert [one.id for one in uploads.unfinished(person.id, NOON)] == [first.id]
    assert uploads.unfinished(person.id, NOON + DAY) == []
    assert chosen(by=other).id != first.id
    assert chosen(length=31).id != first.id
    assert chosen(at=NOON + DAY).received == 0, "its pieces may be gone"
    assert uploads.take(first, NOON)
    assert chosen().received == 0, "for another document"


def test_nobody_takes_the_file_of_another_account_by_its_token(files: EncryptedStore) -> None:
    """The token of a file that others hold too could be computed."""
    mine, other = factories.account(), factories.account()
    digest = hashlib.sha256(b"a" * 30).hexdigest()
    sent = uploads.begin(mine.id, "carte.jpg", 30, files, NOON, digest)
    assert isinstance(sent, Upload)
    with pytest.raises(Upload.DoesNotExist):
        uploads.owned(other.id, sent.token, NOON)
    uploads.append(sent, 0, b"a" * 30, files)
    assert uploads.whole(mine.id, [sent.token], NOON) == [sent]
    assert uploads.whole(other.id, [sent.token], NOON) == []


def test_a_piece_longer_than_a_server_holds_is_refused(app: Flask, files: EncryptedStore) -> None:
    most = uploads.LONGEST_PIECE
    sent = begun(factories.account(), files, length=2 * most)
    with pytest.raises(TooMuch):
        uploads.append(sent, 0, bytes(most + 1), files)
    assert uploads.append(sent, 0, bytes(most), files) == most
