"""A device that makes passkeys, in a few lines: what a browser answers to the options of a page (WebAuthn, level 2)."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field
from html import unescape

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def options_of(page: str) -> dict:
    """The options that a page gives to its script."""
    return json.loads(unescape(re.search(r'data-passkey="([^"]+)"', page).group(1)))


@dataclass
class Device:
    """One key; `flags`, `origin` and `counter` may be what they should not be."""

    origin: str = "http://localhost"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def create(self, options: dict) -> str:
        """Answer the options of a new key."""
        numbers = self.private.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        about = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(key)
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + about}
        client = self._client("webauthn.create", options)
        return self._answer({"clientDataJSON": client, "attestationObject": cbor2.dumps(made)})

    def get(self, options: dict) -> str:
        """Answer the options of a sign-in."""
        data, client = self._data(), self._client("webauthn.get", options)
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    def _data(self, more: int = 0) -> bytes:
        flags = (self.flags | more).to_bytes(1, "big")
        return hashlib.sha256(self.host.encode()).digest() + flags + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, options: dict) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, parts: dict[str, bytes]) -> str:
        name = bytes_to_base64url(self.credential)
        response = {part: bytes_to_base64url(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def handle_of(options: dict) -> bytes:
    """What a page calls the person towards their devices."""
    return base64url_to_bytes(options["user"]["id"])
