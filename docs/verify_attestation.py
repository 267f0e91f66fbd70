"""Verify the QR code of a certificate without network: python verify_attestation.py KEYS.json ADDRESS

KEYS.json is /.well-known/attestation-keys.json of the service, ADDRESS the text of the QR code. Needs `cryptography`.
The form is told in attestation-codes.md. A genuine code may have been revoked since: only the service knows.
"""

import json
import struct
import sys
from base64 import b32decode, urlsafe_b64decode
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

CONTEXT = b"guichet-sejour attestation 1\0"
LETTERS = "234679ABCDEFGHJKMNPQRTVWXY"


def day(number):
    return str(date(2000, 1, 1) + timedelta(number)) if number else None


def verify(keys, address):
    """Return what the code says; raise ValueError or InvalidSignature if it is not genuine."""
    text = address.partition("#")[2]
    content = b32decode(text + "=" * (-len(text) % 8))
    body, signature = content[:-64], content[-64:]
    version, kid, rights, code, *birth, first, last, signed = struct.unpack_from(">BBB5sHBBHHH", body)
    key = next((key for key in keys if key["kid"] == str(kid)), None)
    if version != 1 or key is None or key["revoked"]:
        raise ValueError("unknown form or key")
    if not key["from"] <= day(signed) <= (key["until"] or "9999"):
        raise ValueError("signed when its key was not in use")
    x, y = (urlsafe_b64decode(key[name] + "==") for name in "xy")
    public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), b"\4" + x + y)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public.verify(encode_dss_signature(r, s), CONTEXT + body, ECDSA(SHA256()))
    number, letters, texts, rest = int.from_bytes(code, "big"), "", [], body[18:]
    for _place in range(8):
        number, index = divmod(number, 26)
        letters = LETTERS[index] + letters
    for _text in range(4):
        texts.append(rest[1 : 1 + rest[0]].decode())
        rest = rest[1 + rest[0] :]
    said = dict(zip(("holder", "latin_name", "work", "territory"), texts, strict=True))
    return said | dict(code=letters, rights=rights, born=birth, first=day(first), last=day(last))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(json.dumps(verify(json.load(file)["keys"], sys.argv[2]), ensure_ascii=False, indent=1))
