"""Supporting documents of a filed dossier as an agent reads them: files, replaced files, explanation, mark."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.dossiers.complements import AGAIN, NOT_GIVEN, faulty
from app.domain.journeys.journey import SupportingDocument
from app.domain.rules.uploads import Scan
from app.storage.applications import complements
from app.storage.applications import dossiers as store
from app.storage.models import Complement, ComplementItem, Document, DocumentMark, Dossier, Explanation
from app.storage.review import dossier_view


class Standing(StrEnum):
    """What was received for a supporting document."""

    NEW = "new"  # since the last request
    RECEIVED = "received"
    ASKED = "asked"  # in the open request, nothing new yet
    LETTER = "letter"
    EXPLAINED = "explained"  # an explanation only
    MISSING = "missing"


@dataclass(frozen=True)
class RequestedDocument:
    """A supporting document of a dossier: its files, the files they replaced, the last request and its item."""

    document: SupportingDocument
    files: tuple[Document, ...]
    earlier: tuple[Document, ...]
    lost: Document | None  # a file that had a virus, if nothing was sent in its place
    explanation: str
    explained_at: datetime | None  # when the service could first read it
    request: Complement | None
    item: ComplementItem | None
    last_mark: DocumentMark | None

    @property
    def key(self) -> str:
        """Key of the supporting document."""
        return self.document.key

    @property
    def version(self) -> str:
        """Identifier of the present files and explanation; a mark is valid for one version."""
        files = ".".join(str(file.id) for file in self.files)
        explanation = hashlib.sha256(self.explanation.encode()).hexdigest()[:12] if self.explanation else ""
        return f"{files}-{explanation}"

    @property
    def mark(self) -> str:
        """The agents' mark on the present version; empty if there is none or it was taken back."""
        if self.last_mark is None or self.outdated or self.last_mark.mark == AGAIN:
            return ""
        return str(self.last_mark.mark)

    @property
    def outdated(self) -> bool:
        """Whether the document changed since its last mark."""
        return self.last_mark is not None and self.last_mark.version != self.version

    @property
    def letter(self) -> bool:
        """Whether only a letter was received instead of the document."""
        return bool(self.files) and all(file.letter for file in self.files)

    @property
    def fault(self) -> str:
        """Why the document would be requested again: its mark, or that nothing was received; empty without a reason."""
        if faulty(self.mark):
            return self.mark
        return NOT_GIVEN if self.standing is Standing.MISSING and not self.mark else ""

    @property
    def standing(self) -> Standing:
        """What was received for the document."""
        if self.request and any(file.received_at >= self.request.asked_at for file in self.files):
            return Standing.NEW
        if self.item and self.request and self.request.answered_at is None:
            return Standing.ASKED
        if self.files:
            return Standing.LETTER if self.letter else Standing.RECEIVED
        return Standing.EXPLAINED if self.explanation else Standing.MISSING


def sent_at(received_at: datetime, requests: Sequence[Complement]) -> datetime | None:
    """Return when a file or explanation reached the service: for an answer to a request, when the answers were sent.

    None for an answer not sent yet: the applicant's page promises that agents do not see it. `requests` are given
    newest first.
    """
    for request in requests:
        if received_at >= request.asked_at:
            if request.answered_at is None:
                return None
            return max(received_at, request.answered_at)
    return received_at


def requested_documents_of(
    dossier: Dossier, needed: Iterable[SupportingDocument], requests: Sequence[Complement]
) -> Iterator[RequestedDocument]:
    """Yield each document that a filed dossier needs with what was received for it; `requests` newest first."""
    received = store.all_documents(dossier.id)
    files = [file for file in received if _is_readable(file, requests)]
    infected = [
        file for file in received if file.scan == Scan.INFECTED and sent_at(file.received_at, requests)
    ]
    explanations = {explanation.slot: explanation for explanation in store.explained(dossier.id)}
    marks = dossier_view.marks(dossier.id)
    request = next(iter(requests), None)
    items = {item.slot: item for item in complements.items(request.id)} if request else {}
    for document in needed:
        own = [file for file in files if file.slot == document.key]
        yield RequestedDocument(
            document=document,
            files=tuple(file for file in own if file.removed_at is None),
            earlier=tuple(file for file in own if file.removed_at is not None),
            lost=_lost(document.key, infected, own),
            **_explained(explanations.get(document.key), requests),
            request=request,
            item=items.get(document.key),
            last_mark=marks.get(document.key),
        )


def _lost(slot: str, infected: Sequence[Document], own: Sequence[Document]) -> Document | None:
    """Return the last file of a document that had a virus, unless another came after it."""
    last = next((file for file in reversed(infected) if file.slot == slot), None)
    later = last and any(file.removed_at is None and file.received_at >= last.received_at for file in own)
    return None if later else last


def _explained(explanation: Explanation | None, requests: Sequence[Complement]) -> dict[str, Any]:
    sent = sent_at(explanation.written_at, requests) if explanation else None
    return {"explanation": explanation.text if explanation and sent else "", "explained_at": sent}


def _is_readable(file: Document, requests: Sequence[Complement]) -> bool:
    """Return whether a file was sent and is not infected; one removed before sending never reached the service."""
    sent = sent_at(file.received_at, requests)
    return (
        sent is not None and file.scan != Scan.INFECTED and not (file.removed_at and file.removed_at < sent)
    )
