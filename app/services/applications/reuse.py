"""What a person gave in an earlier application and need not give again: files, and answers to read over."""

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
    """The files of one supporting document, as they were given last, on a day."""

    day: date
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class ReusableAnswers:
    """The answers of an application filed on a day that a step would ask again."""

    day: date
    answers: Mapping[str, Any]


def reusable_files(
    dossier: Dossier, asked: Sequence[SupportingDocument], today: date
) -> dict[str, ReusableFiles]:
    """By supporting document, what the same person gave for another filed application and is not too old."""
    found: dict[str, list[Document]] = {}
    within = {one.key: one.again_within for one in asked if one.again_within}
    for document in store.files(dossier.account_id, dossier.id, list(within)):
        age = (today - paris_day(document.received_at)).days
        group = found.setdefault(document.slot, [])
        if age <= within[document.slot] and (not group or group[0].dossier_id == document.dossier_id):
            group.append(document)
    return {
        slot: ReusableFiles(paris_day(group[0].received_at), tuple(reversed(group)))
        for slot, group in found.items()
        if group
    }


def reuse_files(dossier: Dossier, one: ReusableFiles, files: FileStore, now: datetime) -> None:
    """Give the same files to a draft. Each application keeps its own copies: none outlives or empties another."""
    for document in one.documents:
        try:
            copied = _copy(document, files, now)
        except FileMissing:
            continue  # the slot stays to be filled
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
    kept = ("slot", "name", "media_type", "size", "pages", "sha256", "scan", "received_at")
    columns = {name: getattr(document, name) for name in kept}
    return Document(**columns, key=key, preview_key=preview_key)


def reusable_answers(account_id: int, step: Step) -> ReusableAnswers | None:
    """The answers that a step can take over, where it has such questions and something was filed before."""
    keys = [question.key for question in step.questions if question.carried]
    filed = store.latest_answers(account_id) if keys else None
    if filed is None or filed.sealed is None or filed.filed_on is None:
        return None
    answers = {key: filed.sealed[key] for key in keys if filed.sealed.get(key) not in (None, "", [])}
    return ReusableAnswers(filed.filed_on, answers) if answers else None
