"""Files sent in pieces before the form that they belong to: begun, asked how much is there, added to, forgotten.

The verbs are those of the IETF’s draft of resumable uploads, whose HEAD comes here as GET (web.http.head_requests); the
answer to the whole file is that of its form.
"""

from typing import TYPE_CHECKING

from flask import abort, jsonify, request, url_for
from werkzeug.wrappers import Response

from app.blueprints import sent_files
from app.domain.rules.uploads import CURES, REASONS, Refused
from app.domain.text import clean
from app.services import uploads
from app.services.uploads import OutOfPlace, TooMuch
from app.web.current import account, gateways, now
from app.web.localisation.language import gettext as _

if TYPE_CHECKING:
    from app.storage.models import Upload

PIECE = "application/partial-upload"  # the media type of a piece


def upload(number: str = "") -> Response:
    """Begin a file (POST), tell how much of one is there (GET), add a piece to it (PATCH) or forget it (DELETE)."""
    if request.method == "POST":
        return _begin()
    found = uploads.owned(account().id, number, now())
    if request.method == "PATCH":
        return _append(found)
    if request.method == "DELETE":
        uploads.forget(found, gateways().files)
        return Response(status=204)
    return _state(found, 204)


def _begin() -> Response:
    """Begin a file of a declared name and length, or find it begun; 422 with why and cure if it would be refused."""
    length = request.form.get("length", "")
    if not length.isascii() or not length.isdigit() or len(length) > 12:
        abort(400)
    name = clean(request.form.get("name", "")) or _("Un fichier")
    digest = request.form.get("digest", "")
    begun = uploads.begin(account().id, name, int(length), gateways().files, now(), digest)
    if isinstance(begun, Refused):
        sent_files.tell_wait([begun])
        values = {**begun.values, "name": name}
        told = jsonify(why=_(REASONS[begun.reason], **values), cure=_(CURES[begun.reason], **values))
        told.status_code = 422
        return told
    return _state(begun, 201)


def _append(upload: "Upload") -> Response:
    """Add the piece that begins where the header says; 409, with where it should begin, for any other."""
    begins = request.headers.get("Upload-Offset", "")
    if request.mimetype != PIECE:
        abort(415)
    if not begins.isascii() or not begins.isdigit() or len(begins) > 12:
        abort(400)
    piece = request.get_data()
    if request.content_length != len(piece):  # the line was cut: not every server says so
        abort(400)
    try:
        upload.received = uploads.append(upload, int(begins), piece, gateways().files)
    except OutOfPlace:
        return _state(uploads.owned(account().id, upload.token, now()), 409)
    except TooMuch:
        abort(400)
    return _state(upload, 204)


def _state(upload: "Upload", status: int) -> Response:
    headers = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.length)}
    if status == 201:
        headers["Location"] = url_for("suivi.upload", number=upload.token, _method="HEAD")
    return Response(status=status, headers=headers)
