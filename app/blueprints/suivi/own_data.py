"""« Mes données »: an applicant takes a copy of everything away, and deletes the account."""

import logging

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.own_data import closing_step, copy_step
from app.domain.rules.calendar import paris_day
from app.forms.steps import StepForm
from app.presenters.public import retention_rows
from app.presenters.wait_messages import retry_wait
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.applications.applicant_overview import journey_of
from app.services.certificates.printing import NotPrintedYet
from app.services.own_data import closing, copies
from app.web.access import browsers
from app.web.current import account, gateways, now, today
from app.web.http import downloads
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.posted.forms import form_of, render_form

log = logging.getLogger(__name__)


def own_data() -> Response:
    """Show the copy of one's data and how to ask for one (GET), or ask for one (POST)."""
    form = form_of(copy_step(bool(account().password_hash)))
    if not form.validate_on_submit():
        return _page(form)
    try:
        password = form.answers.get("password", "")
        copies.ask(account(), password, language(), gateways().files, browsers.origin(), now())
    except (WrongCredentials, TooSoon) as refused:
        return _refused(form, refused)
    return redirect(url_for("suivi.own_data"), 303)


def take_copy() -> Response:
    """Send the copy, once the password is given again."""
    form = form_of(copy_step(bool(account().password_hash)))
    if not form.validate_on_submit():
        return _page(form)
    try:
        parts = copies.read(
            account(), form.answers.get("password", ""), gateways().files, browsers.origin(), now()
        )
    except (WrongCredentials, TooSoon) as refused:
        return _refused(form, refused)
    except NotPrintedYet:
        return redirect(url_for("suivi.own_data"), 303)
    return downloads.streamed(parts, "mes-donnees.zip", "application/zip")


def _refused(form: StepForm, refused: WrongCredentials | TooSoon) -> Response:
    """Show the page with the reason beside the password; above the form for an account that has none."""
    told = retry_wait(refused.until) if isinstance(refused, TooSoon) else _wrong()
    if "password" not in form:
        return _page(form, 429, told=told)
    form.add_error("password", told)
    return _page(form)


def _wrong() -> str:
    return str(_("Ce mot de passe n’est pas celui de votre compte."))


def _page(form: StepForm, status: int = 200, told: str = "") -> Response:
    person = account()
    copy = copies.of_account(person.id, now())
    again = copy is not None and copy.asked_at + copies.AGAIN <= now()
    due = closing.due(person.id)
    return render_form(
        "suivi/own_data.html",
        form,
        status,
        person=person,
        told=told,
        copy=copy,
        copy_until=copies.kept_until(copy) if copy else None,
        again=again,
        anew=again and "nouvelle" in request.args,
        closing_on=paris_day(due) if due else None,
    )


def close_account() -> Response:
    """Tell what goes and what stays (GET), or have the account deleted after the days to change one's mind (POST)."""
    person = account()
    if closing.due(person.id):
        return redirect(url_for("suivi.own_data"), 303)
    form = form_of(closing_step(bool(person.password_hash)))
    if closing.consequences(person.id).open:
        return _closing_page(form, 409 if request.method == "POST" else 200)
    if not form.validate_on_submit():
        return _closing_page(form)
    try:
        closing.ask(person, form.answers.get("password", ""), browsers.origin(), now())
    except closing.StillOpen:
        return _closing_page(form, 409)
    except (WrongCredentials, TooSoon) as refused:
        told = retry_wait(refused.until) if isinstance(refused, TooSoon) else _wrong()
        form.add_error("password", told)
        return _closing_page(form)
    return redirect(url_for("suivi.own_data"), 303)


def _closing_page(form: StepForm, status: int = 200) -> Response:
    found = closing.consequences(account().id)
    return render_form(
        "suivi/close_account.html",
        form,
        status,
        found=found,
        journey_of=journey_of,
        days=retention_rows.undo_span(today()),
        years=retention_rows.kept_span(today()),
    )


def keep_account() -> Response:
    """Keep the account after all."""
    closing.keep(account(), now())
    return redirect(url_for("suivi.own_data"), 303)
