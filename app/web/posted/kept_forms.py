"""Nothing typed is lost: a form that could not be stored is kept, and filled in again on its page.

A form is kept by the path that it is sent to, whatever page it stands on: when the session had ended, when its token
was another session's, when it was refused, when somebody leaves without sending it. Files cannot be kept, and it is said.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, request, session, url_for
from flask import Response as PageResponse
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.text import clean
from app.keys import KeyPurpose
from app.reference.communes import commune
from app.services.access import kept_forms as store
from app.services.access.kept_forms import Fields, Owner
from app.services.access.sessions import digest
from app.services.access.signed_tokens import sign, verify
from app.storage.database import UNAVAILABLE
from app.web.access.sign_in import KEPT, TOKEN
from app.web.current import keys, now
from app.web.http.addresses import parts_of
from app.web.http.htmx import leave_for, page_behind, wants_fragment
from app.web.localisation.language import language
from app.web.pages.rendering import render
from app.web.posted.refill import refill

log = logging.getLogger(__name__)

PLACE = "garde"  # the id of the notice in a filled form
KEPT_LIFE = timedelta(minutes=30)  # of the text that a sign-in page carries
LONGEST_PATH = 200
MOST_KEPT = 100_000  # characters
_PURPOSE = "kept-form"  # of the signature
# Buttons that show the form again, in another language or above what it would write: nothing stores what was typed.
_SHOWING = frozenset({"apercu", "papier", "switch_language"})
_NEVER_KEPT = frozenset({"csrf_token", "password", "current", "kept", "next", "username"}) | _SHOWING
_SAVED_ON_LEAVING = frozenset(
    {"demande.step"}
)  # the view stores what is typed, and keeps what it cannot store
_NOT_TYPED = frozenset({"choice", "last", "leave", "seen", "version"})  # what buttons and hidden fields send
# Where a form without a page of its own leads back to, if the browser does not say from which page it came.
_FIRST_PAGES = {
    "administration": "administration.home", "agents": "agents.account", "instruction": "instruction.queue"
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """What became of the form of a request: the page to return to, and the text that the sign-in page has to carry."""

    page: str
    anything: bool = False
    text: str = ""


def keep_sent() -> Kept:
    """Keep the form of a request without a session.

    It is stored for the person whose session has ended; if that is unknown, its signed text goes with the sign-in page.
    """
    page, fields = _page(), _typed(request.form.items(multi=True))
    if not fields:
        return Kept(page)
    path = _bare(request.path)
    owner = store.owner_of_session(digest(session[TOKEN])) if TOKEN in session else None
    if owner is not None:
        store.keep(owner, path, fields, now())
        return Kept(f"{page}#{PLACE}", anything=True)
    text = sign(keys(KeyPurpose.FORMS), _PURPOSE, [path, page, fields], now())
    return Kept(f"{page}#{PLACE}", anything=True, text=text) if len(text) <= 2 * MOST_KEPT else Kept(page)


def keep(owner: Owner, fields: Iterable[tuple[str, str]]) -> bool:
    """Keep the form of a request of an applicant or agent; return whether anything was typed."""
    typed = _typed(fields)
    if typed:
        store.keep(owner, _bare(request.path), typed, now())
        session[KEPT] = g.kept_now = True
    return bool(typed)


def keep_carried(owner: Owner, text: str) -> None:
    """Keep the form whose signed text a sign-in page carried; nothing if it is forged or over 30 minutes old."""
    content: Any = verify(keys(KeyPurpose.FORMS), _PURPOSE, text, KEPT_LIFE, now())
    if content is not None:
        path, _page_of_form, fields = content
        store.keep(owner, path, [(name, value) for name, value in fields], now())


def choose(values: dict[str, list[str]]) -> None:
    """Say what the address of this page chooses in its form: newer than what was kept, it stands before it."""
    g.chosen = g.get("chosen", {}) | values


def shown_again(owner: Owner) -> Response | None:
    """Keep the form of an applicant or agent and lead to its page, where it is filled in; None if nothing was typed."""
    kept = keep(owner, request.form.items(multi=True))
    return leave_for(f"{_page()}#{PLACE}") if kept else None


def way_in(sign_in: str, draw: Callable[[Kept], Response]) -> Response:
    """Return the way to a sign-in page, given its endpoint, for a request without a session; its form is kept.

    `draw` returns that page where it has to carry the form.
    """
    if "X-CSRFToken" in request.headers:  # a script would take the page for the answer that it asked for
        return Response(status=401)
    if request.method != "POST":
        page = page_of_address(page_behind()) if wants_fragment() else request.full_path.rstrip("?")
        return leave_for(url_for(sign_in, next=page))
    kept = keep_sent()
    if not kept.text:
        return leave_for(url_for(sign_in, next=kept.page, garde=1 if kept.anything else None))
    response = draw(kept)
    if wants_fragment():  # of the statuses of a refusal, HTMX would show none
        response.status_code = 200
    return response


def page_of_address(address: str) -> str:
    """Return the path and query of an address of this site, "" for any other."""
    parts = parts_of(address)
    if parts.netloc != request.host:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def person() -> Owner | None:
    """Return the person of this request as the owner of forms, None for a visitor."""
    signed_in = getattr(current_user, "account", None) or getattr(current_user, "agent", None)
    return owner_of(signed_in) if signed_in else None


def owner_of(person: Any) -> Owner:
    """Return the owner of the forms of an Account or an Agent."""
    return Owner("agent" if hasattr(person, "rank") else "account", person.id)


def _typed(sent: Iterable[tuple[str, str]]) -> Fields:
    """Return the fields worth keeping; none if nothing was typed, or far too much."""
    fields = [(name, clean(value)) for name, value in sent if name not in _NEVER_KEPT]
    typed = any(value.strip() for name, value in fields if name not in _NOT_TYPED)
    short = sum(len(name) + len(value) for name, value in fields) <= MOST_KEPT
    return fields if typed and short and len(request.path) <= LONGEST_PATH else []


def _page() -> str:
    """Return the page that the form of this request stands on."""
    if request.url_rule is not None and "GET" in (request.url_rule.methods or ()):
        return request.full_path.rstrip("?")
    if behind := page_of_address(page_behind() or request.referrer or ""):
        return behind
    blueprint = (request.endpoint or "").partition(".")[0]
    return url_for(_FIRST_PAGES.get(blueprint, "suivi.space"))


def _bare(path: str) -> str:
    """Return a path without its language: what was typed on a French page comes back on the English one."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if first in current_app.config["LANGUAGES"] else path


