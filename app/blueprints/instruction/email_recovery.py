"""Requests for another e-mail address, decided by agents of the applicant's service."""

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.email_recovery import DECISION, GRANT, HOW
from app.forms.steps import StepForm
from app.presenters.applicants.stepper import identity_rows
from app.services.access.refusals import AddressTaken
from app.services.accounts import recoveries
from app.services.accounts.recoveries import Check, NoLongerOpen
from app.storage.people import recoveries as store
from app.web.current import agent, now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_fields, form_of

if TYPE_CHECKING:
    from app.storage.models import Recovery


def mailboxes() -> Response:
    """List the open requests, the oldest first."""
    waiting = store.waiting(agent().service_id)
    return render_page("instruction/mailboxes.html", waiting=waiting, me=agent(), done="fait" in request.args)


def mailbox(number: int) -> Response:
    """Show one request with what to check, or decide it (POST); 409 if it is no longer open."""
    recovery = store.in_service(agent().service_id, number)
    form = form_of(DECISION)
    if request.method == "GET":
        return _shown(recovery, form)
    if recovery.decided_at or recovery.stopped_at:
        return _shown(recovery, form, 409)
    if not form.validate():
        return _shown(recovery, form, 422)
    answers = form.answers
    try:
        if answers["decision"] == GRANT:
            recoveries.grant(recovery, agent(), Check(answers["checked"], answers["seen"]), now())
        else:
            recoveries.refuse(recovery, agent(), answers["reason"], now())
    except NoLongerOpen:
        return _shown(store.in_service(agent().service_id, number), form, 409)
    except AddressTaken:
        form.add_error(
            "decision",
            _("Cette adresse est déjà celle d’un autre compte. Refusez, et demandez-en une autre."),
        )
        return _shown(recovery, form, 422)
    return redirect(url_for("instruction.mailboxes", fait=1), 303)


def _shown(recovery: "Recovery", form: StepForm, status: int = 200) -> Response:
    over = bool(recovery.decided_at or recovery.stopped_at)
    person = recovery.account
    return render_page(
        "instruction/mailbox.html",
        status,
        asked=recovery,
        over=over,
        how=HOW.get(recovery.checked, ""),
        identity=identity_rows(person.identity) if person else (),
        dossier=store.dossier_of(person.id) if person else None,
        service_id=agent().service_id,
        **({"fields": (), "wrong": ()} if over else form_fields(form)),
    )
