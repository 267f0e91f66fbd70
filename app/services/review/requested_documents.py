"""A supporting document as the agent reads it: its files, those they replaced, what was said of it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.dossiers.complements import AGAIN, NOT_GIVEN, faulty
from app.domain.journeys.journey import SupportingDocument
from app.storage.applications import complements
from app.storage.applications import dossiers as store
from app.storage.models import Complement, ComplementItem, Document, DocumentMark, Dossier, Explanation
from app.storage.review import dossier_view


class Standing(StrEnum):
    """What came for a supporting document."""

    NEW = "new"  # since the last request
    RECEIVED = "received"
    ASKED = "asked"  # in the open request, nothing new yet
    LETTER = "letter"
    EXPLAINED = "explained"  # words only
    MISSING = "missing"


@dataclass(frozen=True)
class RequestedDocument:
    """One supporting document: its files, the ones they replaced, and the request that concerns it."""

    document: SupportingDocument
    files: tuple[Document, ...]
    earlier: tuple[Document, ...]
    explanation: str
    explained_at: datetime | None  # when the service could first read it
    request: Complement | None
    item: ComplementItem | None
    last_mark: DocumentMark | None

    @property
    def key(self) -> str:
        """The key of the supporting document."""
        return self.document.key

    @property
    def version(self) -> str:
        """What there is to read now: changes with any file or word of it, so that a mark knows what it was about."""
        files = ".".join(str(file.id) for file in self.files)
        words = hashlib.sha256(self.explanation.encode()).hexdigest()[:12] if self.explanation else ""
        return f"{files}-{words}"

    @property
    def mark(self) -> str:
        """What an agent said of what there is now; empty where nothing was said, or was taken back."""
        if self.last_mark is None or self.outdated or self.last_mark.mark == AGAIN:
            return ""
        return str(self.last_mark.mark)

    @property
    def outdated(self) -> bool:
        """Whether something came, or went, since an agent marked it."""
        return self.last_mark is not None and self.last_mark.version != self.version

    @property
    def letter(self) -> bool:
        """Whether nothing came but a letter in place of the document."""
        return bool(self.files) and all(file.letter for file in self.files)

    @property
    def fault(self) -> str:
        """Why it would be asked for again: what its mark says, or that nothing came; empty when there is no reason."""
        if faulty(self.mark):
            return self.mark
        return NOT_GIVEN if self.standing is Standing.MISSING and not self.mark else ""

    @property
    def standing(self) -> Standing:
        """Where it stands, in one word."""
        if self.request and any(file.received_at >= self.request.asked_at for file in self.files):
            return Standing.NEW
        if self.item and self.request and self.request.answered_at is None:
            return Standing.ASKED
        if self.files:
            return Standing.LETTER if self.letter else Standing.RECEIVED
        return Standing.EXPLAINED if self.explanation else Standing.MISSING


def sent_at(given_at: datetime, requests: Sequence[Complement]) -> datetime | None:
    """When something that the applicant gave reached the service: answers to a request do when they are sent.

    None while they are not: the applicant's page says that nobody reads them before.
    """
    for one in requests:
        if given_at >= one.asked_at:
            if one.answered_at is None:
                return None
            return max(given_at, one.answered_at)
    return given_at


def requested_documents_of(
    dossier: Dossier, needed: Iterable[SupportingDocument], requests: Sequence[Complement]
) -> Iterator[RequestedDocument]:
    """What a filed dossier has of each document that it needs; `requests` for documents, the newest first."""
    files = [file for file in store.all_documents(dossier.id) if _readable(file, requests)]
    words = {one.slot: one for one in store.explained(dossier.id)}
    marks = dossier_view.marks(dossier.id)
    request = next(iter(requests), None)
    items = {item.slot: item for item in complements.items(request.id)} if request else {}
    for document in needed:
        own = [file for file in files if file.slot == document.key]
        yield RequestedDocument(
            document=document,
            files=tuple(file for file in own if file.removed_at is None),
            earlier=tuple(file for file in own if file.removed_at is not None),
            **_said(words.get(document.key), requests),
            request=request,
            item=items.get(document.key),
            last_mark=marks.get(document.key),
        )


def _said(words: Explanation | None, requests: Sequence[Complement]) -> dict[str, Any]:
    sent = sent_at(words.written_at, requests) if words else None
    return {"explanation": words.text if words and sent else "", "explained_at": sent}


def _readable(file: Document, requests: Sequence[Complement]) -> bool:
    """Whether a file was sent and is not dangerous: one taken back before it was sent never reached the service."""
    sent = sent_at(file.received_at, requests)
    return (
        sent is not None
        and file.scan != dossier_view.INFECTED
        and not (file.removed_at and file.removed_at < sent)
    )
