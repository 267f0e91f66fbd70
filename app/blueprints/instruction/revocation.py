"""Revocation or correction of a certificate, with a reason that its holder reads; the check page shows it at once."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.domain.agent_forms.certificates import CORRECTED, INSTEAD, REVOCATION
from app.domain.dossiers.endings import RECEIPTS
from app.domain.rules.rights import AttestationKind
from app.presenters.notice_words import CERTIFICATES
from app.services.certificates import endings as service
from app.services.review import access_log
from app.storage.applications import attestations as store
from app.storage.applications import dossiers
from app.web.current import agent, now
from app.web.pages.rendering import address, render_page
from app.web.posted.forms import form_fields, form_of


def revoke(reference: str, code: str) -> Response:
    """Ask for the reason (GET), or revoke or replace the certificate (POST); a second POST changes nothing.

    404 for an acknowledgement of receipt: it is not revoked.
    """
    if request.method == "GET":
        dossier = access_log.open_dossier(agent(), reference, now()).dossier
    else:
        dossier = dossiers.in_service(agent().service_id, reference)
    found = store.of_dossier_with_code(dossier.id, code)
    if AttestationKind(found.kind) in RECEIPTS:
        abort(404)
    form = form_of(REVOCATION)
    if form.validate_on_submit():
        corrected = form.answers[INSTEAD] == CORRECTED
        change = service.replace if corrected else service.revoke
        change(found, form.answers["reason"], now(), agent())
        done = store.REPLACED if corrected else store.REVOKED
        return redirect(address("instruction.dossier", reference=reference, fait=done), 303)
    return render_page(
        "instruction/revoke.html",
        422 if form.errors else 200,
        dossier=dossier,
        certificate=found,
        title=CERTIFICATES[AttestationKind(found.kind)],
        **form_fields(form),
    )
