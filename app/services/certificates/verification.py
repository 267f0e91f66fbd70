"""Verification of certificates, by the signature of their QR code or by their typed code."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dossiers.attestations import Facts, normalise_code
from app.domain.dossiers.endings import Ending, ending_of
from app.domain.dossiers.states import State
from app.domain.rules.calendar import paris_day
from app.domain.rules.rights import AttestationKind
from app.services.certificates import seals
from app.storage.applications import attestations as store
from app.storage.models import Attestation, Dossier


class Verdict(StrEnum):
    """The results of a check."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ENDED = "ended"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """The answer to a check: `facts` where they may be shown, `day` on which it left force."""

    verdict: Verdict
    facts: Facts | None = None
    day: date | None = None


UNKNOWN = Answer(Verdict.UNKNOWN)


def check_paper(code: str, signature: str, today: date) -> Answer:
    """Check the code of a QR code with its signature, which cannot be guessed; UNKNOWN if it is not the paper's."""
    attestation = store.by_code(code)
    ours = attestation is not None and seals.bears(attestation, signature)
    return _answer(attestation, today) if attestation and ours else UNKNOWN


def check_code(typed: str, today: date) -> Answer:
    """Check a code as it was typed; case, spaces and dashes are ignored."""
    code = normalise_code(typed)
    attestation = store.by_code(code) if code else None
    return _answer(attestation, today) if attestation else UNKNOWN


def _answer(attestation: Attestation, today: date) -> Answer:
    facts = Facts.from_json(attestation.facts)
    if attestation.revoked_at:
        return _out_of_force(ending_of(attestation.ending), facts, paris_day(attestation.revoked_at))
    if is_over(attestation, attestation.dossier, today):
        return Answer(Verdict.EXPIRED, facts, attestation.valid_until)
    return Answer(Verdict.GENUINE, facts)


def is_over(attestation: Attestation, dossier: Dossier, today: date) -> bool:
    """Return whether a certificate of a dossier, not taken out of force, has come to the end that its text names."""
    if attestation.valid_until:
        return attestation.valid_until < today
    # The certificate of a favourable decision is valid until the card is handed over.
    return attestation.kind == AttestationKind.FAVOURABLE and dossier.state == State.HANDED_OVER


def _out_of_force(ending: Ending, facts: Facts, day: date) -> Answer:
    """Answer for a certificate taken out of force; one that a decision ended was true until then, and is shown."""
    if ending is not Ending.ENDED:
        return Answer(Verdict(ending), day=day)
    began = facts.valid_from <= day
    return Answer(Verdict.ENDED, facts if began else None, day)
