"""What the page of a file that waits for the virus scanner is answered when it asks whether that is done."""

from datetime import datetime, timedelta

from werkzeug.wrappers import Response

from app.domain.rules.uploads import Scan
from app.storage.models import Attachment, Document
from app.web.current import now

ASKING = timedelta(minutes=2)  # since a file was received; then the person asks, by a link
STOP_POLLING = 286  # as htmx understands it


def scan_progress(file: Document | Attachment, received_at: datetime) -> Response:
    """Answer with an event once a file is verified, and after a while that the page asks no more.

    Whoever calls it has looked whether the file is the reader's. The answer opens nothing, so nothing is recorded.
    """
    if file.scan != Scan.WAITING:
        return Response(status=204, headers={"HX-Trigger": "scanned"})
    return Response(status=STOP_POLLING if now() - received_at > ASKING else 204)
