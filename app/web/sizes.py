"""How much a request may hold, bounded before any of it is read."""

from flask import Flask, request

from app.domain.rules.uploads import LIMITS

# A slot takes several files in one go; text is bounded apart from them.
MAX_REQUEST_BYTES = LIMITS.max_bytes * LIMITS.max_files_a_slot
MAX_TEXT_BYTES = 500_000


def install(app: Flask) -> None:
    """Refuse larger requests with 413."""
    app.config.update(MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES, MAX_FORM_MEMORY_SIZE=MAX_TEXT_BYTES)

    @app.before_request
    def bound_text() -> None:
        # Werkzeug bounds text by MAX_FORM_MEMORY_SIZE in multipart forms alone: any other body is read and split whole.
        if request.mimetype != "multipart/form-data":
            request.max_content_length = MAX_TEXT_BYTES
