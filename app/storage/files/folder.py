"""Documents as files of a folder."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.storage.files.store import FileMissing, KeyTaken, StoreUnavailable, checked

PART = 1_000_000  # bytes that are read at once of a file read in parts


class FolderStore:
    """A store in a folder that no web server serves."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def put(self, key: str, data: bytes) -> None:
        """Write a file as `put_parts` does."""
        self.put_parts(key, [data])

    def put_parts(self, key: str, parts: Iterable[bytes]) -> None:
        """Write a temporary file, flush it to the disk, then link it under its key.

        A crash leaves no partial file under the key, and link(2) fails if the key is taken.
        """
        path = self.root / checked(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._written(path, parts) as temporary:
                os.link(temporary, path)
        except FileExistsError:
            raise KeyTaken(key) from None
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def read(self, key: str) -> bytes:
        """Return the bytes of a file."""
        with self._opened(key) as file:
            return file.read()

    def parts(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a file."""
        with self._opened(key) as file:
            while part := file.read(PART):
                yield part

    def names(self) -> Iterator[str]:
        """Yield the key of each file; parts of files that a crash left begin with a dot, and are none."""
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.root).as_posix()

    def head(self, key: str, length: int) -> bytes:
        """Return the first bytes of a file."""
        with self._opened(key) as file:
            return file.read(length)

    def replace(self, key: str, parts: Iterable[bytes]) -> None:
        """Write a temporary file, flush it to the disk, then put it in the place of the other."""
        path = self.root / checked(key)
        try:
            with self._written(path, parts) as temporary:
                if not path.exists():
                    raise FileMissing(key)
                os.replace(temporary, path)
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def delete(self, key: str) -> None:
        """Delete a file."""
        try:
            (self.root / checked(key)).unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def check(self) -> None:
        """Raise StoreUnavailable unless the folder can be written to."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    @contextmanager
    def _opened(self, key: str) -> Iterator[BinaryIO]:
        try:
            with (self.root / checked(key)).open("rb") as file:
                yield file
        except FileNotFoundError:
            raise FileMissing(key) from None
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    @staticmethod
    @contextmanager
    def _written(path: Path, parts: Iterable[bytes]) -> Iterator[str]:
        """Write a temporary file beside a path, on the disk when the block begins, gone when it ends."""
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as temporary:
            try:
                for part in parts:
                    temporary.write(part)
                temporary.flush()
                os.fsync(temporary.fileno())
                yield temporary.name
            finally:
                Path(temporary.name).unlink(missing_ok=True)
