"""Two stores while files move from one to the other: what is new is in the first, what has not come yet in the second."""

from collections.abc import Iterable, Iterator

from app.storage.files.store import FileMissing, KeyTaken, RawStore


class MovingStore:
    """Writes to one store, reads from it and from an earlier one. A file of both is that of the first."""

    def __init__(self, first: RawStore, earlier: RawStore) -> None:
        self.first = first
        self.earlier = earlier

    def put(self, key: str, data: bytes) -> None:
        """Write to the first, unless the earlier one has the key."""
        self._refuse_taken(key)
        self.first.put(key, data)

    def put_parts(self, key: str, parts: Iterable[bytes]) -> None:
        """Write to the first, unless the earlier one has the key."""
        self._refuse_taken(key)
        self.first.put_parts(key, parts)

    def read(self, key: str) -> bytes:
        """Return the bytes of a file."""
        try:
            return self.first.read(key)
        except FileMissing:
            return self.earlier.read(key)

    def parts(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a file, all from one store."""
        yield from self._with(key).parts(key)

    def head(self, key: str, length: int) -> bytes:
        """Return the first bytes of a file."""
        try:
            return self.first.head(key, length)
        except FileMissing:
            return self.earlier.head(key, length)

    def names(self) -> Iterator[str]:
        """Yield the key of each file of either, once."""
        there = set()
        for key in self.first.names():
            there.add(key)
            yield key
        yield from (key for key in self.earlier.names() if key not in there)

    def replace(self, key: str, parts: Iterable[bytes]) -> None:
        """Put other bytes in the place of a file, where it is."""
        self._with(key).replace(key, parts)

    def delete(self, key: str) -> None:
        """Delete a file of both, the earlier one first: what is left of a failure is still found."""
        self.earlier.delete(key)
        self.first.delete(key)

    def check(self) -> None:
        """Raise StoreUnavailable if files cannot be stored, or not be read from the earlier store."""
        self.first.check()
        self.earlier.check()

    def _with(self, key: str) -> RawStore:
        """Return the store that has a file; FileMissing if neither has."""
        for store in (self.first, self.earlier):
            try:
                store.head(key, 1)
            except FileMissing:
                continue
            return store
        raise FileMissing(key)

    def _refuse_taken(self, key: str) -> None:
        try:
            self.earlier.head(key, 1)
        except FileMissing:
            return
        raise KeyTaken(key)
