"""Reuse of files and answers of an applicant's earlier applications in a draft."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.journeys.journey import Step, SupportingDocument
from app.domain.rules.calendar import paris_day
from app.storage.applications import reuse as store
from app.storage.database import database
from app.storage.files import FileMissing, FileStore, new_key
from app.storage.models import Document, Dossier


@dataclass(frozen=True)
class ReusableFiles:
    """The latest files of a supporting document, and the day (Paris) on which they were received."""

    day: date
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class ReusableAnswers:
    """The answers of the last filed application to the questions of a step, and the day of that filing."""

    day: date
    answers: Mapping[str, Any]


def reusable_files(
    dossier: Dossier, asked: Sequence[SupportingDocument], today: date
) -> dict[str, ReusableFiles]:
    """Return, by supporting document, the files of another filed application that are recent enough to reuse.

    The maximum age in days is `SupportingDocument.again_within`; the files of a document come from one application.
    """
    by_slot: dict[str, list[Document]] = {}
    maximum_age = {document.key: document.again_within for document in asked if document.again_within}
    for file in store.files(dossier.account_id, dossier.id, list(maximum_age)):
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
    """Copy files into a draft. Each application has its own copies, since they are deleted at different times."""
    for document in reusable.documents:
        try:
            copied = _copy(document, files, now)
        except FileMissing:
            continue  # the applicant is asked for the document as usual
        copied.dossier = dossier
        with database.atomic():
            copied.save(force_insert=True)
            Dossier.update(saved_at=now).where(Dossier.id == dossier.id).execute()


def _copy(document: Document, files: FileStore, now: datetime) -> Document:
    key = new_key(now, secrets.token_hex(16))
    files.put(key, files.read(document.key))
    preview_key = ""
    if document.preview_key:
        preview_key = f"{key}.preview"
        files.put(preview_key, files.read(document.preview_key))
    copied = ("slot", "name", "media_type", "size", "pages", "sha256", "scan", "received_at")
    columns = {name: getattr(document, name) for name in copied}
    return Document(**columns, key=key, preview_key=preview_key)


def reusable_answers(account_id: int, step: Step) -> ReusableAnswers | None:
    """Return the answers that a step can take over from the last filed application; None without any."""
    keys = [question.key for question in step.questions if question.carried]
    filed = store.latest_answers(account_id) if keys else None
    if filed is None or filed.sealed is None or filed.filed_on is None:
        return None
    answers = {key: filed.sealed[key] for key in keys if filed.sealed.get(key) not in (None, "", [])}
    return ReusableAnswers(filed.filed_on, answers) if answers else None
