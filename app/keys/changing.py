"""Making a keyring, and adding, retiring and revoking its keys; each function returns the new lists."""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from app.keys.keyring import writing
from app.keys.purposes import LIVES, NEVER_ROTATED, STORED, Key, KeyPurpose
from app.keys.signing import public_half
from app.keys.text import PAPER_IDS, write_keys
from app.keys.weakness import LENGTH

KeyLists = Mapping[KeyPurpose, tuple[Key, ...]]


class NotNow(Exception):
    """Raised when a change would make something unreadable; the message says what, and what to do first."""


def fresh(now: datetime) -> KeyLists:
    """Return a new key for each purpose."""
    return {purpose: (_new(purpose, (), now),) for purpose in KeyPurpose}


def rotated(keys: KeyLists, purposes: tuple[KeyPurpose, ...], begins: datetime) -> KeyLists:
    """Add a key to each of the purposes: everybody reads it from now on, and writes with it when it begins."""
    for purpose in purposes:
        if purpose in NEVER_ROTATED:
            raise NotNow(f"{purpose}: never rotated, see docs/security.md")
        if keys[purpose] and keys[purpose][-1].begins >= begins:
            raise NotNow(f"{purpose}: a key that has not begun yet is there already")
    added = {purpose: (*keys[purpose], _new(purpose, keys[purpose], begins)) for purpose in purposes}
    return {**keys, **added}


def retired(keys: KeyLists, purpose: KeyPurpose, key_id: str, now: datetime, in_use: int) -> KeyLists:
    """Take a key away; of papers only its private half. `in_use` is how much that is stored still needs it."""
    place, key = _found(keys, purpose, key_id)
    if key == writing(keys[purpose], now) or key.begins > now:
        raise NotNow(f"{purpose} {key_id}: it writes, or is the next to: rotate first")
    if purpose in STORED and in_use:
        raise NotNow(f"{purpose} {key_id}: {in_use} stored texts or files need it. Run: keys reencrypt")
    successor = keys[purpose][place + 1]
    if purpose in LIVES and now < (until := successor.begins + LIVES[purpose]):
        raise NotNow(f"{purpose} {key_id}: what it signed is in use until {until:%Y-%m-%d %H:%M} UTC")
    rest = list(keys[purpose])
    if purpose is KeyPurpose.PAPERS:
        rest[place] = replace(key, secret=b"", public=key.public or public_half(key.secret))
    else:
        del rest[place]
    return {**keys, purpose: tuple(rest)}


def revoked(keys: KeyLists, key_id: str, day: date) -> KeyLists:
    """Withdraw a key of papers that was stolen: nothing that it signed is believed off line any more."""
    place, key = _found(keys, KeyPurpose.PAPERS, key_id)
    rest = list(keys[KeyPurpose.PAPERS])
    rest[place] = replace(key, revoked_on=day)
    return {**keys, KeyPurpose.PAPERS: tuple(rest)}


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one command at a time change a file of keys."""
    folder = os.open(path.parent, os.O_RDONLY)  # the file itself is another one after each change
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def store(path: Path, keys: KeyLists, *, new: bool = False) -> None:
    """Write the file at once, readable by its owner alone; FileExistsError if it is there and should be `new`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".keys-", delete=False) as part:
        part.write(write_keys(keys) + "\n")
        part.flush()
        os.fsync(part.fileno())
    if new:
        try:
            os.link(part.name, path)
        finally:
            os.unlink(part.name)
        return
    before = path.stat()
    if os.geteuid() == 0:
        os.chown(part.name, before.st_uid, before.st_gid)  # who reads it stays who read it
    os.chmod(part.name, before.st_mode & 0o777)
    os.replace(part.name, path)


def _new(purpose: KeyPurpose, before: tuple[Key, ...], begins: datetime) -> Key:
    if purpose is KeyPurpose.PAPERS:
        number = max((int(key.id) for key in before), default=0) + 1
        if number not in PAPER_IDS:
            raise NotNow(f"{purpose}: 255 keys were made; the form of the QR code needs another version")
        return Key(str(number), begins, secrets.token_bytes(LENGTH))
    return Key(secrets.token_hex(4), begins, secrets.token_bytes(LENGTH))


def _found(keys: KeyLists, purpose: KeyPurpose, key_id: str) -> tuple[int, Key]:
    for place, key in enumerate(keys[purpose]):
        if key.id == key_id:
            return place, key
    raise NotNow(f"{purpose} {key_id}: there is no such key")
