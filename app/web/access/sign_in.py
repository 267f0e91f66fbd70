"""Signing in and out: Flask-Login over server-side sessions.

The cookie holds only a random token. Deleting the session's row signs out every copy of the cookie.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

from app.domain.public_forms.account import SHARED
from app.services.access import sessions
from app.storage.models import Account, Agent, Session
from app.storage.people import sessions as store
from app.web.current import now
from app.web.localisation.language import in_present_language

TOKEN = "token"  # the name of the key in the cookie
DEVICE = "device"  # the key of what the person said of the device: OWN, SHARED or nothing
KEPT = "kept"  # the key that says that forms of the person may be kept, see web.posted.kept_forms


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
    if found is None or not sessions.alive(found, now(), on_shared_device()):
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


def on_shared_device() -> bool:
    """Return whether the person of this cookie said that others use the device."""
    return session.get(DEVICE) == SHARED


def start_session(token: str, device: str = "") -> None:
    """Sign this browser in with a new session, and note what the person said of the device.

    Everything in the cookie is dropped first, the CSRF token too (session fixation).
    """
    end_session()
    session[TOKEN] = token
    session[KEPT] = True
    if device:
        session[DEVICE] = device
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


def own_address(address: str) -> str:
    """Return an address of this very site in the present language, "" for any other (no open redirect)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    own = address.startswith("/") and address[1:2] not in ("/", "\\") and not parts.netloc
    return in_present_language(address) if own and address.isprintable() else ""


def install(app: Flask) -> None:
    """Register Flask-Login with its loader; `audiences` answers requests without a session."""
    manager = LoginManager(app)
    manager.session_protection = None  # the address of a telephone changes with its network
    # What it would compare: a digest of address and browser, computed at each request and carried by each cookie.
    manager._session_identifier_generator = str  # noqa: SLF001 – it has no public name
    manager.user_loader(load)
