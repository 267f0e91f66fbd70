"""Queries on certificates and on the printed copy of an application; ownership is part of each query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.actions.applicants import SUBMIT
from app.storage.compiled_queries import compiled
from app.storage.models import Attestation, Dossier, Event

# Actions of events about papers, besides those of `domain.actions`.
EXTENSION_ISSUED = "extension_issued"
APPROVAL_CERTIFIED = "approval_certified"
REVOKED = "attestation_revoked"
ENDED = "attestation_ended"
REPLACED = "attestation_replaced"
APPLICATION_PRINTED = "application_printed"


def of_account(account_id: int, code: str) -> Attestation:
    """Return a certificate of an applicant by its code; Attestation.DoesNotExist if it is not theirs."""
    return (
        Attestation.select(Attestation, Dossier)
        .join(Dossier)
        .where((Attestation.code == code) & (Dossier.account == account_id))
        .get()
    )


def of_dossier(dossier_id: int) -> Sequence[Attestation]:
    """Return all certificates of a dossier, newest first."""
    return list(Attestation.select().where(Attestation.dossier == dossier_id).order_by(Attestation.id.desc()))


def of_dossier_with_code(dossier_id: int, code: str) -> Attestation:
    """Return the certificate of a dossier with this code; Attestation.DoesNotExist if the dossier has none.

    Call it for a dossier that its reader may open: the service is not checked again.
    """
    return Attestation.get((Attestation.dossier == dossier_id) & (Attestation.code == code[:16]))


@compiled(Attestation)
def _listed(dossier_id: Any) -> Any:
    columns = Attestation.fields_without("facts")
    return (
        Attestation.select(*columns).where(Attestation.dossier == dossier_id).order_by(Attestation.id.desc())
    )


def listed(dossier_id: int) -> Sequence[Attestation]:
    """Return all certificates of a dossier, newest first, without their `facts`."""
    return _listed.all(dossier_id)


def first(dossier_id: int) -> Attestation | None:
    """Return the certificate issued at filing, without its `facts`; None until it is issued."""
    return next(reversed(listed(dossier_id)), None)


def by_code(code: str) -> Attestation | None:
    """Return the certificate with a code, with its dossier."""
    found: Attestation | None = (
        Attestation.select(Attestation, Dossier).join(Dossier).where(Attestation.code == code).first()
    )
    return found


def filed_at(dossier_id: int) -> datetime | None:
    """Return the instant of filing, which is recorded in the dossier's events only."""
    event = (
        Event.select(Event.at)
        .where((Event.dossier == dossier_id) & (Event.action == SUBMIT.key))
        .order_by(Event.id)
        .first()
    )
    return event.at if event else None


def application_printed(dossier_id: int) -> dict[str, str] | None:
    """Return the printed application's `key`, `size` in bytes and `sha256`; None until it is printed."""
    event = (
        Event.select(Event.facts)
        .where((Event.dossier == dossier_id) & (Event.action == APPLICATION_PRINTED))
        .order_by(Event.id)
        .first()
    )
    return event.facts if event else None
