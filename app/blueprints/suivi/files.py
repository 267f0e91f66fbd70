"""The files that an applicant sent: each as it is stored, its small picture, and its pages one by one."""

from typing import TYPE_CHECKING

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.dossiers.states import State
from app.domain.procedures.closing import DOCUMENTS
from app.services.applications import documents
from app.web.current import account
from app.web.http import downloads
from app.web.http.scan_progress import scan_progress
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Document


def file(document: int) -> Response:
    """Send a file as it is stored, or a picture: the small one of lists, or that of a page."""
    found = documents.owned(account().id, document)
    if "preview" in request.args:
        return downloads.show_small(found)
    if "page" in request.args:
        return downloads.show_page(found, request.args.get("page", 0, type=int), f"account {account().id}")
    return downloads.show(found)


def file_pages(document: int) -> Response:
    """Show a file page by page, without the program that opens PDFs; the query names the page."""
    found = documents.owned(account().id, document)
    page = min(max(request.args.get("page", 1, type=int), 1), found.pages)
    back, name = _way_back(found)
    return render_page("suivi/file.html", file=found, page=page, back_url=back, back_name=name)


def file_scan(document: int) -> Response:
    """Tell the page of a file in verification whether it is verified."""
    found = documents.received(account().id, document)
    return scan_progress(found, found.received_at)


def _way_back(found: "Document") -> tuple[str, str]:
    """Return the address and the name of the page that lists a file."""
    if found.dossier.state == State.DRAFT:
        step = DOCUMENTS.slug
        return url_for("demande.step", procedure=found.dossier.journey, slug=step), _("Vos documents")
    return url_for("suivi.dossier", reference=found.dossier.reference), _("Mon espace")
