"""What a store of documents does, and how it fails."""

import re
from datetime import datetime
from typing import Protocol

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}(/[A-Za-z0-9][A-Za-z0-9._-]{0,80}){0,5}")


class FileMissing(Exception):
    """No file has this key."""


class KeyTaken(Exception):
    """A file has this key already: nothing is ever written over."""


class StoreUnavailable(Exception):
    """The store does not answer or cannot write; what it held is not touched."""


class FileStore(Protocol):
    """Files by key. Keys are ours; no name given by a person is ever one."""

    def put(self, key: str, data: bytes) -> None:
        """Keep a file, whole or not at all; KeyTaken when there is one."""

    def read(self, key: str) -> bytes:
        """The bytes of a file; FileMissing when there is none."""

    def delete(self, key: str) -> None:
        """Remove a file; nothing happens when there is none."""

    def check(self) -> None:
        """Raise StoreUnavailable when files cannot be kept now."""


def new_key(now: datetime, random: str) -> str:
    """A key for a new file, by month: `2026/11/3f…`."""
    return f"{now:%Y/%m}/{random}"


def checked(key: str) -> str:
    """The key itself; ValueError for one that we did not make."""
    if not _KEY.fullmatch(key):
        raise ValueError("not a key of ours")
    return key
