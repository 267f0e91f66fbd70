"""Signed, dated tokens for links and hidden fields; each is valid for one purpose and a limited time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer


class _Signer(TimestampSigner):
    """TimestampSigner that uses the given instant instead of the system clock."""

    def __init__(self, *keys: Any, now: datetime, **options: Any) -> None:
        super().__init__(*keys, **options)
        self.now = now

    def get_timestamp(self) -> int:
        return int(self.now.timestamp())


def _serializer(keys: Iterable[bytes], purpose: str, now: datetime) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        keys, salt=purpose, signer=_Signer, signer_kwargs={"now": now, "digest_method": sha256}
    )


def sign(keys: Iterable[bytes], purpose: str, content: Any, now: datetime) -> str:
    """Return a JSON value as a URL-safe signed token. It is not encrypted: put no secret in it."""
    return str(_serializer(keys, purpose, now).dumps(content))


def verify(keys: Iterable[bytes], purpose: str, text: str, life: timedelta, now: datetime) -> Any:
    """Return the value of a token, or None if its signature or purpose is wrong or it is older than `life`."""
    try:
        return _serializer(keys, purpose, now).loads(text, max_age=int(life.total_seconds()))
    except BadData:
        return None
