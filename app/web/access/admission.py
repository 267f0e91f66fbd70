"""Admission to pages: the audience of its endpoint is checked before every view, the token of its form after it."""

from typing import cast

from flask import Flask, abort, current_app, redirect, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.dossiers.ranks import Rank
from app.languages import SOURCE, language_of
from app.web.access.audiences import AUDIENCE, RANKS, Audience
from app.web.localisation.language import language, same_page_in
from app.web.posted import own_forms

# Public forms that are others for somebody signed in.
_OWN_FORMS = frozenset({"aide.write", "aide.blocked"})


def install(app: Flask) -> None:
    """Check the audience before any view runs."""

    @app.before_request
    def admit() -> Response | None:
        if request.endpoint is None:
            return None  # no such page: the router answers 404 or 405 itself
        audience = AUDIENCE.get(request.endpoint)
        if audience is None:
            abort(403)
        if audience in RANKS and not language_of(language()).of_agents and request.method == "GET":
            return redirect(same_page_in(SOURCE))
        if answer := _refusal(audience):
            return answer
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            # After the audience: without a session no token is valid, and the sign-in page keeps the form.
            own_forms.require()
        return None


def _refusal(audience: Audience) -> Response | None:
    """Return the answer to a request from outside the audience (or abort), None if it is inside."""
    if audience is Audience.APPLICANT and not getattr(current_user, "account", None):
        return sign_in_answer("applicant")
    if request.endpoint in _OWN_FORMS and request.method == "POST" and "token" in session:
        # It was shown to somebody signed in: as a visitor's form it would ask who they are, and lose their dossier.
        return None if current_user.is_authenticated else sign_in_answer("applicant")
    if audience in RANKS:
        return _staff_refusal(RANKS[audience])
    if audience is Audience.DEMONSTRATION and not current_app.extensions["settings"].demonstration:
        abort(404)
    return None


def _staff_refusal(ranks: frozenset[Rank]) -> Response | None:
    agent = getattr(current_user, "agent", None)
    if agent is None:
        return sign_in_answer("agent")
    if Rank(agent.rank) not in ranks:
        abort(403)
    return None


def sign_in_answer(side: str) -> Response:
    """Return the way to the sign-in page of a side, "applicant" or "agent", as its blueprint set it; forms are kept."""
    return cast(Response, current_app.extensions["sign_in"][side]())
