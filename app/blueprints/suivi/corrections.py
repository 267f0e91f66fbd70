"""Changes of a filed application: corrected answers, added documents, withdrawal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints import document_uploads, sent_files
from app.domain.dossiers.endings import Settlement
from app.domain.dossiers.states import OPEN, ForbiddenTransition
from app.domain.journeys.journey import Journey, Page, Purpose
from app.domain.procedures import open_to
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.forms.views import FieldView
from app.presenters.answers import format_answer
from app.presenters.applicants import photo_words
from app.presenters.applicants.open_request import open_request
from app.presenters.applicants.slots import Addresses, Refusals, SlotView, errors, slot_views
from app.presenters.applicants.stepper import identity_rows
from app.services.applications import corrections, documents, dossiers, photos
from app.services.applications.applicant_overview import journey_of
from app.services.applications.changes import Phase, phase
from app.services.applications.corrections import MovedAway, StillWrong
from app.services.applications.dossiers import Draft
from app.services.certificates import endings
from app.storage.applications import dossiers as store
from app.storage.applications import lost_files
from app.storage.applications.dossiers import StaleDossier
from app.web.current import account, gateways, now, today
from app.web.http.htmx import leave_for, wants_fragment
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_fields, form_of, format_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.storage.models import Attestation, Dossier


def _open(reference: str) -> "tuple[Dossier, Draft]":
    """Return a dossier that can still be changed, and its draft; raise StaleDossier once it is decided."""
    dossier = store.owned(account().id, reference)
    if dossier.state not in OPEN:
        raise StaleDossier(dossier)
    return dossier, dossiers.load_draft(dossier, today())


def moved_on(stale: StaleDossier) -> Response:
    """Lead to the dossier, which says where it is: it was moved on since the page of this form was shown."""
    return leave_for(url_for("suivi.dossier", reference=stale.dossier.reference))


def change(reference: str) -> Response:
    """Show the sealed answers, with a link to change each step."""
    dossier, draft = _open(reference)
    answers = dossier.sealed or {}
    sections = [
        (step, [(question, format_answer(question, value, language())) for question, value in rows])
        for step, rows in draft.journey.rows(answers)
        if step.page is Page.FORM
    ]
    required = photos.required(dossier)
    return render_page(
        "suivi/change.html",
        dossier=dossier,
        sections=sections,
        draft=draft,
        asked=open_request(dossier),
        photo=photo_words.of_filed(required, now()) if required else None,
    )


def answers(reference: str, slug: str) -> Response:
    """Show the form of a step with its sealed answers, or correct them (POST)."""
    dossier, draft = _open(reference)
    step = draft.journey.step(slug)
    if step is None or step.page is not Page.FORM:
        abort(404)
    form = form_of(step, draft.case.answers, draft.case)
    if not form.validate_on_submit():
        return _form(dossier, draft, form)
    return _save(dossier, draft, form)


def _save(dossier: "Dossier", draft: Draft, form: StepForm) -> Response:
    try:
        corrections.correct(dossier, form.record, now(), same_home="same_home" in request.form)
    except MovedAway:
        form.add_error(
            "commune",
            _("Cette adresse dépend d’un autre service. Dites plus bas si vous avez déménagé."),
        )
        return _form(dossier, draft, form, _home_question(dossier))
    except StillWrong as wrong:
        return _form(dossier, draft, _still_wrong(draft, form, wrong))
    except ForbiddenTransition:
        abort(409)
    return redirect(url_for("suivi.change", reference=dossier.reference, _anchor=form.step.slug), 303)


def _still_wrong(draft: Draft, form: StepForm, wrong: StillWrong) -> StepForm:
    """Return the form of the step that the new answers make wrong, with its errors; it may be another step."""
    if wrong.step != form.step:
        form = blank_form(wrong.step, {**draft.case.answers, **form.answers})
    for key, problem in wrong.problems.items():
        form.add_error(key, format_problem(problem))
    return form


@dataclass(frozen=True)
class _HomeQuestion:
    """Asked where an address is of another service: a slip of the pen, or a move, which has its own procedure."""

    same: FieldView
    moving: Journey | None


def _home_question(dossier: "Dossier") -> _HomeQuestion:
    same = FieldView(
        "same_home",
        "checkbox",
        _("Je n’ai pas déménagé : mon adresse était mal écrite. Ma demande va au bon service."),
        value=request.form.get("same_home", ""),
    )
    changes = open_to(dossier.identity, Purpose.CHANGE)
    return _HomeQuestion(same, next((change for change in changes if change.moves_dossiers), None))


def _form(dossier: "Dossier", draft: Draft, form: StepForm, home: _HomeQuestion | None = None) -> Response:
    if home is None and "same_home" in request.form:  # ticked, then another answer was wrong
        home = _home_question(dossier)
    first = form.step == draft.journey.steps[0]
    return render_page(
        "suivi/correct.html",
        422 if form.errors else 200,
        dossier=dossier,
        asked=open_request(dossier),
        draft=draft,
        step=form.step,
        identity=identity_rows(dossier.identity) if first else (),
        home=home,
        **form_fields(form),
        switch_form="step-form",
    )


# --- documents


def _slots(dossier: "Dossier", draft: Draft, refusals: Refusals) -> tuple[SlotView, ...]:
    reference = dossier.reference
    addresses = Addresses(
        upload=lambda slot: url_for("suivi.add_document", reference=reference, slot=slot),
        explain=lambda slot: url_for("suivi.add_document", reference=reference, slot=slot),
        remove=lambda number: url_for("suivi.replace_document", reference=reference, document=number),
    )
    asked = draft.journey.needed(draft.case)
    files, explanations = store.documents(dossier.id), store.explanations(dossier.id)
    return slot_views(asked, files, explanations, addresses, refusals, lost=lost_files.of_dossier(dossier.id))


def _changeable(reference: str) -> "tuple[Dossier, Draft]":
    """Return a dossier whose documents can be changed, and its draft.

    While documents are requested, they are added on the page of the request instead: StaleDossier is raised, as once
    it is decided.
    """
    dossier = store.owned(account().id, reference)
    draft = dossiers.load_draft(dossier, today())
    if not draft.journey.documents:
        abort(404)
    if phase(dossier) is not Phase.SUBMITTED:
        raise StaleDossier(dossier)
    return dossier, draft


def _page(dossier: "Dossier", draft: Draft, refusals: Refusals, status: int = 200) -> Response:
    slots = _slots(dossier, draft, refusals)
    return render_page(
        "suivi/add.html", status, dossier=dossier, slots=slots, wrong=errors(slots), limits=LIMITS
    )


def documents_page(reference: str) -> Response:
    """Show the documents, with forms to add more."""
    return _page(*_changeable(reference), Refusals())


def add_document(reference: str, slot: str) -> Response:
    """Add files or an explanation to a document."""
    dossier, draft = _changeable(reference)
    if slot not in {needed.key for needed in draft.journey.needed(draft.case)}:
        abort(404)
    files = sent_files.chosen()
    if request.form.get("choice") == "letter":
        refusals = document_uploads.explain(dossier, slot, request.form.get("why", ""), files)
    else:
        refusals = document_uploads.receive(dossier, slot, files)
    return _answer(dossier, draft, slot, refusals)


def replace_document(reference: str, document: int) -> Response:
    """Remove a file; it stays stored as removed, since an agent may have seen it."""
    dossier, draft = _changeable(reference)
    slot = documents.owned(account().id, document).slot
    documents.remove(dossier, document, gateways().files, now())
    return _answer(dossier, draft, slot, Refusals())


def _answer(dossier: "Dossier", draft: Draft, slot: str, refusals: Refusals) -> Response:
    refused = bool(refusals.files or refusals.explanations)
    if wants_fragment():
        shown = next(view for view in _slots(dossier, draft, refusals) if view.key == slot)
        return render_page("suivi/parts/_added.html", 422 if refused else 200, supporting=shown)
    if refused:
        return _page(dossier, draft, refusals, 422)
    return redirect(f"{url_for('suivi.documents', reference=dossier.reference)}#{slot}", 303)


# --- withdrawing


def withdraw(reference: str) -> Response:
    """Ask for confirmation, then withdraw the application; a second click changes nothing."""
    dossier = store.owned(account().id, reference)
    if dossier.state not in OPEN:  # withdrawn already, or decided
        raise StaleDossier(dossier)
    if request.method == "GET" or "sure" not in request.form:
        return _confirmation(dossier, wrong=request.method == "POST")
    try:
        corrections.withdraw(dossier, now())
    except ForbiddenTransition:
        abort(409)
    return redirect(url_for("suivi.dossier", reference=reference), 303)


def _confirmation(dossier: "Dossier", wrong: bool) -> Response:
    sure = FieldView(
        "sure",
        "checkbox",
        _("Je retire ma demande et je sais qu’elle est alors terminée."),
        error=_("Cochez la case pour retirer la demande.") if wrong else "",
        missing=wrong,
    )
    asked = open_request(dossier)
    return render_page(
        "suivi/withdraw.html",
        422 if wrong else 200,
        sure=sure,
        asked=asked,
        dossier=dossier,
        ending=_ending(dossier),
        invalidates=journey_of(dossier).invalidates,
    )


def _ending(dossier: "Dossier") -> "Sequence[Attestation]":
    """Return the certificates that a withdrawal ends."""
    if corrections.settlement_of_withdrawal(now()) is Settlement.KEPT:
        return ()
    return endings.in_force(dossier, today())
