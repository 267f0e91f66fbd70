"""The steps that are not forms: the documents and the summary."""

from collections.abc import Callable

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.fees import Operation, amount
from app.domain.journey import Page, Step
from app.services.dossiers import Draft
from app.storage import dossiers as store
from app.web.answers import spoken
from app.web.current import today
from app.web.language import language
from app.web.rendering import page
from app.web.slots import Addresses, Refusals, SlotView, slot_views


def slots_of(draft: Draft, refusals: Refusals) -> tuple[SlotView, ...]:
    """The supporting documents of a draft."""
    where = draft.journey.slug
    addresses = Addresses(
        upload=lambda slot: url_for("demande.document", procedure=where, slot=slot),
        explain=lambda slot: url_for("demande.explain", procedure=where, slot=slot),
        remove=lambda number: url_for("demande.remove_document", procedure=where, document=number),
    )
    asked = draft.journey.needed(draft.case.answers)
    dossier = draft.dossier
    return slot_views(asked, store.documents(dossier.id), store.explanations(dossier.id), addresses, refusals)


def documents_page(
    draft: Draft,
    step: Step,
    refusals: Refusals | None = None,
    photo_error: str = "",
    photo_typed: str = "",
    status: int = 200,
) -> Response:
    """Step 4: one slot a document, the e-photo first."""
    slots = slots_of(draft, refusals or Refusals())
    photo = store.photo(draft.dossier.id)
    return page(
        "demande/documents.html",
        status,
        draft=draft,
        step=step,
        slots=slots,
        received=sum(slot.key in draft.case.given for slot in slots),
        photo=photo,
        photo_error=photo_error,
        photo_typed=photo_typed or (photo.code if photo else ""),
        missing=draft.journey.missing(draft.case),
    )


def summary_page(draft: Draft, step: Step, error: str = "", status: int = 200) -> Response:
    """Step 5: exactly what will be filed, each line with its change."""
    answers = draft.journey.relevant(draft.case.answers)
    sections = [
        (part, [(question, spoken(question, value, language())) for question, value in rows])
        for part, rows in draft.journey.rows(answers)
    ]
    timing = draft.window.timing(today())
    return page(
        "demande/summary.html",
        status,
        draft=draft,
        step=step,
        sections=sections,
        slots=slots_of(draft, Refusals()),
        photo=store.photo(draft.dossier.id),
        timing=timing,
        window=draft.window,
        fee=amount(Operation.RENEWAL, draft.journey.reduced_fee, timing, today()),
        error=error,
    )


PAGES: dict[Page, Callable[[Draft, Step], Response]] = {
    Page.DOCUMENTS: documents_page,
    Page.SUMMARY: summary_page,
}
