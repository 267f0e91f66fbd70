"""The signed cookie and the token of forms: written with the newest key of their purpose, read with every one."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.keys import KeyPurpose, Keyring, Keys
from app.settings import Settings


class SignedCookies(SecureCookieSessionInterface):
    """Flask's own, with keys that may change while the service runs."""

    digest_method = staticmethod(hashlib.sha256)

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._made: dict[tuple[bytes, ...], URLSafeTimedSerializer] = {}
        self._read: dict[tuple[bytes, ...], Callable[[str], tuple[dict[str, Any], datetime]]] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Return what signs the cookie and reads it, made once for the keys of the moment."""
        keys = tuple(self._keys)
        if keys not in self._made:
            options = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
            self._made = {
                keys: URLSafeTimedSerializer(
                    keys, salt=self.salt, serializer=self.serializer, signer_kwargs=options
                )
            }
        return self._made[keys]

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what the cookie says. Its signature is checked once for the keys of the moment, its age each time."""
        text = request.cookies.get(self.get_cookie_name(app), "")
        try:
            content, signed = self._reader(app)(text) if text else ({}, datetime.now(UTC))
        except BadSignature:
            return self.session_class()
        kept = datetime.now(UTC) - signed <= app.permanent_session_lifetime
        return self.session_class(content if kept else None)

    def _reader(self, app: Flask) -> Callable[[str], tuple[dict[str, Any], datetime]]:
        keys = tuple(self._keys)
        if keys not in self._read:
            read = partial(self.get_signing_serializer(app).loads, return_timestamp=True)
            self._read = {keys: lru_cache(maxsize=4096)(read)}
        return self._read[keys]

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where it changed; else there is nothing to do: every answer says that it depends on it."""
        if session.modified:
            super().save_session(app, session, response)


def install(app: Flask, ring: Keyring, settings: Settings) -> None:
    """Give the application its cookie and the token of its forms."""
    app.session_interface = SignedCookies(ring.of(KeyPurpose.SESSIONS))
    app.config.update(
        SESSION_COOKIE_NAME=settings.cookie("guichet"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_SECRET_KEY=ring.of(KeyPurpose.FORMS),
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # no Referer is asked for, see web.posted.own_forms
        WTF_CSRF_CHECK_DEFAULT=False,  # checked after the audience, see web.audiences
    )
