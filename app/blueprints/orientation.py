"""« Quelle démarche ? »: questions that lead to a procedure, without an account.

The answers are kept in the query string only, as option keys and dates.
"""

from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Purpose
from app.domain.orientation.outcome import Outcome, answered, orient, permit_end
from app.domain.orientation.questions import REASONS, REMINDER_STEP, STEPS
from app.domain.procedures import on_offer
from app.domain.public_forms.service_lookup import WHEREABOUTS
from app.domain.rules.calendar import filing_window
from app.domain.rules.parameters import LATE_FILING_FEE
from app.forms.steps import StepForm
from app.forms.views import views
from app.keys import KeyPurpose
from app.presenters.applicants import calendars
from app.presenters.applicants.renewal_dates import entries
from app.presenters.wait_messages import email_wait
from app.services.access.throttles import TooSoon
from app.services.calendar import opening_reminders
from app.services.calendar.opening_reminders import NothingToRemind
from app.web.access import browsers, letter_links
from app.web.current import keys, now, settings, today
from app.web.http import downloads
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_fields, form_of, query_form, render_form

bp = Blueprint("orientation", __name__, url_prefix="/orientation")


@bp.get("")
def ask() -> Response:
    """Show the next question or the outcome; redirect to an address that holds each valid answer."""
    given = answered(request.args, on_offer(), today())
    sent = next((step for step in STEPS if step.slug == request.args.get("question")), None)
    if sent is None:
        step = orient(given, on_offer(), today())
        return _outcome(step, given) if isinstance(step, Outcome) else _question(blank_form(step), given)
    before = {step.slug: given[step.slug] for step in STEPS[: STEPS.index(sent)] if step.slug in given}
    form = query_form(sent)
    if not form.validate():
        return _question(form, before)
    return redirect(_address({**before, **form.answers}), 302)


def _address(answers: dict[str, Any]) -> str:
    return url_for("orientation.ask", **answers)


def _question(form: StepForm, given: dict[str, Any]) -> Response:
    """Return the page of a question, with the earlier answers as hidden fields."""
    earlier = list(given.items())
    return render_page(
        "orientation/question.html",
        422 if form.errors else 200,
        step=form.step,
        **form_fields(form),
        given=earlier,
        number=len(earlier) + 1,
        previous=_address(dict(earlier[:-1])) if earlier else "",
    )


def _outcome(found: Outcome, given: dict[str, Any]) -> Response:
    """Return the page of the outcome: a procedure, a day to come back, or the prefecture with the reason."""
    answers = list(given.items())
    fields = [field for field in views(blank_form(WHEREABOUTS), language()) if field.key == "postcode"]
    return render_page(
        "orientation/outcome.html",
        found=found,
        reason=REASONS[found.reason] if found.reason else None,
        validates=bool(found.journey and found.journey.purpose is Purpose.VALIDATION),
        extra=LATE_FILING_FEE.on(today()) if found.journey and found.journey.deadline.late_costs else 0,
        until=given.get("fin", ""),
        fields=fields,
        previous=_address(dict(answers[:-1])),
    )


@bp.get("/dates.ics")
def dates() -> Response:
    """Send the dates of a renewal as an iCalendar file, from the end of the permit alone."""
    ends = _ends()
    coming = [entry for entry in entries(ends) if entry.day >= today()]
    if not coming:
        abort(404)
    link = f"{settings().origin.rstrip('/')}{url_for('accueil.home')}"
    content = calendars.calendar(
        coming, f"orientation:{ends.isoformat()}", link, keys(KeyPurpose.CALENDARS).first.secret, now()
    )
    return downloads.attachment(content, "renouvellement.ics", "text/calendar; charset=utf-8")


def _ends() -> date:
    """Return the end of a permit from the query; 404 if it is not a plausible date."""
    return permit_end(request.args.get("fin", ""), today()) or abort(404)


@bp.route("/rappel", methods=["GET", "POST"])
def reminder() -> Response:
    """Ask for one e-mail on the day on which filing opens."""
    ends = _ends()
    window = filing_window(ends)
    context: dict[str, Any] = {"window": window, "until": ends}
    if request.method == "GET" and "sent" in request.args:
        return render_page("orientation/sent.html", **context)
    form = form_of(REMINDER_STEP)
    if not form.validate_on_submit():
        return render_form("orientation/reminder.html", form, **context)
    try:
        opening_reminders.ask(form.answers["email"], window, language(), browsers.origin(), now())
    except TooSoon as soon:
        form.add_error("email", email_wait(soon.until))
        return render_form("orientation/reminder.html", form, 429, **context)
    except NothingToRemind:
        return redirect(url_for("orientation.ask"), 303)
    return redirect(url_for("orientation.reminder", fin=ends.isoformat(), sent=1), 303)


@bp.route("/rappel/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Response:
    """Confirm or delete a reminder, by POST only: mail scanners open links too."""
    found = opening_reminders.of_token(token)
    if request.method == "GET" or found is None:
        over = found is None and "deleted" not in request.args
        return render_page("orientation/confirm.html", 410 if over else 200, found=found, over=over)
    if "delete" in request.form:
        opening_reminders.cancel(found)
        return redirect(url_for("orientation.confirm", token=letter_links.OPENED, deleted=1), 303)
    opening_reminders.confirm(found, now())
    return redirect(url_for("orientation.confirm", token=letter_links.OPENED), 303)
