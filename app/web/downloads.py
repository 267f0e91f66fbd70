"""Responses with files, shown in a sandbox or downloaded."""

import hashlib
import logging
from collections.abc import Callable, Iterable

from flask import abort, redirect
from werkzeug.wrappers import Response

from app.services.certificates.printing import Damaged, NotPrintedYet
from app.storage.models import Document
from app.web.current import gateways

log = logging.getLogger(__name__)

# Uploaded files are hostile: browsers display them but run nothing in them.
SANDBOX = "default-src 'none'; sandbox"


def show(document: Document, preview: bool) -> Response:
    """Return an uploaded file or its preview; 404 until it was scanned, 503 if its bytes changed.

    Raises FileMissing if the store lacks it.
    """
    if document.scan == "waiting":
        abort(404)
    if preview:
        return inline(gateways().files.read(document.preview_key), "image/jpeg")
    content = gateways().files.read(document.key)
    if document.sha256 and hashlib.sha256(content).hexdigest() != document.sha256:
        log.error("stored file differs from the received one: document %s", document.id)
        abort(503)
    return inline(content, document.media_type)


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
    """Return a printed PDF to download, or redirect to `meanwhile` until it is printed; 503 if its bytes changed."""
    try:
        content = read()
    except NotPrintedYet:
        return redirect(meanwhile, 303)
    except Damaged as damage:
        log.error("stored paper differs from the printed one", exc_info=damage)
        abort(503)
    return attachment(content, name)
