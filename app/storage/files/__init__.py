"""Storage of documents by key, in a folder or in an S3 bucket, encrypted there."""

from typing import cast

from app.packages import from_package
from app.storage.files.encrypted import EncryptedStore
from app.storage.files.folder import FolderStore
from app.storage.files.moving import MovingStore
from app.storage.files.store import (
    FileChanged,
    FileMissing,
    FileStore,
    KeyTaken,
    RawStore,
    StoreUnavailable,
    new_key,
    read_unchanged,
    unchanged_parts,
)
from app.variables import EARLIER


def from_url(url: str) -> RawStore:
    """Return the store of a URL; BadValue for any other form.

    `file:folder`, or `s3://bucket/prefix?endpoint=https://…&region=…` with AWS_… keys in the environment. While files
    move, `NEW earlier OLD`: written to the first, read from both.
    """
    new, moves, old = url.partition(EARLIER)
    if moves:
        return MovingStore(from_url(new), from_url(old))
    if url.startswith("file:"):
        return FolderStore(url.removeprefix("file:"))
    if url.startswith("s3://"):
        from app.storage.files.s3 import S3Store

        return S3Store.from_url(url)
    return cast(RawStore, from_package("files", url, "begins with neither file: nor s3:"))


__all__ = [
    "EncryptedStore",
    "FileChanged",
    "FileMissing",
    "FileStore",
    "FolderStore",
    "KeyTaken",
    "RawStore",
    "StoreUnavailable",
    "from_url",
    "new_key",
    "read_unchanged",
    "unchanged_parts",
]
