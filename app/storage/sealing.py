"""Secrets of authenticators, encrypted in their column: the table alone does not make a code.

AES-SIV (RFC 5297) of the 20 bytes that the base32 text stands for, with the name of the column beside, so that nothing is
read in another place than its own. It needs no random number, and what is stored fits into the column of before.
"""

from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from peewee import CharField, Value, fn

from app.keys import Key, Keys

_MARK = "~"  # begins what is encrypted: no letter of base32
_KEY_BYTES = 64  # AES-256 twice
_bound: list[Keys] = []


def bind(keys: Keys) -> None:
    """Give the columns their keys, as the database is bound: once, when a process starts."""
    _bound[:] = [keys]


class SealedField(CharField):
    """A secret in base32, clear in Python, encrypted in the database; "" stays "" in both."""

    def db_value(self, value: str | None) -> Any:
        return _sealed(_keys().writing, value, self._place()) if value else value

    def python_value(self, value: str | None) -> Any:
        return _opened(value, self._place()) if value and value.startswith(_MARK) else value

    def _place(self) -> bytes:
        return f"{self.model.table_name()}.{self.column_name}".encode()


def seal_anew(*fields: SealedField) -> int:
    """Encrypt with the key that writes what another key encrypted, or none yet; return how many texts."""
    current, done = f"{_MARK}{_keys().writing.id}{_MARK}", 0
    for field in fields:
        for number, stored in _stored(field):
            if stored.startswith(current):
                continue
            unchanged = (field.model.id == number) & (field == Value(stored, converter=False))
            done += field.model.update({field: field.python_value(stored)}).where(unchanged).execute()
    return done


def sealed_by(key_id: str, *fields: SealedField) -> int:
    """Return how many texts a key encrypted."""
    mark = f"{_MARK}{key_id}{_MARK}"
    return sum(stored.startswith(mark) for field in fields for _number, stored in _stored(field))


def _stored(field: SealedField) -> Iterator[tuple[int, str]]:
    column = fn.COALESCE(field, Value("", converter=False)).coerce(False)
    rows = field.model.select(field.model.id, column).where(field != "").tuples()
    yield from [(number, stored) for number, stored in rows]


def _sealed(key: Key, text: str, place: bytes) -> str:
    content = _cipher(key).encrypt(b32decode(text), [place])
    return f"{_MARK}{key.id}{_MARK}{urlsafe_b64encode(content).decode()}"


def _opened(stored: str, place: bytes) -> str:
    _empty, key_id, content = stored.split(_MARK)
    key = _keys().find(key_id)
    if key is None:
        raise LookupError(f"the key {key_id} of authenticators is not in KEYRING")
    return b32encode(_cipher(key).decrypt(urlsafe_b64decode(content), [place])).decode()


def _cipher(key: Key) -> AESSIV:
    derived = HKDF(SHA256(), _KEY_BYTES, None, b"guichet-sejour sealed column 1").derive(key.secret)
    return AESSIV(derived)


def _keys() -> Keys:
    if not _bound:
        raise RuntimeError("no keys are bound: see sealing.bind")
    return _bound[0]
