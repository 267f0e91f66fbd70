"""An applicant's settings: calendar of deadlines, reminders, language and telephone."""

from datetime import date

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.contact import PASSWORD_OWED, REMINDERS, contact_step
from app.domain.rules.calendar import filing_window
from app.keys import KeyPurpose
from app.languages import language_of
from app.presenters.applicants import calendars
from app.presenters.applicants.renewal_dates import entries, entries_once_filed
from app.presenters.standing_view import standing_view
from app.presenters.wait_messages import retry_wait
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts
from app.services.applications.applicant_overview import overview
from app.services.calendar import reminders as service
from app.services.messages import contact_details
from app.services.standing import standing_of
from app.storage.applications import dossiers as store
from app.web.access import browsers
from app.web.current import account, keys, now, settings, today
from app.web.http import downloads
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.posted.forms import form_of, format_problem, render_form


def permit_until() -> date:
    """Return the last day of the permit, as the register has it."""
    return date.fromisoformat(account().identity["valid_until"])


def calendar() -> Response:
    """Send the coming deadlines as an iCalendar file; 404 if there are none."""
    person, ends = account(), permit_until()
    cover = overview(store.of_account(person.id), person.identity, today()).cover
    found = entries_once_filed(standing_view(standing_of(cover, today()))) if cover else entries(ends)
    coming = [entry for entry in found if entry.day >= today()]
    if not coming:
        abort(404)
    link = f"{settings().origin.rstrip('/')}/{language()}/suivi/"
    owner = f"{person.id}:{ends.isoformat()}"
    content = calendars.calendar(coming, owner, link, keys(KeyPurpose.CALENDARS).first.secret, now())
    return downloads.attachment(content, "renouvellement.ics", "text/calendar; charset=utf-8")


def reminders() -> Response:
    """Choose the reminders to receive."""
    person = account()
    form = form_of(REMINDERS, {"reminders": [str(kind) for kind in service.wanted(person)]})
    if not form.validate_on_submit():
        return render_form(
            "suivi/reminders.html",
            form,
            window=filing_window(permit_until()),
            permit_end=permit_until(),
            saved=_saved(),
        )
    service.choose(person, form.answers.get("reminders", ()))
    return redirect(url_for("suivi.reminders", ok=1), 303)


def contact() -> Response:
    """Choose the language of e-mails, and the telephone for text messages."""
    person = account()
    languages = tuple((code, language_of(code).name) for code in settings().languages)
    step = contact_step(languages, bool(person.password_hash))
    form = form_of(step, {"language": person.language, "phone": person.phone})
    if not form.validate_on_submit():
        return render_form("suivi/contact.html", form, saved=_saved())
    phone, password = form.answers.get("phone", ""), form.answers.get("password", "")
    try:
        if phone != person.phone:
            accounts.require_password(person, password, browsers.origin(), now())
    except WrongCredentials:
        owed = format_problem(PASSWORD_OWED)
        form.add_error(
            "password", _("Ce mot de passe n’est pas celui de votre compte.") if password else owed
        )
        return render_form("suivi/contact.html", form, saved=False)
    except TooSoon as soon:
        form.add_error("password", retry_wait(soon.until))
        return render_form("suivi/contact.html", form, 429, saved=False)
    contact_details.change(person, form.answers["language"], phone, now())
    return redirect(url_for("suivi.contact", ok=1), 303)


def _saved() -> bool:
    return request.method == "GET" and "ok" in request.args
