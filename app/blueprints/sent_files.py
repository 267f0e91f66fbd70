"""Files of a request, and the wait that a refusal asks for."""

from collections.abc import Iterable

from flask import Response, after_this_request
from werkzeug.datastructures import FileStorage

from app.domain.rules.uploads import Refusal, Refused
from app.domain.text import clean
from app.services.received_files import Sent

# What Retry-After says, as the sentences of the refusals do.
_WAIT_SECONDS = {Refusal.BUSY: 60, Refusal.CLOSED: 3600}


def read(files: Iterable[FileStorage]) -> list[Sent]:
    """Return the files that were chosen."""
    return [Sent(clean(file.filename or ""), file.stream) for file in files if file.filename]


def tell_wait(refused: Iterable[Refused]) -> None:
    """Say in the answer of this request when to send again what was refused for a while only."""
    waits = [_WAIT_SECONDS[refusal.reason] for refusal in refused if refusal.reason in _WAIT_SECONDS]
    if not waits:
        return

    @after_this_request
    def told(answer: Response) -> Response:
        answer.headers["Retry-After"] = str(max(waits))
        return answer
