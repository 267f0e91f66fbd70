"""Files handed to a browser: shown, never run, kept by no cache."""

import logging
from collections.abc import Callable

from flask import abort, redirect
from werkzeug.wrappers import Response

from app.services.certificates.printing import Damaged, NotPrintedYet
from app.storage.models import Document
from app.web.current import gateways

log = logging.getLogger(__name__)

# A file that a stranger sent is shown, never run.
SANDBOX = "default-src 'none'; sandbox"


def show(document: Document, preview: bool) -> Response:
    """A received file, or its small picture; FileMissing where it has none."""
    key, kind = (document.preview_key, "image/jpeg") if preview else (document.key, document.media_type)
    return inline(gateways().files.read(key), kind)


def inline(content: bytes, media_type: str) -> Response:
    """Bytes to show in the browser."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def attachment(content: bytes, name: str, kind: str = "application/pdf") -> Response:
    """A file to keep; the name says nothing of the person."""
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def printed(read: Callable[[], bytes], name: str, meanwhile: str) -> Response:
    """Return a printed paper to keep, or redirect to `meanwhile` until it is printed; 503 if its bytes changed."""
    try:
        content = read()
    except NotPrintedYet:
        return redirect(meanwhile, 303)
    except Damaged as damage:
        log.error("stored paper differs from the printed one", exc_info=damage)
        abort(503)
    return attachment(content, name)
