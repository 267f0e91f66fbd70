"""The letter of a decision, for the person it is written to: a page, and the stored paper."""

import logging

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from app.domain.dossiers.decisions import OUTCOME_TITLES, Outcome
from app.presenters.decision_view import head
from app.services.certificates import printing
from app.services.decisions import decision_letters
from app.storage.applications import decision_letters as store
from app.web import downloads
from app.web.current import account, gateways
from app.web.rendering import render_page

log = logging.getLogger(__name__)


def letter(reference: str, number: int) -> Response:
    """The letter in French, the language of the decision, with all that the paper says."""
    found = store.owned(account().id, reference, number)
    return render_page(
        "suivi/letter.html",
        letter=found,
        reference=reference,
        title=OUTCOME_TITLES[Outcome(found.kind)],
        head=head(found.values),
        paragraphs=decision_letters.read(found),
    )


def letter_pdf(reference: str, number: int) -> Response:
    """The stored bytes, the same for ever; the page while they are being made."""
    found = store.owned(account().id, reference, number)
    try:
        content = printing.read_letter(found, gateways().files)
    except printing.NotPrintedYet:
        return redirect(url_for("suivi.letter", reference=reference, number=number), 303)
    except printing.Damaged as damage:
        log.error("stored letter differs from the printed one", exc_info=damage)
        abort(503)
    return downloads.attachment(content, f"lettre-{reference}.pdf")
