"""Texts that only this service can have made, each good for one purpose and for a while."""

from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer


class _Signer(TimestampSigner):
    """Reads the injected clock instead of the machine's."""

    def __init__(self, *keys: Any, now: datetime, **options: Any) -> None:
        super().__init__(*keys, **options)
        self.now = now

    def get_timestamp(self) -> int:
        return int(self.now.timestamp())


def _serializer(secret: str, purpose: str, now: datetime) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=purpose, signer=_Signer, signer_kwargs={"now": now})


def sign(secret: str, purpose: str, content: Any, now: datetime) -> str:
    """Sign a JSON value; it can be read by anybody, and changed by nobody."""
    return str(_serializer(secret, purpose, now).dumps(content))


def verify(secret: str, purpose: str, text: str, life: timedelta, now: datetime) -> Any:
    """The value, or None where the text is not ours, is for something else, or is too old."""
    try:
        return _serializer(secret, purpose, now).loads(text, max_age=int(life.total_seconds()))
    except BadData:
        return None
