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
from app.storage.models import Attestation


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
    if attestation.valid_until and attestation.valid_until < today:
        return Answer(Verdict.EXPIRED, facts, attestation.valid_until)
    # The certificate of a favourable decision is valid until the card is handed over, as its text says.
    if facts.kind is AttestationKind.FAVOURABLE and attestation.dossier.state == State.HANDED_OVER:
        return Answer(Verdict.EXPIRED, facts)
    return Answer(Verdict.GENUINE, facts)


def _out_of_force(ending: Ending, facts: Facts, day: date) -> Answer:
    """Answer for a certificate taken out of force; one that a decision ended was true until then, and is shown."""
    if ending is not Ending.ENDED:
        return Answer(Verdict(ending), day=day)
    began = facts.valid_from <= day
    return Answer(Verdict.ENDED, facts if began else None, day)
