"""The signed cookie: written with the newest key of sessions, read with every one."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from app.keys import Keys


class SignedCookies(SecureCookieSessionInterface):
    """Flask's own, with keys that may change while the service runs."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Return what signs the cookie and reads it."""
        options = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        return URLSafeTimedSerializer(
            self._keys, salt=self.salt, serializer=self.serializer, signer_kwargs=options
        )
