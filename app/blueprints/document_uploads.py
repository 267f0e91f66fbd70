"""Files and explanations of one request: stored through the services, with the refusals for the page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Response, after_this_request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from app.domain.rules.uploads import Refusal, Refused
from app.domain.text import clean
from app.presenters.applicants.slots import Refusals
from app.services.applications import documents
from app.services.applications.documents import Also, Sent
from app.web.current import gateways, now

if TYPE_CHECKING:
    from app.storage.models import Dossier

EXPLANATION_LENGTH = 2000
WAIT_SECONDS = 60  # as the sentence of Refusal.BUSY says


def receive(
    dossier: "Dossier",
    slot: str,
    sent: Sequence[FileStorage],
    *,
    letter: bool = False,
    also: Also | None = None,
) -> Refusals:
    """Store every accepted file of a slot; return the first refusal.

    `letter` marks the files as a letter that explains why the document is missing; `also` is done with the change.
    """
    files = [file for file in sent if file.filename]
    if not files:
        return Refusals(files={slot: ("", Refused(Refusal.NOTHING_CHOSEN, {}))})
    read = [Sent(clean(file.filename or ""), file.read()) for file in files]
    outside = gateways()
    attached = documents.attach(
        dossier, slot, read, outside.scanner, outside.files, now(), letter=letter, also=also
    )
    if any(refused.reason is Refusal.BUSY for _name, refused in attached.refused):
        after_this_request(_told_to_wait)
    return Refusals(files={slot: attached.refused[0]} if attached.refused else {})


def _told_to_wait(answer: Response) -> Response:
    answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


def explain(
    dossier: "Dossier", slot: str, why: str, letters: Sequence[FileStorage], also: Also | None = None
) -> Refusals:
    """Store a written reason, letters or both; refuse if there is neither, or over 2000 characters."""
    text = clean(why)
    given = [letter for letter in letters if letter.filename]
    if len(text) > EXPLANATION_LENGTH:
        sentence = _(
            "Votre explication est trop longue : %(max)s caractères au plus.", max=EXPLANATION_LENGTH
        )
        return Refusals(explanations={slot: (sentence, text)})
    if not text and not given:
        return Refusals(explanations={slot: (_("Écrivez une raison ou joignez une lettre."), "")})
    if text:
        documents.explain(dossier, slot, text, now(), also)
    return receive(dossier, slot, given, letter=True, also=also) if given else Refusals()
