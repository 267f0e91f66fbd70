"""Files that come in pieces: each piece is stored where it follows the last, once; what is whole is given to a page.

Nothing of a piece lives in one server: it is an object of the file store, written only if there is none, and the row
moves on from the offset that the piece was sent for. So two servers, or one said twice, cannot disagree.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from app.domain.rules.retention import PERIODS, Kept
from app.domain.rules.uploads import LIMITS, Refusal, Refused
from app.services.access import throttles
from app.services.access.limits import FILES
from app.services.access.origins import Origin
from app.services.batch import for_each_isolated
from app.storage import uploads as store
from app.storage.files import FileStore, KeyTaken, StoreUnavailable
from app.storage.models import Upload

MOST_OPEN = 20  # of an account; beginning another forgets the oldest
LONGEST_PIECE = 400_000  # bytes: a server that waits for the whole of a piece holds no more of it

_DIGEST = re.compile(r"[0-9a-f]{64}")  # SHA-256, as the sender says it

# What is wrong with the file itself: sent again, it would be refused again.
_FINAL = frozenset(Refusal) - {
    Refusal.NOTHING_CHOSEN,
    Refusal.TOO_MANY_FILES,
    Refusal.TOO_MANY_JOINED,
    Refusal.BUSY,
    Refusal.CLOSED,
}


class OutOfPlace(Exception):
    """Raised for a piece that does not follow what is there: said again, or another server was quicker."""


class TooMuch(Exception):
    """Raised for a piece that is empty, or goes beyond the declared length."""


def begin(
    account_id: int, name: str, length: int, files: FileStore, now: datetime, digest: str = ""
) -> Upload | Refused:
    """Begin a file of a declared length, or refuse it before a byte comes; it counts as a file of its sender.

    The same file chosen again, after a reload or in another window, goes on where it stopped: its SHA-256 names it.
    """
    since, token = PERIODS[Kept.UPLOAD].over(now), _token(account_id, length, digest)
    if there := store.unsettled(account_id, token, since):
        return there
    if length > LIMITS.max_bytes:
        return Refused(Refusal.TOO_LARGE)
    if length < 1:
        return Refused(Refusal.EMPTY)
    try:
        throttles.attempt(FILES, "", Origin(f"account {account_id}"), now)
    except throttles.TooSoon:
        return Refused(Refusal.BUSY)
    for oldest in store.beyond(account_id, MOST_OPEN - 1):
        forget(oldest, files)
    if not store.begin(account_id, token, name[-120:], length, now):  # given before, or begun at this instant
        token = secrets.token_hex(16)
        store.begin(account_id, token, name[-120:], length, now)
    return store.owned(account_id, token, since)


def _token(account_id: int, length: int, digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        return secrets.token_hex(16)
    return hashlib.sha256(f"{account_id} {length} {digest}".encode()).hexdigest()[:32]


def unfinished(account_id: int, now: datetime) -> Sequence[Upload]:
    """Return the files of an account that stopped on their way."""
    return store.unfinished(account_id, PERIODS[Kept.UPLOAD].over(now))


def append(upload: Upload, offset: int, piece: bytes, files: FileStore) -> int:
    """Store a piece and return how much of the file is there. Raises OutOfPlace, TooMuch; nothing changes then."""
    if offset != upload.received:
        raise OutOfPlace
    if not piece or len(piece) > LONGEST_PIECE or offset + len(piece) > upload.length:
        raise TooMuch
    key, length = store.key(upload, offset), len(piece)
    try:
        files.put(key, piece)
    except KeyTaken:
        length = len(
            files.read(key)
        )  # the same bytes, of a server that has not moved the row on, or was cut off
    if store.move_on(upload, offset, length):
        return offset + length
    if store.again(upload) is None:  # forgotten meanwhile: no row names the piece any more
        files.delete(key)
    raise OutOfPlace


def owned(account_id: int, token: str, now: datetime) -> Upload:
    """Return a file of an account that is on its way. Raises Upload.DoesNotExist for any other, or after a day."""
    return store.owned(account_id, token, PERIODS[Kept.UPLOAD].over(now))


def whole(account_id: int, tokens: Iterable[str], now: datetime) -> list[Upload]:
    """Return the files of an account that are wholly there, in the order of their tokens."""
    since, known = PERIODS[Kept.UPLOAD].over(now), list(dict.fromkeys(tokens))[:MOST_OPEN]
    found = {upload.token: upload for upload in store.owned_whole(account_id, known, since)}
    return [found[token] for token in known if token in found]


def content(upload: Upload, files: FileStore) -> bytes:
    """Return the bytes of a file that is wholly there."""
    return b"".join(files.read(key) for key in store.keys(upload)[:-1])


def refuse(upload: Upload | None, refused: Refused, files: FileStore, now: datetime) -> None:
    """Note that a file was refused for what it contains, and let its bytes go; any other refusal may pass."""
    if upload and refused.reason in _FINAL and store.settle(upload, now, refused.reason):
        _delete_pieces(upload, files)


def take(upload: Upload | None, now: datetime) -> bool:
    """Note that a page stores the file, in its transaction; return False if another request did.

    Of a file that came with its form there is nothing to note.
    """
    return upload is None or store.settle(upload, now)


def is_taken(upload: Upload | None) -> bool:
    """Return whether a page stored the file, as it was read."""
    return upload is not None and upload.settled_at is not None and not upload.refusal


def taken_meanwhile(upload: Upload | None) -> bool:
    """Return whether a page stored the file by now."""
    return upload is not None and is_taken(store.again(upload))


def release(uploads: Iterable[Upload], files: FileStore) -> None:
    """Let the bytes of files go that are stored as documents now; those of a store that is away go after a day."""
    for upload in uploads:
        with suppress(StoreUnavailable):
            _delete_pieces(upload, files)


def forget(upload: Upload, files: FileStore) -> bool:
    """Delete a file on its way: its pieces first, so that none is left without its row."""
    _delete_pieces(upload, files)
    store.delete(upload)
    return True


def sweep(files: FileStore, now: datetime) -> int:
    """Forget what was begun more than a day ago; return how many files went."""
    over = store.begun_before(PERIODS[Kept.UPLOAD].over(now))
    return for_each_isolated("forget upload", over, lambda upload: forget(upload, files))


def _delete_pieces(upload: Upload, files: FileStore) -> None:
    for key in store.keys(upload):
        files.delete(key)
