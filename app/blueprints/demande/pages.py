"""The steps that are not forms: the documents and the summary."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Page, Step
from app.domain.journeys.questions import PHOTO, Kind
from app.domain.rules.calendar import Timing
from app.domain.rules.parameters import LATE_FILING_FEE
from app.domain.rules.territories import only_in
from app.domain.rules.uploads import LIMITS
from app.domain.rules.visas import running
from app.forms.steps import StepForm
from app.presenters.answers import format_answer
from app.presenters.applicants import photo_words
from app.presenters.applicants.slots import Addresses, Refusals, SlotView, errors, slot_views
from app.presenters.applicants.stepper import frame, identity_rows
from app.presenters.required_amounts import required_amounts
from app.services.applications import reuse
from app.services.applications.competence import UnknownCommune, service_of
from app.services.applications.dossiers import Draft
from app.storage.applications import dossiers as store
from app.storage.applications import lost_files
from app.web.current import today
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_fields

if TYPE_CHECKING:
    from app.storage.models import PhotoCode


def slots_of(draft: Draft, refusals: Refusals) -> tuple[SlotView, ...]:
    """Return the slots of a draft's supporting documents."""
    slug = draft.journey.slug
    addresses = Addresses(
        upload=lambda slot: url_for("demande.document", procedure=slug, slot=slot),
        explain=lambda slot: url_for("demande.explain", procedure=slug, slot=slot),
        remove=lambda number: url_for("demande.remove_document", procedure=slug, document=number),
        again=lambda slot: url_for("demande.use_again", procedure=slug, slot=slot),
    )
    asked = draft.journey.needed(draft.case)
    dossier = draft.dossier
    again = reuse.reusable_files(dossier, asked, draft.case.today)
    files, explanations = store.documents(dossier.id), store.explanations(dossier.id)
    lost = lost_files.of_dossier(dossier.id)
    return slot_views(asked, files, explanations, addresses, refusals, again, lost)


def documents_page(
    draft: Draft,
    step: Step,
    refusals: Refusals | None = None,
    photo_error: str = "",
    photo_typed: str = "",
    status: int = 200,
) -> Response:
    """Step 4: show a slot for each document, the e-photo first."""
    slots = slots_of(draft, refusals or Refusals())
    photo = store.photo(draft.dossier.id)
    return render_page(
        "demande/documents.html",
        status,
        **frame(draft, step),
        **progress(draft, slots),
        slots=slots,
        with_photo=draft.journey.photo(draft.case),
        limits=LIMITS,
        photo=photo,
        photo_words=_photo_words(photo),
        photo_symbol=photo_words.symbol(photo.state) if photo else "",
        photo_error=photo_error,
        wrong=[*photo_words.error_fields(photo_error), *errors(slots)],
        photo_typed=photo_typed or (photo.code if photo else ""),
    )


def progress(draft: Draft, slots: tuple[SlotView, ...]) -> dict[str, Any]:
    """Return the counts of documents and e-photo, those still missing, and the address of the next step."""
    titles = {slot.key: slot.title for slot in slots}
    if draft.journey.photo(draft.case):
        titles[PHOTO] = _("Votre e-photo")
    return {
        "received": sum(key in draft.case.received for key in titles),
        "total": len(titles),
        "missing": [(key, titles[key]) for key in draft.journey.missing(draft.case)],
        "next_url": url_for("demande.step", procedure=draft.journey.slug, slug="recapitulatif"),
    }


def _photo_words(photo: "PhotoCode | None") -> str:
    return photo_words.of_draft(photo.state) if photo else ""


def summary_page(
    draft: Draft, step: Step, form: StepForm | None = None, error: str = "", status: int = 200
) -> Response:
    """Step 5: show exactly what will be filed, with links to change it and a field for remarks."""
    answers = draft.journey.relevant(draft.case.answers)
    photo = store.photo(draft.dossier.id)
    sections = [
        (part, [(question, format_answer(question, value, language())) for question, value in rows])
        for part, rows in draft.journey.rows(answers)
        if part.slug != step.slug
    ]
    timing = draft.window.timing(today())
    receiving = _receiving(draft)
    return render_page(
        "demande/summary.html",
        status,
        **frame(draft, step),
        identity=identity_rows(draft.dossier.identity),
        sections=sections,
        **form_fields(form or blank_form(step, answers)),
        slots=slots_of(draft, Refusals()),
        photo_words=_photo_words(photo),
        documents_url=_documents_url(draft),
        sufficiency=required_amounts(draft.journey, replace(draft.case, answers=answers)),
        with_photo=draft.journey.photo(draft.case),
        **receiving,
        can_file=receiving["service"] is not None and timing in (Timing.IN_TIME, Timing.LATE),
        timing=timing_words(draft, timing),
        fee=draft.journey.fee(draft.case, today()),
        reserved=draft.journey.reservations(draft.case, today()),
        error=error,
    )


def _documents_url(draft: Draft) -> str:
    """Return the address of the documents step, "" if the procedure has none."""
    found = next((step for step in draft.journey.steps if step.page is Page.DOCUMENTS), None)
    return url_for("demande.step", procedure=draft.journey.slug, slug=found.slug) if found else ""


def _receiving(draft: Draft) -> dict[str, Any]:
    """Return the service that will receive the application, and the address to change the commune.

    The service is None if the commune has merged with another since the answer.
    """
    step = next(step for step in draft.journey.steps if any(q.kind is Kind.COMMUNE for q in step.questions))
    change = url_for(
        "demande.step", procedure=draft.journey.slug, slug=step.slug, relire=1, _anchor="commune"
    )
    try:
        service = service_of(draft.case.answers)
    except UnknownCommune:
        return {"service": None, "address_url": change, "only_here": ""}
    return {
        "service": service,
        "address_url": change,
        "only_here": only_in(service.department, "", today()),
    }


def timing_words(draft: Draft, timing: Timing) -> tuple[str, str, str] | None:
    """Return the state, title and sentence about filing on this day; None if there is nothing to say."""
    deadline = draft.journey.deadline
    texts = deadline.words.get(timing)
    if timing is Timing.LATE and deadline.with_visa and running(draft.case.identity, today()):
        texts = deadline.with_visa
    if texts is None:
        return None
    days = {name: formats.day(getattr(draft.window, name), language()) for name in ("opens", "closes")}
    values = days | {
        "amount": formats.euros(LATE_FILING_FEE.on(today()), language()),
        "allowed": formats.delay(deadline.allowed, language()),
    }
    return texts.state, _(texts.title, **values) if texts.title else "", _(texts.sentence, **values)


PAGES: dict[Page, Callable[[Draft, Step], Response]] = {
    Page.DOCUMENTS: documents_page,
    Page.SUMMARY: summary_page,
}
