"""Reuse of files and answers of an applicant's earlier applications in a draft."""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.journeys.journey import Step, SupportingDocument
from app.domain.journeys.questions import Question
from app.domain.procedures import journey, replaces
from app.domain.rules.calendar import paris_day
from app.domain.text import fold
from app.services.applications.changes import changing
from app.services.applications.documents import destroy
from app.storage.applications import dossiers
from app.storage.applications import reuse as store
from app.storage.files import FileChanged, FileMissing, FileStore, new_key, read_unchanged
from app.storage.models import Document, Dossier


@dataclass(frozen=True)
class ReusableFiles:
    """The latest files of a supporting document, and the day (Paris) on which they were received."""

    day: date
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class ReusableAnswers:
    """The answers of an earlier application to the questions of a step, and the day it was filed, or last saved."""

    day: date
    answers: Mapping[str, Any]


def reusable_files(
    dossier: Dossier, asked: Sequence[SupportingDocument], today: date
) -> dict[str, ReusableFiles]:
    """Return, by supporting document, the files of another application that are recent enough to reuse.

    That one was filed, or cannot be: a draft of a procedure that this one replaces. The maximum age in days is
    `SupportingDocument.again_within`; the files of a document come from one application.
    """
    by_slot: dict[str, list[Document]] = {}
    maximum_age = {document.key: document.again_within for document in asked if document.again_within}
    drafts_of = replaces(dossier.journey)
    for file in store.files(dossier.account_id, dossier.id, list(maximum_age), drafts_of):
        age = (today - paris_day(file.received_at)).days
        group = by_slot.setdefault(file.slot, [])
        if age <= maximum_age[file.slot] and (not group or group[0].dossier_id == file.dossier_id):
            group.append(file)
    return {
        slot: ReusableFiles(paris_day(group[0].received_at), tuple(reversed(group)))
        for slot, group in by_slot.items()
        if group
    }


def reuse_files(dossier: Dossier, reusable: ReusableFiles, files: FileStore, now: datetime) -> None:
    """Copy files into a draft, unless their document has a file already: a second click copies nothing.

    Each application has its own copies, since they are deleted at different times. Raises StaleDossier.
    """
    copies: list[Document] = []
    for document in reusable.documents:
        with suppress(FileMissing, FileChanged):  # the applicant is asked for the document as usual
            copies.append(_copy(document, files, now))
    kept: list[Document] = []
    try:
        with changing(dossier, now) as row:
            given = {document.slot for document in dossiers.documents(row.id)}
            for copied in copies:
                if copied.slot not in given:
                    copied.dossier = row
                    copied.save(force_insert=True)
                    kept.append(copied)
    finally:
        destroy([copied for copied in copies if copied not in kept], files)


def _copy(document: Document, files: FileStore, now: datetime) -> Document:
    key = new_key(now, secrets.token_hex(16))
    files.put(key, read_unchanged(files, document.key, document.sha256))
    preview_key = ""
    if document.preview_key:
        preview_key = f"{key}.preview"
        files.put(preview_key, files.read(document.preview_key))
    copied = ("slot", "name", "media_type", "size", "pages", "sha256", "scan", "received_at")
    columns = {name: getattr(document, name) for name in copied}
    return Document(**columns, key=key, preview_key=preview_key)


def reusable_answers(account_id: int, slug: str, step: Step) -> ReusableAnswers | None:
    """Return the answers that a step of a procedure can take over; None without any.

    All those of a draft that this procedure replaces; otherwise those of the last filed application to its `carried`
    questions.
    """
    draft = store.latest_draft(account_id, replaces(slug))
    if draft and (answers := _still_asked(step.questions, draft, draft.answers)):
        return ReusableAnswers(paris_day(draft.saved_at), answers)
    carried = [question for question in step.questions if question.carried]
    filed = store.latest_answers(account_id) if carried else None
    if filed is None or filed.sealed is None or filed.filed_on is None:
        return None
    answers = _still_asked(carried, filed, filed.sealed)
    return ReusableAnswers(filed.filed_on, answers) if answers else None


def filed_with_home(account_id: int, answers: Mapping[str, Any]) -> date | None:
    """Return the day on which the applicant's last application was filed, if with this very home; otherwise None."""
    filed = store.latest_answers(account_id)
    if filed is None or filed.sealed is None or not answers.get("address"):
        return None
    known = filed.sealed
    same = all(fold(str(known.get(key) or "")) == fold(str(answers.get(key) or "")) for key in _HOME)
    return filed.filed_on if same else None


_HOME = ("address", "address_more", "postcode", "commune")


def _still_asked(
    questions: Sequence[Question], earlier: Dossier, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the answers of an earlier dossier to these questions, where a key has the kind that it had then."""
    steps = journey(earlier.journey, earlier.journey_version).steps
    kinds = {question.key: question.kind for step in steps for question in step.questions}
    same = (question.key for question in questions if kinds.get(question.key) is question.kind)
    return {key: answers[key] for key in same if answers.get(key) not in (None, "", [])}
