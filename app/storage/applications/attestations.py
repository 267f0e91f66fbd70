"""Queries on certificates, and on the printed copy of an application; ownership is part of each query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.actions.applicants import SUBMIT
from app.storage.compiled_queries import compiled
from app.storage.models import Attestation, Dossier, Event

# What the history of a dossier says of its papers, beside the actions of `domain.actions`.
EXTENSION_ISSUED = "extension_issued"
APPROVAL_CERTIFIED = "approval_certified"
REVOKED = "attestation_revoked"
APPLICATION_PRINTED = "application_printed"


def of_account(account_id: int, code: str) -> Attestation:
    """A certificate of this person; Attestation.DoesNotExist for anybody else's."""
    return (
        Attestation.select(Attestation, Dossier)
        .join(Dossier)
        .where((Attestation.code == code) & (Dossier.account == account_id))
        .get()
    )


def of_dossier(dossier_id: int) -> Sequence[Attestation]:
    """All certificates of a dossier, the newest first."""
    return list(Attestation.select().where(Attestation.dossier == dossier_id).order_by(Attestation.id.desc()))


def of_dossier_with_code(dossier_id: int, code: str) -> Attestation:
    """A certificate of a dossier that its reader has found already; Attestation.DoesNotExist for another's."""
    return Attestation.get((Attestation.dossier == dossier_id) & (Attestation.code == code[:16]))


@compiled(Attestation)
def _listed(dossier_id: Any) -> Any:
    columns = Attestation.fields_without("facts")
    return (
        Attestation.select(*columns).where(Attestation.dossier == dossier_id).order_by(Attestation.id.desc())
    )


def listed(dossier_id: int) -> Sequence[Attestation]:
    """All certificates of a dossier for a list, the newest first, without what they say."""
    return _listed.all(dossier_id)


def first(dossier_id: int) -> Attestation | None:
    """The certificate that a filing gave, without what it says; None while it is awaited."""
    return next(reversed(listed(dossier_id)), None)


def by_code(code: str) -> Attestation | None:
    """The certificate that carries a code, with its dossier."""
    found: Attestation | None = (
        Attestation.select(Attestation, Dossier).join(Dossier).where(Attestation.code == code).first()
    )
    return found


def by_id(attestation_id: int) -> Attestation | None:
    """A certificate to print."""
    return Attestation.get_or_none(Attestation.id == attestation_id)


def filed_at(dossier_id: int) -> datetime | None:
    """The instant of filing, which only the history knows."""
    event = (
        Event.select(Event.at)
        .where((Event.dossier == dossier_id) & (Event.action == SUBMIT.key))
        .order_by(Event.id)
        .first()
    )
    return event.at if event else None


def application_printed(dossier_id: int) -> dict[str, str] | None:
    """Where the printed application is: `key`, `size` in bytes, `sha256`; None until it was made."""
    event = (
        Event.select(Event.facts)
        .where((Event.dossier == dossier_id) & (Event.action == APPLICATION_PRINTED))
        .order_by(Event.id)
        .first()
    )
    return event.facts if event else None
