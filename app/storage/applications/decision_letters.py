"""Queries on decision letters and their templates; the reader's account or service is part of each query."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.storage.compiled_queries import compiled
from app.storage.models import Agent, DecisionLetter, Dossier, LetterTemplate

MOST = 50  # versions shown
LATEST = 5  # letters shown beside a template


def template(service_id: int, kind: str) -> LetterTemplate | None:
    """Return the current version of a service's template, None if the service has none of its own."""
    return next(iter(templates(service_id, kind, 1)), None)


def templates(service_id: int, kind: str, most: int = MOST) -> Sequence[LetterTemplate]:
    """Return the versions of a service's template with their authors, newest first."""
    return list(
        LetterTemplate.select(LetterTemplate, Agent)
        .join(Agent)
        .where((LetterTemplate.service == service_id) & (LetterTemplate.kind == kind))
        .order_by(LetterTemplate.id.desc())
        .limit(most)
    )


@compiled(DecisionLetter)
def _of_dossier(dossier_id: Any) -> Any:
    columns = DecisionLetter.fields_without("text", "values")
    return (
        DecisionLetter.select(*columns)
        .where(DecisionLetter.dossier == dossier_id)
        .order_by(DecisionLetter.id.desc())
    )


def of_dossier(dossier_id: int) -> Sequence[DecisionLetter]:
    """Return the letters of a dossier, newest first, without their text and values.

    Call it for a dossier that its reader may open: ownership is not checked again.
    """
    return _of_dossier.all(dossier_id)


def supersede(dossier_id: int, now: datetime) -> None:
    """Put the letters in force out of force: another decision, or the reopening, follows."""
    present = (DecisionLetter.dossier == dossier_id) & DecisionLetter.superseded_at.is_null()
    DecisionLetter.update(superseded_at=now).where(present).execute()


def latest(service_id: int, kind: str) -> Sequence[DecisionLetter]:
    """Return the last LATEST letters of a kind that a service sent."""
    return list(
        DecisionLetter.select(DecisionLetter.id, DecisionLetter.issued_at, Dossier.id, Dossier.reference)
        .join(Dossier)
        .where((Dossier.service == service_id) & (DecisionLetter.kind == kind))
        .order_by(DecisionLetter.id.desc())
        .limit(LATEST)
    )


def owned(account_id: int, reference: str, letter_id: int) -> DecisionLetter:
    """Return a letter of an applicant's dossier; DecisionLetter.DoesNotExist if the dossier is not theirs."""
    return _letter((Dossier.account == account_id) & (Dossier.reference == reference[:24]), letter_id)


def in_service(service_id: int, reference: str, letter_id: int) -> DecisionLetter:
    """Return a letter of a service's dossier; DecisionLetter.DoesNotExist if the dossier is another service's."""
    return _letter((Dossier.service == service_id) & (Dossier.reference == reference[:24]), letter_id)


def _letter(condition: Any, letter_id: int) -> DecisionLetter:
    return (
        DecisionLetter.select(DecisionLetter, Dossier)
        .join(Dossier)
        .where(condition & (DecisionLetter.id == letter_id))
        .get()
    )


def decided_before(dossier: Dossier) -> Sequence[tuple[str, int, Mapping[str, Any]]]:
    """Return the decisions on the applicant's earlier dossiers, newest first: (procedure, version, decision)."""
    earlier = (Dossier.account == dossier.account_id) & (Dossier.id < dossier.id)
    rows: Any = (
        Dossier.select(Dossier.journey, Dossier.journey_version, Dossier.decision)
        .where(earlier & Dossier.decision.is_null(False))
        .order_by(Dossier.id.desc())
    )
    return list(rows.tuples())
