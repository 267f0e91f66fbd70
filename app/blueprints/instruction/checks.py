"""An agent's marks on documents and notes for colleagues."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.blueprints.instruction import dossier as pages
from app.domain.agent_forms.acts import NOTE
from app.services.review import document_marks, notes
from app.services.review import dossier_view as reading
from app.services.review.document_marks import StaleDocument, UnknownMark
from app.services.review.dossier_view import DossierView
from app.web.current import agent, now
from app.web.http.htmx import wants_fragment
from app.web.pages.rendering import address, render_page
from app.web.posted.forms import form_of


def mark(reference: str, slot: str) -> Response:
    """Save the mark of a document, and show the next one to check; 409 if its files changed."""
    key, version = request.form.get("mark", ""), request.form.get("version", "")
    try:
        review = document_marks.mark(agent(), reference, slot, key, version, now())
    except UnknownMark:
        abort(404)
    except StaleDocument:
        return _stale(reading.view_dossier(agent(), reference, now()), slot)
    requested = review.to_check(slot)
    where = address("instruction.dossier", reference=reference, piece=requested.key, _anchor="piece")
    if not wants_fragment():
        return redirect(where, 303)
    answer = render_page("instruction/dossier/_checked.html", **pages.document(review, requested))
    answer.headers["HX-Push-Url"] = where
    return answer


def _stale(review: DossierView, slot: str) -> Response:
    requested = review.requested_document(slot)
    if wants_fragment():
        return render_page(
            "instruction/dossier/_checked.html", 409, **pages.document(review, requested, stale=True)
        )
    return pages.whole(review, requested, 409, stale=True)


def note(reference: str) -> Response:
    """Add a note for colleagues."""
    review = reading.view_dossier(agent(), reference, now())
    form = form_of(NOTE)
    if not form.validate():
        return pages.whole(review, review.requested_document(""), 422, note=form)
    notes.write(review, agent(), form.answers["note"], now())
    return redirect(address("instruction.dossier", reference=reference, _anchor="notes"), 303)


def strike(reference: str, number: int) -> Response:
    """Strike out a note of the agent's own."""
    notes.strike(reading.view_dossier(agent(), reference, now()), agent(), number, now())
    return redirect(address("instruction.dossier", reference=reference, _anchor="notes"), 303)