def _notice(first: bool, files: bool) -> str:
    return render(language(), "_kept.html", place=PLACE if first else "", files=files)


def _label(name: str, value: str) -> str:
    """Return the name of a value that a list does not offer: the communes of another postcode."""
    found = commune(value) if name == "commune" else None
    return found.name if found else value


def install(app: Flask) -> None:
    """Fill kept forms into the pages that they stand on, and forget each when it is sent again.

    Kept is also what somebody leaves by a link, which the script sends, and what is refused or shown in another language.
    """

    app.before_request(_keep_left)
    app.after_request(_give_back)


def _keep_left() -> tuple[str, int] | None:
    """Keep a form that an applicant or agent leaves; nothing else is done with it."""
    if request.method != "POST" or request.endpoint in _SAVED_ON_LEAVING or "leave" not in request.form:
        return None
    if owner := person():
        keep(owner, request.form.items(multi=True))
    return "", 204


def _give_back(response: PageResponse) -> PageResponse:
    """Fill a page; without a database it goes out as it is, since what the request asked for is done."""
    try:
        return _given_back(response)
    except UNAVAILABLE as error:
        log.error("kept forms unavailable", exc_info=error)
        return response


def _given_back(response: PageResponse) -> PageResponse:
    if request.method == "GET" and KEPT not in session:
        return response
    if response.status_code >= 500 or (owner := person()) is None:
        return response
    if shown := _is_shown(response):
        keep(owner, request.form.items(multi=True))
    if KEPT not in session:
        return response
    answered = response.status_code not in (400, 401, 403)
    if request.method == "POST" and answered and "kept_now" not in g:
        store.forget(owner, _bare(request.path))
    if response.mimetype == "text/html" and not response.direct_passthrough and response.data:
        _fill(response, owner, shown)
    return response


def _fill(response: PageResponse, owner: Owner, shown: bool) -> None:
    """Fill the kept forms of a page; not that of this request, where it is `shown` as it was sent."""
    forms = store.of(owner)
    if not forms:
        session.pop(KEPT, None)
        return
    if shown:
        forms.pop(_bare(request.path), None)
    prefix = f"/{language()}"
    typed = {f"{prefix}{path}": _by_name(fields) for path, fields in forms.items()}
    if request.path in typed:
        for name, values in g.get("chosen", {}).items():
            typed[request.path][name] = [*values, *typed[request.path].get(name, ())]
    response.set_data(refill(response.get_data(as_text=True), request.path, typed, _notice, _label))


def _is_shown(response: PageResponse) -> bool:
    """Return whether a page shows what was just typed, and nothing stored it."""
    if request.method != "POST" or "kept_now" in g:
        return False
    return response.status_code == 422 or (response.status_code == 200 and bool(_SHOWING & set(request.form)))


def _by_name(fields: Fields) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    return values
