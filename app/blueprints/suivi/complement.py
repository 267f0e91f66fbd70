"""The applicant's answer to a request for documents."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.blueprints import document_uploads, sent_files
from app.domain.dossiers.complements import examples
from app.domain.dossiers.states import State
from app.domain.journeys.questions import PHOTO
from app.domain.public_forms.asking import MORE_TIME
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.presenters.applicants import photo_words
from app.presenters.applicants.open_request import open_request
from app.presenters.applicants.slots import Addresses, Refusals, SlotView, errors, file_view, slot_views
from app.presenters.reasons import format_reasons
from app.presenters.standing_view import standing_view
from app.services.applications import complements as service
from app.services.applications import photos
from app.services.applications.asked_documents import documents_of
from app.services.applications.complements import ComplementIncomplete, TimeAsked
from app.services.standing import standing_of
from app.storage.applications import complements, lost_files
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.web.current import account, now, today
from app.web.http.htmx import page_behind, wants_fragment
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_fields, form_of

if TYPE_CHECKING:
    from app.storage.models import Complement, Dossier


@dataclass(frozen=True)
class AskedPhoto:
    """A requested e-photo: the reason, the state of a code given since, an explanation instead."""

    request: str
    view: photo_words.PhotoView | None
    explanation: str
    explanation_error: str


def _open(reference: str) -> "tuple[Dossier, Complement]":
    """Return the dossier and its open request; raise StaleDossier without one: letters name its page for ever."""
    dossier = store.owned(account().id, reference)
    if dossier.state != State.COMPLEMENT_REQUESTED:
        raise StaleDossier(dossier)
    return dossier, complements.pending(dossier.id)


def _slots(
    dossier: "Dossier", complement: "Complement", refusals: Refusals
) -> tuple[tuple[SlotView, ...], set[str]]:
    """Return the requested documents, and the slots of those already answered."""
    items = {item.slot: item for item in complements.items(complement.id)}
    reference = dossier.reference
    addresses = Addresses(
        upload=lambda slot: url_for("suivi.complement_document", reference=reference, slot=slot),
        explain=lambda slot: url_for("suivi.complement_document", reference=reference, slot=slot),
        remove=lambda number: url_for("suivi.complement_remove", reference=reference, document=number),
    )
    asked = [document for document in documents_of(dossier) if document.key in items]
    files = store.documents(dossier.id)
    new = [file for file in files if file.received_at >= complement.asked_at]
    explanations = complements.explanations_since(complement)
    renewed = complements.renewed_slots(complement)
    views = tuple(
        replace(
            view,
            request=Markup(" ").join(format_reasons(items[view.key].reason)),
            examples=[_(example) for example in examples(items[view.key].reason, view.key)],
            earlier=[file_view(file, "") for file in files if file.slot == view.key and file not in new],
            kept=items[view.key].decision == "keep",
            keep_url=url_for("suivi.complement_document", reference=reference, slot=view.key),
        )
        for view in slot_views(
            asked, new, explanations, addresses, refusals, lost=lost_files.of_dossier(dossier.id)
        )
    )
    return views, {item.slot for item in items.values() if service.answered(complement, item, renewed)}


def _photo(dossier: "Dossier", complement: "Complement", refusals: Refusals) -> "AskedPhoto | None":
    """Return the e-photo, if it is requested."""
    item = next((item for item in complements.items(complement.id) if item.slot == PHOTO), None)
    required = photos.required(dossier)
    if item is None or required is None:
        return None
    error, typed = refusals.explanations.get(PHOTO, ("", ""))
    new = required.given_at is not None and required.given_at >= complement.asked_at
    return AskedPhoto(
        request=Markup(" ").join(format_reasons(item.reason)),
        view=photo_words.of_filed(required, now()) if new else None,
        explanation=typed or complements.explanations_since(complement).get(PHOTO, ""),
        explanation_error=error,
    )


def _page(
    dossier: "Dossier",
    complement: "Complement",
    refusals: Refusals,
    status: int = 200,
    missing: bool = False,
    time: StepForm | None = None,
) -> Response:
    slots, done = _slots(dossier, complement, refusals)
    fields = form_fields(time or blank_form(MORE_TIME))["fields"]
    return render_page(
        "suivi/complement.html",
        status,
        dossier=dossier,
        complement=complement,
        asked=open_request(dossier),
        view=standing_view(standing_of(dossier, today())),
        slots=slots,
        photo=_photo(dossier, complement, refusals),
        limits=LIMITS,
        total=len(complements.items(complement.id)),
        done=done,
        missing=missing,
        fragment=False,
        time=fields[0],
        wrong=[*(field for field in fields if field.error), *errors(slots)],
    )


def complement(reference: str) -> Response:
    """Show the request, document by document."""
    dossier, pending = _open(reference)
    return _page(dossier, pending, Refusals())


def complement_document(reference: str, slot: str) -> Response:
    """Record the answer for one document: keep it, replace it, or explain."""
    dossier, pending = _open(reference)
    item = complements.item(pending, slot)
    choice, files = request.form.get("choice", "replace"), sent_files.chosen()
    if slot == PHOTO:
        choice, files = "letter", []  # a code is given on a page of its own; a file is no answer
    decide = partial(service.decide, item, choice if choice in ("keep", "letter") else "replace", now())
    refusals = Refusals()
    if choice == "letter":
        refusals = document_uploads.explain(dossier, slot, request.form.get("why", ""), files, decide)
    elif choice == "replace":
        refusals = document_uploads.receive(dossier, slot, files, also=decide)
    else:
        decide()
    return _answer(dossier, pending, slot, refusals, bool(refusals.files or refusals.explanations))


def _answer(
    dossier: "Dossier", pending: "Complement", slot: str, refusals: Refusals, refused: bool = False
) -> Response:
    """Return the slot as a fragment to HTMX; otherwise the page with its errors, or a redirect to it."""
    if wants_fragment() and slot != PHOTO:
        slots, done = _slots(dossier, pending, refusals)
        shown = next(view for view in slots if view.key == slot)
        # An answer sent too early is shown at the address that it was sent to.
        early = page_behind().endswith(url_for("suivi.complement_send", reference=dossier.reference))
        status = 422 if refused else 200
        parts = {"supporting": shown, "slots": slots, "done": done, "missing": early, "fragment": True}
        parts |= {"photo": _photo(dossier, pending, refusals), "total": len(complements.items(pending.id))}
        return render_page("suivi/parts/_asked.html", status, **parts)
    if refused:
        return _page(dossier, pending, refusals, 422)
    return redirect(f"{url_for('suivi.complement', reference=dossier.reference)}#{slot}", 303)


def complement_send(reference: str) -> Response:
    """Send the answer, so that the review goes on; 422 if a document has none."""
    dossier, pending = _open(reference)
    try:
        service.send(dossier, now())
    except ComplementIncomplete:
        return _page(dossier, pending, Refusals(), 422, missing=True)
    return redirect(url_for("suivi.dossier", reference=reference), 303)


def complement_remove(reference: str, document: int) -> Response:
    """Remove a file uploaded for this request, before the answer is sent."""
    dossier, pending = _open(reference)
    slot = service.take_back(dossier, pending, document, now())
    return _answer(dossier, pending, slot, Refusals())


def complement_time(reference: str) -> Response:
    """Ask for more time; only one such question may be open."""
    dossier, pending = _open(reference)
    form = form_of(MORE_TIME)
    if not form.validate_on_submit():
        return _page(dossier, pending, Refusals(), 422, time=form)
    with suppress(TimeAsked):  # a second click
        service.ask_time(dossier, form.answers["reason"], now())
    return redirect(url_for("suivi.complement", reference=reference), 303)
