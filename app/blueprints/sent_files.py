"""Files of a request, those that came before it in pieces too, and the wait that a refusal asks for."""

from collections.abc import Iterable
from functools import partial

from flask import Response, after_this_request, request
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from app.domain.rules.uploads import Refusal, Refused
from app.domain.text import clean
from app.services import uploads
from app.services.received_files import Sent
from app.web.current import gateways, now

# What Retry-After says, as the sentences of the refusals do.
_WAIT_SECONDS = {Refusal.BUSY: 60, Refusal.CLOSED: 3600}


def read(files: Iterable[FileStorage]) -> list[Sent]:
    """Return the files that were chosen."""
    return [Sent(clean(file.filename or ""), file.stream) for file in files if file.filename]


def chosen() -> list[Sent]:
    """Return the files of the form of this request, each as it was chosen: within it, or sent before in pieces.

    The field `sent` of the form names the latter; they must be the person's own.
    """
    account, outside = getattr(current_user, "account", None), gateways()
    arrived = uploads.whole(account.id, request.form.getlist("sent"), now()) if account else []
    before = [Sent(clean(up.name), partial(uploads.content, up, outside.files), up) for up in arrived]
    return [*before, *read(request.files.getlist("files"))]


def tell_wait(refused: Iterable[Refused]) -> None:
    """Say in the answer of this request when to send again what was refused for a while only."""
    waits = [_WAIT_SECONDS[refusal.reason] for refusal in refused if refusal.reason in _WAIT_SECONDS]
    if not waits:
        return

    @after_this_request
    def told(answer: Response) -> Response:
        answer.headers["Retry-After"] = str(max(waits))
        return answer
