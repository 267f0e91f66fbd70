"""The letter of a decision, for the person it is written to: a page, and the stored paper."""

from flask import url_for
from werkzeug.wrappers import Response

from app.presenters.decision_view import letter_view
from app.services.certificates import printing
from app.storage.applications import decision_letters as store
from app.web import downloads
from app.web.current import account, gateways
from app.web.rendering import render_page


def letter(reference: str, number: int) -> Response:
    """The letter in French, the language of the decision, with all that the paper says."""
    found = store.owned(account().id, reference, number)
    return render_page("suivi/letter.html", reference=reference, **letter_view(found))


def letter_pdf(reference: str, number: int) -> Response:
    """The stored bytes, the same for ever; the page while they are being made."""
    found = store.owned(account().id, reference, number)
    return downloads.printed(
        lambda: printing.read_paper(found, gateways().files),
        f"lettre-{reference}.pdf",
        url_for("suivi.letter", reference=reference, number=number),
    )
