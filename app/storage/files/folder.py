"""Documents in a folder, each written aside and then linked into place."""

import os
import tempfile
from pathlib import Path

from app.storage.files.store import FileMissing, KeyTaken, StoreUnavailable, checked


class FolderStore:
    """A folder that no web server serves."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def put(self, key: str, data: bytes) -> None:
        """Write aside, flush to the disk, link under the final name: a crash leaves no half file."""
        path = self.root / checked(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-") as draft:
                draft.write(data)
                draft.flush()
                os.fsync(draft.fileno())
                os.link(draft.name, path)
        except FileExistsError:
            raise KeyTaken(key) from None
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def read(self, key: str) -> bytes:
        """The bytes of a file."""
        try:
            return (self.root / checked(key)).read_bytes()
        except FileNotFoundError:
            raise FileMissing(key) from None
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def delete(self, key: str) -> None:
        """Remove a file."""
        try:
            (self.root / checked(key)).unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def check(self) -> None:
        """Whether the folder can be written."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error
