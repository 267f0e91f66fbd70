"""The text of a keyring, as it stands in a file or a variable: JSON, by purpose a list of keys, oldest first."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from app.keys.purposes import Key, KeyPurpose
from app.keys.weakness import shared, weak
from app.variables import BadValue

PAPER_IDS = range(1, 256)  # one byte of the QR code


def read_keys(text: str, whole: bool = True) -> dict[KeyPurpose, tuple[Key, ...]]:
    """Return the keys of a text; BadValue, which quotes no key, if they cannot be used.

    Unless `whole` is asked for, a purpose may have none: a version that knew less wrote the text.
    """
    try:
        lists = json.loads(text)
        read = {purpose: tuple(_key(item) for item in lists.get(purpose, ())) for purpose in KeyPurpose}
        unknown = sorted(set(lists) - set(KeyPurpose))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadValue("holds a text that is not a list of keys") from error
    if unknown:
        raise BadValue(f"has keys for {', '.join(unknown)}, which nothing uses")
    for purpose, keys in read.items():
        if keys or whole:
            _require_usable(purpose, keys)
    if shared(key.secret for keys in read.values() for key in keys):
        raise BadValue("has one key twice: each purpose needs its own")
    return read


def write_keys(keys: Mapping[KeyPurpose, tuple[Key, ...]]) -> str:
    """Return the text of keys."""
    return json.dumps(
        {str(purpose): [_item(key) for key in keys[purpose]] for purpose in KeyPurpose}, indent=1
    )


def _require_usable(purpose: KeyPurpose, keys: tuple[Key, ...]) -> None:
    if not keys:
        raise BadValue(f"has no key for {purpose}. Run: python -m app.cli keys rotate {purpose}")
    if len({key.id for key in keys}) < len(keys) or list(keys) != sorted(keys, key=lambda key: key.begins):
        raise BadValue(f"has keys for {purpose} with one id, or not oldest first")
    papers = purpose is KeyPurpose.PAPERS
    if papers and not all(key.id.isdigit() and int(key.id) in PAPER_IDS for key in keys):
        raise BadValue(f"has ids for {purpose} that are no number from 1 to 255")
    if any(weak(key.secret) for key in keys if key.secret or not (papers and key.public)):
        raise BadValue(f"has a weak key for {purpose}: not 32 random bytes, or the demonstration's")
    if not keys[-1].secret:
        raise BadValue(f"has no key for {purpose} that writes")


def _key(item: Any) -> Key:
    begins = datetime.fromisoformat(item["from"]).astimezone(UTC)
    revoked = item.get("revoked")
    return Key(
        str(item["id"]),
        begins,
        _bytes(item.get("secret", "")),
        _bytes(item.get("public", "")),
        date.fromisoformat(revoked) if revoked else None,
    )


def _item(key: Key) -> dict[str, str]:
    item = {"id": key.id, "from": key.begins.isoformat()}
    if key.secret:
        item["secret"] = _text(key.secret)
    if key.public:
        item["public"] = _text(key.public)
    if key.revoked_on:
        item["revoked"] = key.revoked_on.isoformat()
    return item


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
