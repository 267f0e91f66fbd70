"""Limits on the size of a request, checked before its body is read."""

from flask import Flask, request

from app.domain.rules.uploads import LIMITS

# One request may bring all files of a slot; the text of a form has its own limit.
MAX_REQUEST_BYTES = LIMITS.max_bytes * LIMITS.max_files_a_slot
MAX_TEXT_BYTES = 500_000


def install(app: Flask) -> None:
    """Answer larger requests with 413."""
    app.config.update(MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES, MAX_FORM_MEMORY_SIZE=MAX_TEXT_BYTES)

    @app.before_request
    def bound_text() -> None:
        # Werkzeug applies MAX_FORM_MEMORY_SIZE to multipart forms only: it reads any other body whole.
        if request.mimetype != "multipart/form-data":
            request.max_content_length = MAX_TEXT_BYTES
