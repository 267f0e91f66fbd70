"""Signatures by the keys of papers: ECDSA with P-256 and SHA-256 (FIPS 186-5), the same bytes for the same text."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.keys.purposes import Key

SIZE = 64  # bytes of a signature: r and s
_HALF = SIZE // 2
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def sign(key: Key, text: bytes) -> bytes:
    """Return the signature of a text (RFC 6979: no random number, so a paper printed again is the same)."""
    algorithm = ec.ECDSA(SHA256(), deterministic_signing=True)
    r, s = decode_dss_signature(_private(key.secret).sign(text, algorithm))
    return r.to_bytes(_HALF) + s.to_bytes(_HALF)


def genuine(key: Key, text: bytes, signature: bytes) -> bool:
    """Return whether a signature of a text was made by a key."""
    if len(signature) != SIZE:
        return False
    r, s = int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:])
    point = b"\x04" + (key.public or public_half(key.secret))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    try:
        public.verify(encode_dss_signature(r, s), text, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def public_half(secret: bytes) -> bytes:
    """Return the public half of a private key: X and Y of its point, 32 bytes each."""
    numbers = _private(secret).public_key().public_numbers()
    return numbers.x.to_bytes(_HALF) + numbers.y.to_bytes(_HALF)


def _private(secret: bytes) -> ec.EllipticCurvePrivateKey:
    # A number from 1 to the order less 1; the bias is less than 2⁻³².
    return ec.derive_private_key(int.from_bytes(secret) % (_ORDER - 1) + 1, ec.SECP256R1())
