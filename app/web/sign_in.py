"""Signing in and out: Flask-Login over server-side sessions.

The cookie holds only a random token. Deleting the session's row signs out every copy of the cookie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.datastructures import MultiDict

from app.services.access import sessions
from app.services.access.signed_tokens import sign, verify
from app.storage.models import Account, Agent, Session
from app.storage.people import sessions as store
from app.web.current import now, settings

TOKEN = "token"  # the name of the key in the cookie
KEPT_LIFE = timedelta(minutes=30)
LONGEST_PATH = 200
MOST_KEPT = 100_000  # characters, signed
_KEPT = "kept-form"  # purpose of the signature
_NEVER_KEPT = frozenset({"csrf_token", "password", "seen", "kept", "code", "switch_language"})


@dataclass
class SignedIn(UserMixin):
    """The user object of Flask-Login: an applicant, or an agent past (or before) the second factor."""

    session: Session
    account: Account | None
    agent: Agent | None
    pending_agent: Agent | None = None  # the password was right, the one-time code is still missing

    def get_id(self) -> str:
        """Return the session's token, which Flask-Login puts into the cookie."""
        return str(session[TOKEN])


def load(token: str) -> SignedIn | None:
    """Return the person of a session token, None once the session has ended; extend a living session."""
    found = store.of_applicant(sessions.digest(token))
    if found is None or not sessions.alive(found, now()):
        return None
    sessions.prolong(found, now())
    if found.agent_id:
        return _agent(store.of_agent(found.digest))
    return SignedIn(found, found.account, None)


def _agent(found: Session | None) -> SignedIn | None:
    if found is None:
        return None
    if found.second_factor:
        return SignedIn(found, None, found.agent)
    return SignedIn(found, None, None, pending_agent=found.agent)


def start_session(token: str) -> None:
    """Sign this browser in with a new session.

    Everything in the cookie is dropped first, the CSRF token too (session fixation).
    """
    end_session()
    session[TOKEN] = token
    login_user(load(token))


def end_session() -> None:
    """Sign this browser out and end its session."""
    if token := session.get(TOKEN):
        sessions.end(token)
    logout_user()
    session.clear()


def was_signed_in() -> bool:
    """Return whether the cookie has a session token, even of an ended session."""
    return TOKEN in session


@dataclass(frozen=True)
class SavedForm:
    """A form sent after its session had ended, to be filled in again after signing in."""

    path: str
    fields: list[tuple[str, str]]
    owner: int | None  # the account of the ended session; None if unknown


def sign_form(form: MultiDict[str, str], path: str) -> str:
    """Return a form and its path as a signed text; "" if the form is empty or too long."""
    fields = [(name, value) for name, value in form.items(multi=True) if name not in _NEVER_KEPT]
    if not any(value.strip() for _name, value in fields) or len(path) > LONGEST_PATH:
        return ""
    owner = sessions.owner(session[TOKEN]) if TOKEN in session else None
    content = {"path": path, "fields": fields, "owner": owner}
    text = sign(settings().secret_key, _KEPT, content, now())
    return text if len(text) <= MOST_KEPT else ""


def verify_form(text: str, account: Account) -> SavedForm | None:
    """Return the form of a signed text; None if it is over 30 minutes old, forged, or of another account."""
    content: Mapping[str, Any] | None = verify(settings().secret_key, _KEPT, text, KEPT_LIFE, now())
    if content is None or content["owner"] not in (None, account.id):
        return None
    fields = [(name, value) for name, value in content["fields"]]
    return SavedForm(content["path"], fields, content["owner"])


def install(app: Flask) -> None:
    """Register Flask-Login with its loader; `audiences` answers requests without a session."""
    manager = LoginManager(app)
    manager.session_protection = None  # the address of a telephone changes with its network
    manager.user_loader(load)
