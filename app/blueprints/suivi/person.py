"""The person's own settings: dates for their calendar, reminders, how to be reached."""

from datetime import date
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.account_forms import blank, read, show, switching
from app.domain.dossiers.states import State
from app.domain.public_forms.contact import REMINDERS, contact_step
from app.domain.rules.calendar import filing_window
from app.forms import steps as forms
from app.presenters.applicants import calendars
from app.presenters.applicants.renewal_dates import entries
from app.services.calendar import reminders as service
from app.services.messages import contact_details
from app.storage.applications import dossiers as store
from app.web import downloads
from app.web.current import account, now, settings, today
from app.web.language import language
from app.web.rendering import LANGUAGE_NAMES


def permit_until() -> date:
    """The last day of the permit that the register knows."""
    return date.fromisoformat(account().identity["valid_until"])


def calendar() -> Response:
    """The dates still to come, for a telephone; 404 once there is none."""
    person, ends = account(), permit_until()
    coming = [one for one in entries(ends) if one.day >= today()]
    if any(one.state != State.DRAFT for one in store.of_account(person.id)):
        coming = [one for one in coming if one.key == "end"]  # filed: only the permit itself still counts
    if not coming:
        abort(404)
    link = f"{settings().origin.rstrip('/')}/{language()}/suivi/"
    owner = f"{person.id}:{ends.isoformat()}"
    content = calendars.calendar(coming, owner, link, settings().secret_key, now())
    return downloads.attachment(content, "renouvellement.ics", "text/calendar; charset=utf-8")


def reminders() -> Response:
    """Which reminders to receive."""
    template, person = "suivi/reminders.html", account()
    window = filing_window(permit_until())
    context: dict[str, Any] = {"window": window, "permit_end": permit_until(), "saved": "ok" in request.args}
    if request.method == "GET":
        known = blank(REMINDERS, reminders=[str(kind) for kind in service.wanted(person)])
        return show(template, REMINDERS, known, **context)
    reading = read(REMINDERS)
    if switching() or reading.errors:
        return show(template, REMINDERS, reading, 422, **context | {"saved": False})
    service.choose(person, reading.answers.get("reminders", ()))
    return redirect(url_for("suivi.reminders", ok=1), 303)


def contact() -> Response:
    """The language of letters, the telephone of short messages."""
    template, person = "suivi/contact.html", account()
    step = contact_step(tuple((code, LANGUAGE_NAMES[code]) for code in settings().languages))
    if request.method == "GET":
        shown = forms.shown(step, {"language": person.language, "phone": person.phone})
        return show(template, step, blank(step, **shown), saved="ok" in request.args)
    reading = read(step)
    if switching() or reading.errors:
        return show(template, step, reading, 422, saved=False)
    contact_details.change(person, reading.answers["language"], reading.answers.get("phone", ""))
    return redirect(url_for("suivi.contact", ok=1), 303)
