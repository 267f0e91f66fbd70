"""Letters of decisions on the agents' side: those of a dossier, and the templates of a service."""

from pathlib import Path
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.agent_forms.deciding import template_step
from app.domain.dossiers.decision_letters import DEFAULTS, OWED, PLACEHOLDERS, SPECIMEN, allowed
from app.domain.dossiers.decisions import OUTCOME_TITLES, Outcome
from app.forms.steps import StepForm
from app.pdf.letters import letter_pdf as draw
from app.presenters.decision_view import head, letter_view
from app.services.certificates import printing
from app.services.decisions import decision_letters, letter_templates
from app.services.decisions.decision_letters import Paragraphs
from app.services.review import access_log
from app.storage.applications import decision_letters as store
from app.web.current import agent, now, service, settings, today
from app.web.http import downloads
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_fields, form_of


def letter(reference: str, number: int) -> Response:
    """Show a letter that was sent, and record the reading of its dossier."""
    dossier = access_log.open_dossier(agent(), reference, now()).dossier
    found = store.in_service(agent().service_id, reference, number)
    stuck = printing.keeps_failing(found)
    return render_page("instruction/letter.html", dossier=dossier, stuck=stuck, **letter_view(found))


def templates() -> Response:
    """List the kinds of letter with the author of each present template."""
    rows = [(kind, OUTCOME_TITLES[kind], store.template(agent().service_id, kind)) for kind in Outcome]
    return render_page("instruction/templates.html", rows=rows, me=agent())


def template(kind: str) -> Response:
    """Show, preview or save the template of a kind; 409 if a colleague saved one meanwhile.

    GET with `?version=` puts an earlier version into the field, to be saved again.
    """
    chosen = _kind(kind)
    if request.method == "GET":
        return _form(chosen, blank_form(template_step(chosen), {"text": _shown(chosen)}))
    form = form_of(template_step(chosen))
    if not form.validate():
        return _form(chosen, form, 422)
    text = form.answers["text"]
    if "papier" in request.form:
        return _specimen_pdf(chosen, text)
    if "apercu" in request.form:
        return _form(chosen, form, letter=_specimen(chosen, text))
    try:
        letter_templates.save(chosen, text, _seen(), agent(), now())
    except letter_templates.StaleTemplate as stale:
        return _form(chosen, form, 409, stale=stale.last)
    return redirect(url_for("instruction.template", kind=kind, fait=1), 303)


def restore(kind: str) -> Response:
    """Restore the default template; 409 if a colleague saved one meanwhile."""
    chosen = _kind(kind)
    try:
        letter_templates.restore(chosen, _seen(), agent(), now())
    except letter_templates.StaleTemplate as stale:
        form = blank_form(template_step(chosen), {"text": _shown(chosen)})
        return _form(chosen, form, 409, stale=stale.last)
    return redirect(url_for("instruction.template", kind=kind, fait=1), 303)


def template_pdf(kind: str) -> Response:
    """Send the present template as a PDF for an invented person."""
    chosen = _kind(kind)
    return _specimen_pdf(chosen, decision_letters.text_of(agent().service_id, chosen))


def _kind(kind: str) -> Outcome:
    return Outcome(kind) if kind in list(Outcome) else abort(404)


def _seen() -> int:
    seen = request.form.get("seen", "")[:18]
    return int(seen) if seen.isdecimal() else 0


def _shown(kind: Outcome) -> str:
    """Return the text for the field: the version that the query names, otherwise the present one."""
    wanted = request.args.get("version", "")
    rows = store.templates(agent().service_id, kind) if wanted else ()
    versions = {str(row.id): row.text for row in rows}
    if wanted in versions:
        return versions[wanted] or DEFAULTS[kind]
    return decision_letters.text_of(agent().service_id, kind)


def _specimen(kind: Outcome, text: str) -> Paragraphs:
    return decision_letters.specimen(text, kind, service(), agent(), today())


def _specimen_pdf(kind: Outcome, text: str) -> Response:
    content = draw(
        head({**SPECIMEN, "service": service().name, "ville": service().city}),
        _specimen(kind, text),
        settings().operator,
        now(),
        demonstration=settings().demonstration,
        specimen=True,
        fonts_dir=Path(settings().fonts_dir),
    )
    return downloads.attachment(content, f"specimen-{kind}.pdf")


def _form(kind: Outcome, form: StepForm, status: int = 200, **more: Any) -> Response:
    versions = store.templates(agent().service_id, kind)
    seen = request.form.get("seen") if status != 409 else None
    return render_page(
        "instruction/template.html",
        status,
        kind=kind,
        title=OUTCOME_TITLES[kind],
        **form_fields(form),
        versions=versions,
        sent=store.latest(agent().service_id, kind),
        seen=seen if seen is not None else versions[0].id if versions else 0,
        words=[(name, PLACEHOLDERS[name], name in OWED[kind]) for name in allowed(kind)],
        head=head({**SPECIMEN, "service": service().name, "ville": service().city}),
        done="fait" in request.args,
        **({"letter": None, "stale": None} | more),
    )
