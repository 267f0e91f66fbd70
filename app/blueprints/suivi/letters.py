"""The letter of a decision, for its applicant, as a page and as the stored PDF."""

from flask import url_for
from werkzeug.wrappers import Response

from app.presenters.decision_view import letter_view
from app.services.certificates import printing
from app.storage.applications import decision_letters as store
from app.web.current import account, gateways
from app.web.http import downloads
from app.web.pages.rendering import render_page


def letter(reference: str, number: int) -> Response:
    """Show the letter in French, the language of the decision, with everything that the PDF says."""
    found = store.owned(account().id, reference, number)
    stuck = printing.keeps_failing(found)
    return render_page("suivi/letter.html", reference=reference, stuck=stuck, **letter_view(found))


def letter_pdf(reference: str, number: int) -> Response:
    """Send the stored PDF, or redirect to the page until it is printed."""
    found = store.owned(account().id, reference, number)
    return downloads.printed(
        lambda: printing.read_paper(found, gateways().files),
        f"lettre-{reference}.pdf",
        url_for("suivi.letter", reference=reference, number=number),
    )
