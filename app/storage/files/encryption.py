"""Encryption of a file in chunks, so that a part is never believed without its tag, nor a file without its end.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, 2015), with the numbers of age (age-encryption.org/v1):
a key for each file, from the key of KEYRING and a salt by HKDF-SHA-256; chunks of 64 KiB by AES-256-GCM, whose nonce is
the number of the chunk, and 1 for the last. The name of the file is in the derivation: it opens under no other.
"""

import os
from collections.abc import Iterator

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


def encrypted(key: Key, name: str, content: bytes) -> Iterator[bytes]:
    """Yield a file as the store keeps it: mark, id of the key, salt, chunks."""
    salt, key_id = os.urandom(_SALT), key.id.encode()
    yield MARK + bytes([len(key_id)]) + key_id + salt
    cipher, view = _cipher(key, salt, name), memoryview(content)
    last = max(len(content) - 1, 0) // CHUNK
    for number in range(last + 1):
        part = view[number * CHUNK : (number + 1) * CHUNK]
        yield cipher.encrypt(_nonce(number, number == last), part, None)


def decrypted(keys: Keys, name: str, stored: bytes) -> Iterator[bytes]:
    """Yield the chunks of a stored file; FileChanged at the first that is not as it was written."""
    key_id = key_of(stored)
    key = keys.find(key_id) if key_id is not None else None
    if key_id is None or key is None:
        raise FileChanged(name)
    begins = len(MARK) + 1 + len(key_id.encode())
    salt, view = stored[begins : begins + _SALT], memoryview(stored)[begins + _SALT :]
    cipher, whole = _cipher(key, salt, name), CHUNK + _TAG
    last = max(len(view) - 1, 0) // whole
    try:
        for number in range(last + 1):
            part = view[number * whole : (number + 1) * whole]
            yield cipher.decrypt(_nonce(number, number == last), part, None)
    except InvalidTag as error:
        raise FileChanged(name) from error


def key_of(head: bytes) -> str | None:
    """Return the id of the key that encrypted a file, given its first bytes; None if it is not encrypted."""
    if not head.startswith(MARK) or len(head) <= len(MARK):
        return None
    length = head[len(MARK)]
    return head[len(MARK) + 1 :][:length].decode(errors="replace")


def _cipher(key: Key, salt: bytes, name: str) -> AESGCM:
    info = b"guichet-sejour file 1\0" + name.encode()
    return AESGCM(HKDF(SHA256(), 32, salt, info).derive(key.secret))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(_COUNTER, "big") + bytes([last])
