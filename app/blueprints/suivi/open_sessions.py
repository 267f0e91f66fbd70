"""An applicant's sessions: on which devices the account is open, and how to end them."""

from typing import TYPE_CHECKING, cast

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.services.access import known_browsers, sessions
from app.web.access import browsers
from app.web.current import account, now
from app.web.pages.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Session


def sessions_list() -> Response:
    """List the open sessions."""
    opened = sessions.opened(account(), now())
    return render_page(
        "suivi/sessions.html", sessions=opened, this=this_session().id, done="ok" in request.args
    )


def end_session(number: int) -> Response:
    """End another session; the present one ends by signing out."""
    if number != this_session().id:
        sessions.end_one(account(), number)
    return redirect(url_for("suivi.sessions", ok=1), 303)


def end_others() -> Response:
    """End every session except this one; the account knows no other browser any more."""
    sessions.end_all(account(), but=this_session())
    known_browsers.forget(account(), but=browsers.origin().browser)
    return redirect(url_for("suivi.sessions", ok=1), 303)


def this_session() -> "Session":
    """Return the session of this browser."""
    return cast("Session", current_user.session)
