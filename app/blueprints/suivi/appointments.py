"""An applicant's appointments: the page of one, « Je ne peux pas venir », the calendar file."""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.appointments import DECLINING
from app.forms.steps import StepForm
from app.keys import KeyPurpose
from app.presenters.applicants import calendars
from app.presenters.applicants.open_request import open_request
from app.presenters.appointments import view
from app.services.appointments import invitations
from app.services.appointments.invitations import StaleAppointment
from app.storage import appointments as store
from app.web.current import account, keys, now, settings
from app.web.http import downloads
from app.web.localisation.language import gettext as _
from app.web.posted.forms import form_of, render_form

if TYPE_CHECKING:
    from app.storage.models import Appointment


def appointment(reference: str, number: int) -> Response:
    """Show one appointment, or note that the person cannot come (POST); 409 if it changed meanwhile."""
    found = store.owned(account().id, reference, number)
    form = form_of(DECLINING)
    if not form.validate_on_submit():
        return _shown(found, form)
    try:
        invitations.decline(found, form.answers.get("words", ""), _version(), now())
    except StaleAppointment:
        return _shown(store.owned(account().id, reference, number), form, 409)
    return redirect(url_for("suivi.appointment", reference=reference, number=number), 303)


def accept(reference: str, number: int) -> Response:
    """Note that the person comes after all; 409 if the appointment changed meanwhile."""
    found = store.owned(account().id, reference, number)
    try:
        invitations.accept(found, _version(), now())
    except StaleAppointment:
        return _shown(store.owned(account().id, reference, number), form_of(DECLINING), 409)
    return redirect(url_for("suivi.appointment", reference=reference, number=number), 303)


def _version() -> int:
    sent = request.form.get("version", "")[:9]
    return int(sent) if sent.isascii() and sent.isdigit() else 0


def _shown(found: "Appointment", form: StepForm, status: int = 200) -> Response:
    return render_form(
        "suivi/appointment.html",
        form,
        status,
        dossier=found.dossier,
        asked=open_request(found.dossier),
        shown=view(found, now()),
        changed=status == 409,
    )


def appointment_calendar(reference: str, number: int) -> Response:
    """Send the appointment as an iCalendar file; 404 once it is past, marked or cancelled."""
    shown = view(store.owned(account().id, reference, number), now())
    if shown.status != "coming":
        abort(404)
    link = settings().origin.rstrip("/") + url_for("suivi.appointment", reference=reference, number=number)
    entry = calendars.Entry(
        f"appointment:{number}",
        shown.day,
        _("%(purpose)s, titre de séjour", purpose=_(shown.title)),
        "\n".join((*(_(paper) for paper in shown.bring), shown.words)).strip(),
        timedelta(days=1),
        at=shown.at,
        place=shown.place,
    )
    content = calendars.calendar(
        [entry], str(account().id), link, keys(KeyPurpose.CALENDARS).first.secret, now()
    )
    return downloads.attachment(content, "rendez-vous.ics", "text/calendar; charset=utf-8")
