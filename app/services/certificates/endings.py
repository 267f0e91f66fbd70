"""Certificates that leave force: revoked, ended by a decision or a withdrawal, replaced by a corrected one.

A file stays readable; the check page says at once how the certificate left force.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from app.domain.dossiers.endings import PROVING, RECEIPTS, Ending, Settlement, ending_of
from app.domain.dossiers.states import WITHHELD, Role, State
from app.domain.procedures import journey
from app.domain.rules.calendar import NO_END, paris_day
from app.domain.rules.rights import AttestationKind
from app.domain.texts.notices import NoticeKind
from app.services.certificates.attestations import issue
from app.services.messages import notices
from app.storage.applications import attestations as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Agent, Attestation, Dossier

_EVENTS = {
    Ending.REVOKED: store.REVOKED,
    Ending.ENDED: store.ENDED,
    Ending.REPLACED: store.REPLACED,
}


class NotRevocable(Exception):
    """Raised for an acknowledgement of receipt: it says what happened, and nothing takes that back."""


class Unsettled(Exception):
    """Raised when certificates are in force and the agent has not said what becomes of them."""


def in_force(dossier: Dossier, today: date) -> Sequence[Attestation]:
    """Return the certificates that prove something today or later, newest first; receipts are none of them."""
    if dossier.state == State.HANDED_OVER:  # the card proves it instead
        return ()
    return [
        certificate
        for certificate in store.listed(dossier.id)
        if certificate.revoked_at is None
        and AttestationKind(certificate.kind) not in RECEIPTS
        and (certificate.valid_until is None or certificate.valid_until >= today)
    ]


def revoke(attestation: Attestation, reason: str, now: datetime, agent: Agent | None = None) -> bool:
    """Revoke a certificate and notify the applicant of the reason; return False if it had left force already.

    If it is the last extension, the rights end the day before it began and are no longer extended automatically.
    Raises NotRevocable.
    """
    _require_revocable(attestation)
    with database.atomic():
        row = dossiers.locked(attestation.dossier_id)
        done = _leave_force(row, attestation, Ending.REVOKED, reason, now, agent)
        if done:
            if _is_last_extension(row, attestation):
                Dossier.update(extension=WITHHELD).where(Dossier.id == row.id).execute()
            _shorten_rights(row)
            notices.notify(row, NoticeKind.REVOKED, now, reason=reason, code=attestation.code)
    return done


def replace(attestation: Attestation, reason: str, now: datetime, agent: Agent) -> Attestation | None:
    """Replace a certificate by a corrected one for the same days and notify the applicant; None if it was not in force.

    Raises NotRevocable.
    """
    _require_revocable(attestation)
    with database.atomic():
        row = dossiers.locked(attestation.dossier_id)
        issued = _corrected(row, attestation, reason, now, agent)
        if issued:
            facts = {"code": issued.code, "replaced": attestation.code}
            notices.notify(row, NoticeKind.CERTIFICATE_REPLACED, now, reason=reason, **facts)
    return issued


def replace_all(
    row: Dossier, kind: AttestationKind | None, reason: str, now: datetime, agent: Agent | None
) -> bool:
    """Replace the certificates in force, of one kind or of all; return whether there were any. The caller's notice tells.

    Call it inside the transaction of the correction that makes them wrong.
    """
    wrong = [present for present in in_force(row, paris_day(now)) if kind in (None, present.kind)]
    for attestation in reversed(wrong):
        _corrected(row, attestation, reason, now, agent)
    return bool(wrong)


def settle(row: Dossier, choice: str, now: datetime, agent: Agent | None = None) -> dict[str, str]:
    """Keep or end the certificates in force, as the agent chose, and return the facts for event and notice.

    Call it inside the transaction of the decision. The facts are empty if nothing is in force. Raises Unsettled.
    """
    present = in_force(row, paris_day(now))
    if not present:
        return {}
    if choice not in set(Settlement):
        raise Unsettled
    if choice == Settlement.ENDED:
        for attestation in present:
            _leave_force(row, attestation, Ending.ENDED, "", now, agent)
        _shorten_rights(row)
    return {"certificates": choice} | _last_day(present)


def _last_day(present: Sequence[Attestation]) -> dict[str, str]:
    days = [certificate.valid_until for certificate in present if certificate.valid_until]
    return {"until": max(days).isoformat()} if len(days) == len(present) else {}


def _corrected(
    row: Dossier, attestation: Attestation, reason: str, now: datetime, agent: Agent | None
) -> Attestation | None:
    if not _leave_force(row, attestation, Ending.REPLACED, reason, now, agent):
        return None
    kind = AttestationKind(attestation.kind)
    return issue(kind, row, now, _first_day(attestation), attestation.valid_until)


def _leave_force(
    row: Dossier, attestation: Attestation, ending: Ending, reason: str, now: datetime, agent: Agent | None
) -> bool:
    """Take a certificate out of force, with its event; return False if it was not in force."""
    present = (Attestation.id == attestation.id) & Attestation.revoked_at.is_null()
    changes = {"revoked_at": now, "revoked_reason": reason, "ending": str(ending)}
    if not Attestation.update(changes).where(present).execute():
        return False
    role, facts = Role.AGENT if agent else Role.SYSTEM, {"code": attestation.code}
    dossiers.append_event(row, _EVENTS[ending], role, now, agent=agent, reason=reason, facts=facts)
    return True


def _first_day(attestation: Attestation) -> date:
    return cast(date, attestation.valid_from)  # null in no certificate that can leave force


def _is_last_extension(row: Dossier, attestation: Attestation) -> bool:
    extension = attestation.kind == AttestationKind.EXTENSION
    return extension and row.rights_end == attestation.valid_until


def _shorten_rights(row: Dossier) -> None:
    """Let the rights end with what is left: the permit, and the certificates in force or true until they were ended."""
    if not journey(row.journey, row.journey_version).deadline.extends:
        return
    permit = date.fromisoformat(row.identity["valid_until"])
    row.rights_end = max([permit, *filter(None, map(_proved_until, store.listed(row.id)))])
    Dossier.update(rights_end=row.rights_end).where(Dossier.id == row.id).execute()


def _proved_until(attestation: Attestation) -> date | None:
    """Return the last day on which a certificate proves rights, NO_END if no day ends it; None if it proves none."""
    if AttestationKind(attestation.kind) not in PROVING:
        return None
    last = attestation.valid_until or NO_END
    if attestation.revoked_at is None:
        return last
    ended = paris_day(attestation.revoked_at)
    counted = ending_of(attestation.ending) is Ending.ENDED and _first_day(attestation) <= ended
    return min(last, ended) if counted else None


def _require_revocable(attestation: Attestation) -> None:
    if AttestationKind(attestation.kind) in RECEIPTS:
        raise NotRevocable(attestation.kind)
