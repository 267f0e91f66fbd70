"""Sign-in without number or password: a code or a link by e-mail."""

from typing import TYPE_CHECKING

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.account import ENTER, FOLLOW
from app.presenters.wait_messages import code_wait, resend_wait
from app.services.access.refusals import DeadLink, WrongCode
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts, email_sign_in
from app.web.access import browsers, sign_in
from app.web.current import now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_of, render_form

if TYPE_CHECKING:
    from app.storage.models import Account

ENTRY = "entry"  # key in the cookie: token of the request for a code


def follow() -> Response:
    """Send a code; the answer is the same if there is no account."""
    form = form_of(FOLLOW)
    if not form.validate_on_submit():
        return render_form("compte/follow.html", form)
    try:
        token = email_sign_in.ask(
            form.answers["email"], form.answers.get("reference", ""), browsers.origin(), now()
        )
    except TooSoon as soon:
        form.add_error("email", resend_wait(soon.until))
        return render_form("compte/follow.html", form, 429)
    session[ENTRY] = token
    return redirect(url_for("compte.enter"), 303)


def enter() -> Response:
    """Sign in with the code."""
    if ENTRY not in session:
        return redirect(url_for("compte.follow"), 303)
    form = form_of(ENTER)
    if not form.validate_on_submit():
        return render_form("compte/enter.html", form)
    try:
        account = email_sign_in.by_code(session[ENTRY], form.answers["code"], browsers.origin(), now())
    except WrongCode as wrong:
        form = blank_form(ENTER)
        form.add_error("code", _wrong_code(wrong.left))
        return render_form("compte/enter.html", form)
    except TooSoon as soon:
        form = blank_form(ENTER)
        form.add_error("code", code_wait(soon.until))
        return render_form("compte/enter.html", form, 429)
    return _start_session(account, "mailed code", form.answers.get("device") or "")


def _wrong_code(left: int) -> str:
    if left > 0:
        return _("Ce code n’est pas le bon. Recopiez les 6 chiffres du dernier e-mail reçu.")
    return _("Ce code n’est plus valable. Demandez-en un autre avec le lien plus bas.")


def enter_by_link(token: str) -> Response:
    """Sign in with the link, by POST only: mail scanners open links too."""
    if request.method == "GET":
        if not email_sign_in.link_is_live(token, now()):
            return _dead()
        return render_page("compte/enter_link.html")
    try:
        account = email_sign_in.by_link(token, now())
    except DeadLink:
        return _dead()
    return _start_session(account, "mailed link")


def _start_session(account: "Account", door: str, device: str = "") -> Response:
    sign_in.start_session(accounts.admit(account, browsers.origin(), door, now()), device)
    browsers.keep()
    return redirect(url_for("suivi.space"), 303)


def _dead() -> Response:
    return render_page("compte/dead_link.html", 410, again=url_for("compte.follow"))
