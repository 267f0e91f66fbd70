"""Requests of applicants for another e-mail address after losing their mailbox; an agent decides them."""

from datetime import date

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Step
from app.domain.public_forms.email_recovery import LOST, LOST_VISA
from app.domain.rules.identifiers import normal_email
from app.forms.steps import StepForm
from app.presenters.faulty_records import faulty_part
from app.presenters.wait_messages import retry_wait
from app.services.access.refusals import DeadLink
from app.services.access.throttles import TooSoon
from app.services.accounts import recoveries
from app.services.accounts.recoveries import Wanted
from app.services.accounts.signups import FaultyRecord, RegisterAway, Typed
from app.web.access import browsers
from app.web.current import gateways, now
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, render_form


def lost() -> Response:
    """Request another address, identified by a permit."""
    return _ask(LOST, "number")


def lost_visa() -> Response:
    """Request another address, identified by a visa."""
    return _ask(LOST_VISA, "visa")


def _ask(step: Step, number: str) -> Response:
    """Store the request; the answer is the same whether the data matches an account or not."""

    def shown(form: StepForm, status: int = 200, refused: str = "", part: str = "") -> Response:
        context = {"refused": refused, "part": part, "visa": number == "visa"}
        return render_form("compte/email_recovery/ask.html", form, status, **context)

    form = form_of(step)
    if not form.validate_on_submit():
        return shown(form)
    answers = form.answers
    first, last = (date.fromisoformat(answers[key]) for key in ("valid_from", "valid_until"))
    typed = Typed(answers[number], first, last, on_visa=number == "visa")
    wanted = Wanted(normal_email(answers["email"]), answers["postcode"], language())
    try:
        recoveries.ask(gateways().register, typed, wanted, browsers.origin(), now())
    except TooSoon as soon:
        form.add_error(number, retry_wait(soon.until))
        return shown(form, 429)
    except RegisterAway:
        return shown(form, 503, refused="away")
    except FaultyRecord as fault:
        return shown(form, 422, refused="faulty", part=faulty_part(fault.part))
    return redirect(url_for("compte.lost_sent"), 303)


def lost_sent() -> Response:
    """Show the answer to a request, the same for all."""
    return render_page("compte/email_recovery/sent.html")


def lost_confirm(token: str) -> Response:
    """Confirm the new address, by the link sent to it.

    Opening the link does nothing: mail scanners open links too.
    """
    if request.method == "GET":
        asked = recoveries.to_confirm(token, now())
        return render_page("compte/email_recovery/confirm.html", email=asked.email) if asked else _used(token)
    try:
        recoveries.confirm(token, now())
    except DeadLink:
        return _used(token)
    return redirect(url_for("compte.lost_done"), 303)


def lost_done() -> Response:
    """Show what happens next, the same for all."""
    return render_page("compte/email_recovery/done.html")


def lost_stop(token: str) -> Response:
    """Stop a request, by the link sent to the old address."""
    if request.method == "GET":
        return render_page("compte/email_recovery/stop.html") if recoveries.to_stop(token) else _over()
    try:
        recoveries.stop(token, now())
    except DeadLink:
        return _over()
    return redirect(url_for("compte.lost_stopped"), 303)


def lost_stopped() -> Response:
    """Show that the request is stopped."""
    return render_page("compte/email_recovery/stopped.html")


def _used(token: str) -> Response:
    """Lead on from a link that did its work, on the way back or after a second click; tell of another that it is dead."""
    if recoveries.is_confirmed(token, now()):
        return redirect(url_for("compte.lost_done"), 303)
    sentence = _("Il a déjà servi, ou il a plus de 24 heures. Recommencez : cela prend une minute.")
    return render_page("compte/dead_link.html", 410, again=url_for("compte.lost"), words=sentence)


def _over() -> Response:
    return render_page("compte/email_recovery/over.html", 410)
