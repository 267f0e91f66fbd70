"""Where documents are kept."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO


class FileMissing(Exception):
    """No such file."""


class StoreUnavailable(Exception):
    """The store is away."""


class FileStore:
    def __init__(self, root):
        self.root = Path(root)

    def put(self, key: str, data: bytes) -> None:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def read(self, key: str) -> bytes:
        try:
            return (self.root / key).read_bytes()
        except FileNotFoundError:
            raise FileMissing from None

    def open(self, key: str) -> BinaryIO:
        return BytesIO(self.read(key))

    def delete(self, key: str) -> None:
        (self.root / key).unlink(missing_ok=True)


def from_url(url: str) -> FileStore:
    return FileStore(url.removeprefix("file:"))


def new_key(now: datetime, text: str) -> str:
    return f"{now:%Y/%m}/{text}"
