"""Reset of a forgotten password, by a link that works once."""

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.account import FORGOTTEN, RESET
from app.forms.steps import StepForm
from app.services.access.passwords import WeakPassword
from app.services.access.refusals import DeadLink
from app.services.accounts import accounts
from app.web.access import browsers
from app.web.current import now
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, format_problem, render_form

if TYPE_CHECKING:
    from app.storage.models import Account


def forgotten() -> Response:
    """Send a link to choose a new password; the answer is the same if there is no account."""
    if request.method == "GET" and "sent" in request.args:
        return render_page("compte/sent.html")
    form = form_of(FORGOTTEN)
    if not form.validate_on_submit():
        return render_form("compte/forgotten.html", form)
    accounts.ask_reset(form.answers["identifier"], browsers.origin(), now())
    return redirect(url_for("compte.forgotten", sent=1), 303)


def reset(token: str) -> Response:
    """Choose a new password.

    Opening the page does not use the link up: mail scanners open links too.
    """
    account = accounts.link_holder(token, now())
    if account is None:
        return _dead()
    form = form_of(RESET)
    if not form.validate_on_submit():
        return _choose(form, account)
    try:
        accounts.reset(token, form.answers["password"], browsers.origin(), now())
        browsers.keep()
    except WeakPassword as weak:
        form.add_error("password", format_problem(weak.problem))
        return _choose(form, account)
    except DeadLink:
        return _dead()
    return redirect(url_for("compte.sign_in", changed=1), 303)


def _choose(form: StepForm, account: "Account") -> Response:
    first = "provisoire" in request.args  # just signed in with the provisional password of a letter
    return render_form(
        "compte/reset.html", form, first=first, user_name=account.foreign_number or account.email
    )


def _dead() -> Response:
    return render_page("compte/dead_link.html", 410, again=url_for("compte.forgotten"))
