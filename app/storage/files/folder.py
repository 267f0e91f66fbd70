"""Documents as files of a folder."""

import os
import tempfile
from pathlib import Path

from app.storage.files.store import FileMissing, KeyTaken, StoreUnavailable, checked


class FolderStore:
    """A store in a folder that no web server serves."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def put(self, key: str, data: bytes) -> None:
        """Write a temporary file, flush it to the disk, then link it under its key.

        A crash leaves no partial file under the key, and link(2) fails if the key is taken.
        """
        path = self.root / checked(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-") as temporary:
                temporary.write(data)
                temporary.flush()
                os.fsync(temporary.fileno())
                os.link(temporary.name, path)
        except FileExistsError:
            raise KeyTaken(key) from None
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def read(self, key: str) -> bytes:
        """Return the bytes of a file."""
        try:
            return (self.root / checked(key)).read_bytes()
        except FileNotFoundError:
            raise FileMissing(key) from None
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
