"""Appointments of the agents' service: the list, invitations, marks, and what corrects them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.domain.agent_forms.appointments import (
    CANCELLING,
    REOPENED,
    correction_step,
    meeting_step,
    moving_step,
)
from app.domain.agent_forms.form import Answers
from app.domain.dossiers.appointments import PROPOSED, Meeting, Outcome, Purpose, instant, purposes
from app.domain.dossiers.states import State
from app.domain.rules.calendar import PARIS, start_of_day
from app.domain.text import N_, Problem
from app.forms.steps import StepForm
from app.presenters.appointments import AppointmentView, proposed, view
from app.presenters.staff.appointment_words import WORDS
from app.services.appointments import invitations
from app.services.appointments.invitations import AlreadyInvited, NotInvitable, StaleAppointment
from app.services.review import access_log
from app.storage import appointments as store
from app.storage.applications import dossiers
from app.web.current import agent, now, service, today
from app.web.pages.rendering import address, render_page
from app.web.posted.forms import form_fields, form_of, format_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.storage.models import Appointment, Dossier

PAST = Problem(N_("Cette heure est déjà passée. Vérifiez le jour et l’heure."))
_DAYS_SHOWN = 60


def appointments() -> Response:
    """List the appointments on which an agent has to act, those of today, and those to come."""
    mine, moment = agent().service_id, now()
    tomorrow = start_of_day(today() + timedelta(days=1))
    last = tomorrow + timedelta(days=_DAYS_SHOWN)
    return render_page(
        "instruction/appointments.html",
        declined=views_of(store.declined(mine)),
        unmarked=views_of(store.unmarked(mine, moment)),
        today=views_of(store.between(mine, moment, tomorrow)),
        coming=views_of(store.between(mine, tomorrow, last)),
        **WORDS,
        me=agent(),
    )


def views_of(rows: "Sequence[Appointment]") -> list[tuple[AppointmentView, "Dossier"]]:
    """Return the views of appointments, each with its dossier."""
    return [(view(row, now()), row.dossier) for row in rows]


def invite(reference: str, purpose: str) -> Response:
    """Ask for day, hour and place (GET), show what the person will read, or invite them (POST)."""
    if purpose not in set(Purpose):
        abort(404)
    aim = Purpose(purpose)
    dossier = _dossier(reference)
    if aim not in purposes(State(dossier.state), dossier.with_card):
        return _not_possible(dossier)
    form = form_of(meeting_step(aim), {"place": service().collection_place, "bring": list(PROPOSED[aim])})
    meeting = _meeting(form, aim)
    if meeting is None or "apercu" in request.form:
        return _form(
            "invite",
            dossier,
            form,
            address("instruction.invite", reference=reference, purpose=purpose),
            meeting,
        )
    try:
        made = invitations.invite(dossier, agent(), meeting, now())
    except NotInvitable:
        return _not_possible(dossiers.in_service(agent().service_id, reference))
    except AlreadyInvited as present:
        return _not_possible(dossier, present.appointment)
    return _done(reference, made.id)


def _dossier(reference: str) -> "Dossier":
    if request.method == "GET":
        return access_log.open_dossier(agent(), reference, now()).dossier
    return dossiers.in_service(agent().service_id, reference)


def _meeting(form: StepForm, purpose: Purpose) -> Meeting | None:
    """Return what a valid form says, None for a GET or a form with an error."""
    if request.method == "GET" or not form.validate():
        return None
    found = form.answers
    at = instant(date.fromisoformat(found["day"]), found["hour"])
    if at <= now():
        form.add_error("hour", format_problem(PAST))
        return None
    return Meeting(purpose, at, found["place"], tuple(found.get("bring") or ()), found.get("words", ""))


def _done(reference: str, number: int) -> Response:
    return redirect(address("instruction.appointment", reference=reference, number=number, fait=1), 303)


def _form(
    act: str,
    dossier: "Dossier",
    form: StepForm,
    here: str,
    meeting: Meeting | None = None,
    appointment: "Appointment | None" = None,
) -> Response:
    return render_page(
        "instruction/appointment_form.html",
        422 if form.errors else 200,
        act=act,
        dossier=dossier,
        step=form.step,
        here=here,
        shown=proposed(meeting, now()) if meeting else None,
        present=view(appointment, now()) if appointment else None,
        version=request.form.get("version", appointment.version if appointment else ""),
        **form_fields(form),
    )


def _not_possible(dossier: "Dossier", other: "Appointment | None" = None) -> Response:
    return render_page(
        "instruction/appointment_conflict.html",
        409,
        dossier=dossier,
        other=view(other, now()) if other else None,
    )


def _stale(reference: str, number: int) -> Response:
    return _shown(store.in_service(agent().service_id, reference, number), 409)


def _version() -> int:
    sent = request.form.get("version", "")[:9]
    return int(sent) if sent.isascii() and sent.isdigit() else 0


def _shown(found: "Appointment", status: int = 200) -> Response:
    return render_page(
        "instruction/appointment.html",
        status,
        dossier=found.dossier,
        shown=view(found, now()),
        changed=status == 409,
        **WORDS,
        done="fait" in request.args,
    )


def appointment(reference: str, number: int) -> Response:
    """Show one appointment, or note whether the person came (POST)."""
    if request.method == "GET":
        access_log.open_dossier(agent(), reference, now())
        return _shown(store.in_service(agent().service_id, reference, number))
    found = store.in_service(agent().service_id, reference, number)
    outcome = request.form.get("outcome", "")
    if outcome not in (Outcome.KEPT, Outcome.MISSED):
        abort(400)
    try:
        invitations.mark(found, agent(), Outcome(outcome), _version(), now())
    except StaleAppointment:
        return _stale(reference, number)
    return _done(reference, number)


def move(reference: str, number: int) -> Response:
    """Ask for another day, hour or place (GET), show what the person will read, or change the appointment (POST)."""
    found = store.in_service(agent().service_id, reference, number)
    if found.outcome is not None:
        return _stale(reference, number)
    purpose = Purpose(found.purpose)
    form = form_of(moving_step(purpose), _known(found))
    meeting = _meeting(form, purpose)
    if meeting is None or "apercu" in request.form:
        here = address("instruction.move_appointment", reference=reference, number=number)
        return _form("move", found.dossier, form, here, meeting, found)
    try:
        told = invitations.move(found, agent(), meeting, form.answers.get("reason", ""), _version(), now())
    except StaleAppointment:
        return _stale(reference, number)
    if told:
        return _done(reference, number)
    return redirect(address("instruction.appointment", reference=reference, number=number), 303)


def _known(found: "Appointment") -> Answers:
    local = found.at.astimezone(PARIS)
    return {
        "day": local.date().isoformat(),
        "hour": f"{local:%H:%M}",
        "place": found.place,
        "bring": found.bring,
        "words": found.words,
    }


def cancel(reference: str, number: int) -> Response:
    """Ask why (GET), or cancel the appointment (POST)."""
    found = store.in_service(agent().service_id, reference, number)
    if found.outcome is not None:
        return _stale(reference, number)
    form = form_of(CANCELLING)
    if not form.validate_on_submit():
        here = address("instruction.cancel_appointment", reference=reference, number=number)
        return _form("cancel", found.dossier, form, here, appointment=found)
    try:
        invitations.cancel(found, agent(), form.answers["reason"], _version(), now())
    except StaleAppointment:
        return _stale(reference, number)
    return _done(reference, number)


def correct(reference: str, number: int) -> Response:
    """Ask what is right (GET), or correct what was noted (POST)."""
    found = store.in_service(agent().service_id, reference, number)
    if found.outcome not in (Outcome.KEPT, Outcome.MISSED):
        return _stale(reference, number)
    form = form_of(correction_step(found.outcome))
    if not form.validate_on_submit():
        here = address("instruction.correct_appointment", reference=reference, number=number)
        return _form("correct", found.dossier, form, here, appointment=found)
    right = form.answers["outcome"]
    outcome = None if right == REOPENED else Outcome(right)
    try:
        invitations.correct(found, agent(), outcome, form.answers["reason"], _version(), now())
    except StaleAppointment:
        return _stale(reference, number)
    except AlreadyInvited as present:
        return _not_possible(found.dossier, present.appointment)
    except NotInvitable:
        return _not_possible(found.dossier)
    return _done(reference, number)
