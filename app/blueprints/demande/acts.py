"""POST requests of the last steps: files, explanations, the e-photo code, filing."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints import document_uploads, sent_files
from app.blueprints.demande.follow_on import address_after_filing
from app.blueprints.demande.pages import documents_page, progress, slots_of, summary_page
from app.blueprints.demande.steps import address, draft_of, journey_at, stamp_refused
from app.domain.journeys.journey import Journey, Page, Step
from app.domain.rules.identifiers import check_photo_code
from app.domain.text import plain
from app.forms.steps import StepForm
from app.presenters.applicants import photo_words
from app.presenters.applicants.slots import Refusals
from app.services.applications import documents, dossiers, photos, reuse, stamps
from app.services.applications.competence import UnknownCommune
from app.services.applications.dossiers import AlreadyFiled, Draft, IncompleteDossier, OutsideWindow
from app.services.applications.photos import PhotoRefused
from app.services.applications.stamps import StampRefused
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.web.current import account, gateways, now, today
from app.web.http.htmx import leave_for, wants_fragment
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, format_problem


def _open_draft(procedure: str) -> tuple[Draft, Step]:
    """Return the draft and its documents step; 404 if the person has not reached it, StaleDossier once it is filed."""
    draft = draft_of(journey_at(procedure))
    if not draft.dossier.id and (filed := store.latest_filed(account().id, procedure)):
        raise StaleDossier(filed)
    step = next(step for step in draft.journey.steps if step.page is Page.DOCUMENTS)
    if not draft.dossier.id or not draft.can_visit(step):
        abort(404)
    return draft, step


def _slot_or_404(draft: Draft, slot: str) -> None:
    if slot not in {needed.key for needed in draft.journey.needed(draft.case)}:
        abort(404)


def document(procedure: str, slot: str) -> Response:
    """Store files for one document."""
    draft, step = _open_draft(procedure)
    _slot_or_404(draft, slot)
    refusals = document_uploads.receive(draft.dossier, slot, sent_files.chosen())
    return _answer(draft, step, slot, refusals)


def use_again(procedure: str, slot: str) -> Response:
    """Copy the files of an earlier application into a slot."""
    draft, step = _open_draft(procedure)
    _slot_or_404(draft, slot)
    reusable = reuse.reusable_files(draft.dossier, draft.journey.needed(draft.case), today())
    found = reusable.get(slot) or abort(404)
    reuse.reuse_files(draft.dossier, found, gateways().files, now())
    return _answer(draft, step, slot, Refusals())


def remove_document(procedure: str, document: int) -> Response:
    """Remove a file."""
    draft, step = _open_draft(procedure)
    slot = documents.owned(account().id, document).slot
    documents.remove(draft.dossier, document, gateways().files, now())
    return _answer(draft, step, slot, Refusals())


def explain(procedure: str, slot: str) -> Response:
    """Store the reason why a document is missing, as text or as a letter."""
    draft, step = _open_draft(procedure)
    _slot_or_404(draft, slot)
    why = request.form.get("why", "")
    refusals = document_uploads.explain(draft.dossier, slot, why, sent_files.chosen())
    return _answer(draft, step, slot, refusals)


def _answer(draft: Draft, step: Step, slot: str, refusals: Refusals) -> Response:
    """Return the slot as a fragment to HTMX; otherwise the page with the refusals, or a redirect to it."""
    draft = dossiers.load_draft(store.draft(account().id, draft.journey.slug) or draft.dossier, today())
    refused = bool(refusals.files or refusals.explanations)
    if wants_fragment():
        views = slots_of(draft, refusals)
        shown = next(view for view in views if view.key == slot)
        return render_page(
            "demande/_slot.html", 422 if refused else 200, supporting=shown, **progress(draft, views)
        )
    if refused:
        return documents_page(draft, step, refusals, status=422)
    return redirect(f"{address(draft.journey, step)}#{slot}", 303)


def photo(procedure: str) -> Response:
    """Check and save the e-photo code."""
    draft, step = _open_draft(procedure)
    typed = plain(request.form.get("code", ""))[:60]
    code, problem = check_photo_code(typed)
    error = format_problem(problem) if problem else ""
    if not error:
        try:
            photos.set_code(gateways().ephoto, draft.dossier, code, now())
        except PhotoRefused as refused:
            error = _(photo_words.REFUSED[refused.state])
    if error:
        return documents_page(draft, step, photo_error=error, photo_typed=typed, status=422)
    return redirect(f"{address(draft.journey, step)}#ephoto", 303)


def filed_meanwhile(stale: StaleDossier) -> Response:
    """Lead to the confirmation: another tab filed the draft that a document or a code was sent for."""
    return leave_for(url_for("demande.confirmation", reference=stale.dossier.reference))


def submit(procedure: str) -> Response:
    """File the application; a second click or a reload leads to the same confirmation."""
    draft = draft_of(journey_at(procedure))
    journey = draft.journey
    here = next(step for step in journey.steps if step.page is Page.SUMMARY)
    if not draft.dossier.id:
        return redirect(address(journey, journey.steps[-1]), 303)
    if not draft.can_visit(here):
        return redirect(address(journey, draft.first_incomplete_step), 303)
    form = form_of(here, draft.case.answers, draft.case)
    if not form.validate() or "sworn" not in request.form:
        error = "" if form.errors else _("Cochez la case pour certifier vos réponses, puis déposez.")
        return summary_page(draft, here, form, error, 422)
    return _file(journey, draft, form)


def _file(journey: Journey, draft: Draft, form: StepForm) -> Response:
    """File the application, or return the page that explains why it cannot be filed."""
    try:
        dossiers.save_answers(draft.dossier, form.answers, now())
        stamps.use(gateways().stamps, journey, draft.case, draft.dossier, now())
        filed = dossiers.submit(draft.dossier, now())
    except AlreadyFiled as already:
        filed = already.dossier
    except IncompleteDossier as incomplete:
        return redirect(address(journey, incomplete.step), 303)
    except (OutsideWindow, UnknownCommune):
        return summary_page(draft, form.step, status=409)
    except StampRefused as refused:
        return stamp_refused(draft, refused.problem)
    except PhotoRefused as refused:
        error = _(photo_words.REFUSED[refused.state])
        return documents_page(draft, journey.steps[-3], photo_error=error, status=409)
    return redirect(address_after_filing(filed), 303)
