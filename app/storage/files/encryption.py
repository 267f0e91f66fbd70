"""Encryption of a file in chunks, so that a part is never believed without its tag, nor a file without its end.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, 2015), with the numbers of age (age-encryption.org/v1):
a key for each file, from the key of KEYRING and a salt by HKDF-SHA-256; chunks of 64 KiB by AES-256-GCM, whose nonce is
the number of the chunk, and 1 for the last. The name of the file is in the derivation: it opens under no other.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import chain

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.keys import Key, Keys
from app.storage.files.store import FileChanged

MARK = b"GSF1"
CHUNK = 64 * 1024
HEAD = len(MARK) + 1 + 255  # bytes that surely hold mark and id
_SALT, _TAG, _COUNTER = 16, 16, 11


def encrypted(key: Key, name: str, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a file as the store keeps it: mark, id of the key, salt, chunks. It is never held whole."""
    salt, key_id = os.urandom(_SALT), key.id.encode()
    yield MARK + bytes([len(key_id)]) + key_id + salt
    cipher = _cipher(key, salt, name)
    for number, (chunk, last) in enumerate(_chunks(parts, CHUNK)):
        yield cipher.encrypt(_nonce(number, last), chunk, None)


def decrypted(keys: Keys, name: str, stored: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks of a stored file; FileChanged at the first that is not as it was written."""
    parts, begun = iter(stored), bytearray()
    for part in parts:
        begun += part
        if len(begun) >= HEAD + _SALT:
            break
    key_id = key_of(bytes(begun[:HEAD]))
    key = keys.find(key_id) if key_id is not None else None
    if key_id is None or key is None:
        raise FileChanged(name)
    begins = len(MARK) + 1 + len(key_id.encode())
    salt = bytes(begun[begins : begins + _SALT])
    del begun[: begins + _SALT]
    cipher = _cipher(key, salt, name)
    try:
        for number, (chunk, last) in enumerate(_chunks(chain([begun], parts), CHUNK + _TAG)):
            yield cipher.decrypt(_nonce(number, last), chunk, None)
    except InvalidTag as error:
        raise FileChanged(name) from error


def slices(content: bytes) -> Iterator[bytes]:
    """Yield the bytes of a file that is whole, so that cutting it into chunks needs no second copy of it."""
    for begins in range(0, len(content), 16 * CHUNK):
        yield content[begins : begins + 16 * CHUNK]


def key_of(head: bytes) -> str | None:
    """Return the id of the key that encrypted a file, given its first bytes; None if it is not encrypted."""
    if not head.startswith(MARK) or len(head) <= len(MARK):
        return None
    length = head[len(MARK)]
    return head[len(MARK) + 1 :][:length].decode(errors="replace")


def _chunks(parts: Iterable[bytes | bytearray], size: int) -> Iterator[tuple[bytearray, bool]]:
    """Yield the bytes of parts in chunks of a size, and whether each is the last, which may be empty."""
    kept = bytearray()
    for part in parts:
        kept += part
        while len(kept) > size:
            yield kept[:size], False
            del kept[:size]
    yield kept, True


def _cipher(key: Key, salt: bytes, name: str) -> AESGCM:
    info = b"guichet-sejour file 1\0" + name.encode()
    return AESGCM(HKDF(SHA256(), 32, salt, info).derive(key.secret))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(_COUNTER, "big") + bytes([last])
