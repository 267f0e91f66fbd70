"""Who is behind a request: Flask-Login over server-side sessions.

The cookie holds a random token alone; ending the row ends the session, wherever the cookie is.
"""

from dataclasses import dataclass

from flask import Flask, current_app, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.services import sessions
from app.storage import sessions as store
from app.storage.models import Account, Agent, Session

TOKEN = "token"  # noqa: S105 – the name of the key in the cookie
KEPT_SECONDS = 30 * 60
_NEVER_KEPT = frozenset({"csrf_token", "password", "seen", "kept", "code"})


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
    from app.web.current import now

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


def enter(token: str) -> None:
    """Sign this browser in: everything it held before is dropped, the token and the form token too."""
    session.clear()
    session[TOKEN] = token
    user = load(token)
    login_user(user)


def leave() -> None:
    """Sign this browser out, and the session with it."""
    if token := session.get(TOKEN):
        sessions.end(token)
    logout_user()
    session.clear()


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept-form")


def keep(form: MultiDict[str, str], path: str) -> str:
    """What was typed when the session was over, sealed for half an hour, bound to its page."""
    fields = [(name, value) for name, value in form.items(multi=True) if name not in _NEVER_KEPT]
    return _serializer().dumps({"path": path, "fields": fields}) if fields else ""


def unseal(kept: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The path and the fields, None when they are too old or not ours."""
    try:
        held = _serializer().loads(kept, max_age=KEPT_SECONDS)
        return held["path"], [(name, value) for name, value in held["fields"]]
    except (BadData, KeyError, TypeError, ValueError):
        return None


def answer(door: str) -> Response:
    """For somebody who is not signed in: the door, with what they typed kept behind it."""
    if door == "agent":
        return redirect(url_for("instruction.sign_in"), 303)
    if request.headers.get("HX-Request"):
        response = Response("", 200)
        response.headers["HX-Redirect"] = url_for("compte.sign_in", next=request.path)
        return response
    if request.method == "POST":
        from app.blueprints.compte_door import sign_in_page

        return sign_in_page(
            status=401, next_path=request.path, kept=keep(request.form, request.path), ended=True
        )
    return redirect(url_for("compte.sign_in", next=request.full_path.rstrip("?")), 303)


def install(app: Flask) -> None:
    """Give Flask-Login its loader, and the audiences their answer."""
    manager = LoginManager(app)
    manager.session_protection = None  # the address of a telephone changes with its network
    manager.user_loader(load)
    app.extensions["sign_in"] = answer
