"""Storage of documents by key, in a folder or in a bucket (S3, Azure, Google), encrypted there."""

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

    `file:folder`, or a bucket: `s3://name/prefix?endpoint=https://…&region=…`, `az://container/prefix?account=…`,
    `gs://name/prefix`, with credentials in the environment. While files move, `NEW earlier OLD`: written to the first,
    read from both.
    """
    new, moves, old = url.partition(EARLIER)
    if moves:
        return MovingStore(from_url(new), from_url(old))
    if url.startswith("file:"):
        return FolderStore(url.removeprefix("file:"))
    if url.startswith(("s3://", "az://", "gs://")):
        from app.storage.files.objects import ObjectStore

        return ObjectStore.from_url(url)
    return cast(RawStore, from_package("files", url, "begins with none of file:, s3:, az: and gs:"))


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
