"""A store without a clear byte: access to the folder or bucket alone reads nothing and changes nothing unnoticed."""

from collections.abc import Iterable, Iterator

from app.keys import Keys
from app.storage.files.encryption import HEAD, decrypted, encrypted, key_of, slices
from app.storage.files.store import FileMissing, RawStore


class EncryptedStore:
    """The files of another store, encrypted there and clear here."""

    def __init__(self, inner: RawStore, keys: Keys) -> None:
        self.inner = inner
        self._keys = keys

    def put(self, key: str, data: bytes) -> None:
        """Encrypt a file with the key that writes, and store it."""
        self.inner.put(key, b"".join(encrypted(self._keys.writing, key, slices(data))))

    def read(self, key: str) -> bytes:
        """Return the clear bytes of a file; FileChanged if it is not as it was written, or not encrypted."""
        return b"".join(decrypted(self._keys, key, slices(self.inner.read(key))))

    def put_parts(self, key: str, parts: Iterable[bytes]) -> None:
        """Encrypt a file while it is made, and store it."""
        self.inner.put_parts(key, encrypted(self._keys.writing, key, parts))

    def parts(self, key: str) -> Iterator[bytes]:
        """Yield the clear bytes of a file; FileChanged at the first that are not as they were written."""
        return decrypted(self._keys, key, self.inner.parts(key))

    def delete(self, key: str) -> None:
        """Delete a file."""
        self.inner.delete(key)

    def check(self) -> None:
        """Raise StoreUnavailable if files cannot be stored now."""
        self.inner.check()

    def encrypt_anew(self) -> int:
        """Encrypt with the key that writes what another key encrypted, or none yet; return how many files."""
        done = 0
        for name in self.inner.names():
            done += self._encrypt_anew(name)
        return done

    def encrypted_by(self, key_id: str) -> int:
        """Return how many files a key encrypted."""
        return sum(self._key_of(name) == key_id for name in self.inner.names())

    def _encrypt_anew(self, name: str) -> bool:
        writing = self._keys.writing
        known = self._key_of(name)
        if known == writing.id:
            return False
        try:
            clear = self.inner.parts(name) if known is None else self.parts(name)
            self.inner.replace(name, encrypted(writing, name, clear))
        except FileMissing:  # deleted meanwhile
            return False
        return True

    def _key_of(self, name: str) -> str | None:
        try:
            return key_of(self.inner.head(name, HEAD))
        except FileMissing:
            return ""
