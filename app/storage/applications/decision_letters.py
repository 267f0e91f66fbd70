"""Queries on the letters of decisions and their templates; who may read is part of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.storage.compiled_queries import compiled
from app.storage.models import Agent, DecisionLetter, Dossier, LetterTemplate

MOST = 50  # versions shown
LATEST = 5  # letters shown beside a template


def template(service_id: int, kind: str) -> LetterTemplate | None:
    """The version in force of a service's text; None while it has none of its own."""
    return next(iter(templates(service_id, kind, 1)), None)


def templates(service_id: int, kind: str, most: int = MOST) -> Sequence[LetterTemplate]:
    """The versions of a service's text, the latest first, with who wrote them."""
    return list(
        LetterTemplate.select(LetterTemplate, Agent)
        .join(Agent)
        .where((LetterTemplate.service == service_id) & (LetterTemplate.kind == kind))
        .order_by(LetterTemplate.id.desc())
        .limit(most)
    )


@compiled(DecisionLetter)
def _of_dossier(dossier_id: Any) -> Any:
    kept = DecisionLetter.fields_without("text", "values")
    return (
        DecisionLetter.select(*kept)
        .where(DecisionLetter.dossier == dossier_id)
        .order_by(DecisionLetter.id.desc())
    )


def of_dossier(dossier_id: int) -> Sequence[DecisionLetter]:
    """The letters of a dossier that its reader has found already, the latest first, without what they say."""
    return _of_dossier.all(dossier_id)


def latest(service_id: int, kind: str) -> Sequence[DecisionLetter]:
    """The last letters of a kind that a service sent, for its supervisors."""
    return list(
        DecisionLetter.select(DecisionLetter.id, DecisionLetter.issued_at, Dossier.id, Dossier.reference)
        .join(Dossier)
        .where((Dossier.service == service_id) & (DecisionLetter.kind == kind))
        .order_by(DecisionLetter.id.desc())
        .limit(LATEST)
    )


def owned(account_id: int, reference: str, letter_id: int) -> DecisionLetter:
    """A letter of this person; DecisionLetter.DoesNotExist for anybody else's."""
    return _one((Dossier.account == account_id) & (Dossier.reference == reference[:24]), letter_id)


def in_service(service_id: int, reference: str, letter_id: int) -> DecisionLetter:
    """A letter of a dossier of this service; DecisionLetter.DoesNotExist for another's."""
    return _one((Dossier.service == service_id) & (Dossier.reference == reference[:24]), letter_id)


def _one(mine: Any, letter_id: int) -> DecisionLetter:
    return (
        DecisionLetter.select(DecisionLetter, Dossier)
        .join(Dossier)
        .where(mine & (DecisionLetter.id == letter_id))
        .get()
    )


def by_id(letter_id: int) -> DecisionLetter | None:
    """A letter to print."""
    return DecisionLetter.get_or_none(DecisionLetter.id == letter_id)


def decided_before(dossier: Dossier) -> Sequence[tuple[str, int, Mapping[str, Any]]]:
    """What the person's earlier applications ended in, the latest first: procedure, its version, decision."""
    earlier = (Dossier.account == dossier.account_id) & (Dossier.id < dossier.id)
    rows: Any = (
        Dossier.select(Dossier.journey, Dossier.journey_version, Dossier.decision)
        .where(earlier & Dossier.decision.is_null(False))
        .order_by(Dossier.id.desc())
    )
    return list(rows.tuples())
