"""The application as it was filed, as a page and as a PDF."""

from flask import url_for
from werkzeug.wrappers import Response

from app.presenters.applicants import filed_sections
from app.services.certificates import printing
from app.storage.applications import attestations
from app.storage.applications import dossiers as store
from app.web.current import account, gateways
from app.web.http import downloads
from app.web.localisation.language import language
from app.web.pages.rendering import render_page


def application_pdf(reference: str) -> Response:
    """Send the filed application as a PDF, or redirect to its page until it is printed."""
    dossier = store.owned(account().id, reference)
    return downloads.printed(
        lambda: printing.read_application(dossier, gateways().files),
        f"demande-{reference}.pdf",
        url_for("suivi.application", reference=reference),
    )


def application(reference: str) -> Response:
    """Show the filed application as a page, with everything that its PDF says. Files are read again for the PDF only."""
    dossier = store.owned(account().id, reference)
    printed = attestations.application_printed(dossier.id)
    return render_page(
        "suivi/application.html",
        reference=reference,
        filed_on=dossier.filed_on,
        size=printed["size"] if printed else 0,
        stuck=printed is None and printing.keeps_failing(dossier),
        sections=filed_sections.sections(dossier, language(), lambda file: False),
    )
