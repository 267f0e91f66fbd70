"""Who is behind a request: Flask-Login over server-side sessions.

The cookie holds a random token alone; ending the row ends the session, wherever the cookie is.
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
MOST_KEPT = 100_000  # characters, sealed
_KEPT = "kept-form"  # what the seal is good for
_NEVER_KEPT = frozenset({"csrf_token", "password", "seen", "kept", "code", "switch_language"})


@dataclass
class SignedIn(UserMixin):
    """A browser that somebody signed in with: an applicant, or an agent past the second factor."""

    session: Session
    account: Account | None
    agent: Agent | None
    pending_agent: Agent | None = None  # the password was right, the one-time code is still owed

    def get_id(self) -> str:
        """What Flask-Login puts into the cookie: set by `enter`."""
        return str(session[TOKEN])


def load(token: str) -> SignedIn | None:
    """The person behind a token, None once the session is over."""
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
    """Sign this browser in: everything it held before is dropped, the token and the form token too."""
    end_session()
    session[TOKEN] = token
    login_user(load(token))


def end_session() -> None:
    """Sign this browser out, and end its session."""
    if token := session.get(TOKEN):
        sessions.end(token)
    logout_user()
    session.clear()


def was_signed_in() -> bool:
    """Whether this browser holds a token, living or over."""
    return TOKEN in session


@dataclass(frozen=True)
class SavedForm:
    """What was typed when the session was over, and whose session it was, None where nobody knows."""

    path: str
    fields: list[tuple[str, str]]
    owner: int | None


def sign_form(form: MultiDict[str, str], path: str) -> str:
    """What was typed when the session was over, sealed with its page; "" when there is nothing to keep."""
    fields = [(name, value) for name, value in form.items(multi=True) if name not in _NEVER_KEPT]
    if not any(value.strip() for _name, value in fields) or len(path) > LONGEST_PATH:
        return ""
    owner = sessions.owner(session[TOKEN]) if TOKEN in session else None
    content = {"path": path, "fields": fields, "owner": owner}
    text = sign(settings().secret_key, _KEPT, content, now())
    return text if len(text) <= MOST_KEPT else ""


def verify_form(text: str, account: Account) -> SavedForm | None:
    """What this person typed; None when it is too old, not sealed by us, or was somebody else's."""
    held: Mapping[str, Any] | None = verify(settings().secret_key, _KEPT, text, KEPT_LIFE, now())
    if held is None or held["owner"] not in (None, account.id):
        return None
    return SavedForm(held["path"], [(name, value) for name, value in held["fields"]], held["owner"])


def install(app: Flask) -> None:
    """Give Flask-Login its loader. What somebody who is not signed in sees is the account pages' answer."""
    manager = LoginManager(app)
    manager.session_protection = None  # the address of a telephone changes with its network
    manager.user_loader(load)
