"""Responses with files, shown in a sandbox or downloaded."""

from collections.abc import Callable, Iterable

from flask import abort, redirect
from werkzeug.wrappers import Response

from app.domain.rules.uploads import Scan
from app.intake import draw_page
from app.services.certificates.printing import NotPrintedYet
from app.storage.files import read_unchanged
from app.storage.models import Attachment, Document
from app.web.current import gateways
from app.web.pages import failed_picture

# Uploaded files are hostile: browsers display them but run nothing in them.
SANDBOX = "default-src 'none'; sandbox"


def show(file: Document | Attachment) -> Response:
    """Return an uploaded file; 404 until it was scanned. Raises FileMissing, FileChanged."""
    return inline(_content(file), file.media_type)


def show_small(document: Document) -> Response:
    """Return the small picture of an uploaded file; 404 until it was scanned, or without one. Raises FileMissing."""
    if document.scan != Scan.CLEAN or not document.preview_key:
        abort(404)
    return inline(gateways().files.read(document.preview_key), "image/jpeg")


def show_page(document: Document, number: int, reader: str) -> Response:
    """Return a page of an uploaded PDF, counted from 1, as a picture; 404 where there is none, 503 in a crowd.

    `reader` is who asks: pages are drawn two at a time for each. Raises FileMissing, FileChanged.
    """
    if document.media_type != "application/pdf" or not 1 <= number <= document.pages:
        abort(404)
    drawn = draw_page(_content(document), number, reader)
    if not isinstance(drawn, bytes):
        waits = failed_picture.drawn(503, gone=False)
        waits.headers["Retry-After"] = "5"
        return waits
    return inline(drawn, "image/jpeg")


def _content(file: Document | Attachment) -> bytes:
    if file.scan != Scan.CLEAN:
        abort(404)
    return read_unchanged(gateways().files, file.key, file.sha256)


def inline(content: bytes, media_type: str) -> Response:
    """Return a file to display in the browser, in a sandbox."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def attachment(content: bytes, name: str, kind: str = "application/pdf") -> Response:
    """Return a file to download; `name` must hold no personal data."""
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def streamed(parts: Iterable[bytes], name: str, kind: str) -> Response:
    """Return a file to download that is made while it is sent; `name` must hold no personal data."""
    response = Response(parts, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def printed(read: Callable[[], bytes], name: str, meanwhile: str) -> Response:
    """Return a printed PDF to download, or redirect to `meanwhile` until it is printed. Raises FileChanged."""
    try:
        return attachment(read(), name)
    except NotPrintedYet:
        return redirect(meanwhile, 303)
