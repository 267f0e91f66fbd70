"""Taking a certificate back: a reason that its holder reads, and a check page that says so at once."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.agent_forms.acts import REVOCATION
from app.domain.journeys.questions import Case
from app.domain.rules.rights import AttestationKind
from app.forms import steps as forms
from app.forms.views import flat, views
from app.presenters.notice_words import CERTIFICATES
from app.services.certificates import attestations as service
from app.services.review import access_log
from app.storage.applications import attestations as store
from app.storage.applications import dossiers
from app.web.current import agent, now, today
from app.web.language import language
from app.web.rendering import render_page


def revoke(reference: str, code: str) -> Response:
    """GET asks for the reason, POST takes it back; a second one finds it done."""
    if request.method == "GET":
        dossier = access_log.open_dossier(agent(), reference, now()).dossier
        typed, status = forms.Reading({}, forms.shown(REVOCATION, {})), 200
    else:
        dossier = dossiers.in_service(agent().service_id, reference)
        typed, status = forms.read(REVOCATION, request.form, Case({}, today=today())), 422
    found = store.of_dossier_with_code(dossier.id, code)
    if request.method == "POST" and not typed.errors:
        service.revoke(found, typed.answers["reason"], now(), agent())
        return redirect(url_for("instruction.dossier", reference=reference), 303)
    fields = views(REVOCATION, typed.raw, language(), typed.errors)
    return render_page(
        "instruction/revoke.html",
        status,
        dossier=dossier,
        certificate=found,
        title=CERTIFICATES[AttestationKind(found.kind)],
        fields=fields,
        wrong=[one for one in flat(fields) if one.error],
    )
