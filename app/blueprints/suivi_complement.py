"""Answering a request for documents."""

from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.suivi_space import open_request
from app.domain.states import State
from app.services import complements as service
from app.services import dossiers
from app.services.complements import ComplementIncomplete
from app.storage import complements
from app.storage import dossiers as store
from app.web import uploads
from app.web.current import account, now, today
from app.web.rendering import page
from app.web.slots import Addresses, Refusals, SlotView, slot_views

if TYPE_CHECKING:
    from app.storage.models import Complement, Dossier


def _open(reference: str) -> "tuple[Dossier, Complement]":
    """The dossier and its open request; 404 where nothing is asked."""
    dossier = store.owned(account().id, reference)
    if dossier.state != State.COMPLEMENT_REQUESTED:
        abort(404)
    return dossier, complements.pending(dossier.id)


def _slots(dossier: "Dossier", complement: "Complement", refusals: Refusals) -> tuple[SlotView, ...]:
    journey = dossiers.look(dossier, today()).journey
    items = {item.slot: item for item in complement.items}
    asked = [one for one in journey.documents if one.key in items]
    here = dossier.reference
    addresses = Addresses(
        upload=lambda slot: url_for("suivi.complement_document", reference=here, slot=slot),
        explain=lambda slot: url_for("suivi.complement_document", reference=here, slot=slot),
        remove=lambda number: url_for("suivi.complement_remove", reference=here, document=number),
        keep=lambda slot: url_for("suivi.complement_document", reference=here, slot=slot),
    )
    since = complement.asked_at
    files = [d for d in store.documents(dossier.id) if d.received_at >= since]
    words = complements.explanations_since(complement)
    return slot_views(asked, files, words, addresses, refusals)


def _page(
    dossier: "Dossier", complement: "Complement", refusals: Refusals, status: int = 200, missing: bool = False
) -> Response:
    before = [d for d in store.documents(dossier.id) if d.received_at < complement.asked_at]
    renewed = complements.renewed_slots(complement)
    return page(
        "suivi/complement.html",
        status,
        dossier=dossier,
        complement=complement,
        asked=open_request(dossier),
        slots=_slots(dossier, complement, refusals),
        items={item.slot: item for item in complement.items},
        before=before,
        done={i.slot for i in complement.items if service.answered(complement, i, renewed)},
        missing=missing,
    )


def complement(reference: str) -> Response:
    """What is asked, document by document."""
    dossier, pending = _open(reference)
    return _page(dossier, pending, Refusals())


def complement_document(reference: str, slot: str) -> Response:
    """Keep the document, give another, or explain."""
    dossier, pending = _open(reference)
    item = complements.item(pending, slot)
    choice = request.form.get("choice", "replace")
    refusals = Refusals()
    if choice == "letter":
        refusals = uploads.explain(dossier, slot, request.form.get("why", ""), request.files.getlist("files"))
    elif choice == "replace":
        refusals = uploads.receive(dossier, slot, request.files.getlist("files"))
    if refusals.files or refusals.explanations:
        return _page(dossier, pending, refusals, 422)
    service.decide(item, choice if choice in ("keep", "letter") else "replace")
    return redirect(f"{url_for('suivi.complement', reference=reference)}#{slot}", 303)


def complement_send(reference: str) -> Response:
    """Send everything: the review goes on."""
    dossier, pending = _open(reference)
    try:
        service.send(dossier, now())
    except ComplementIncomplete:
        return _page(dossier, pending, Refusals(), 422, missing=True)
    return redirect(url_for("suivi.dossier", reference=reference), 303)


def complement_remove(reference: str, document: int) -> Response:
    """Take back a file given for this request, before it is sent."""
    dossier, pending = _open(reference)
    slot = service.take_back(dossier, pending, document, now())
    return redirect(f"{url_for('suivi.complement', reference=reference)}#{slot}", 303)
