"""Dated receipts of checks before a hiring (code du travail L.5221-8); of a certificate, the check is the answer."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.dossiers.attestations import ALPHABET
from app.domain.dossiers.hiring import CHECKABLE, CODE_LENGTH
from app.domain.rules.calendar import paris_day
from app.domain.rules.identifiers import normal_email, normal_number
from app.services.access import throttles
from app.services.access.limits import CHECK, HIRING, RECEIPT
from app.services.access.origins import Origin
from app.services.certificates import verification
from app.services.certificates.verification import Answer, Verdict
from app.services.messages import emails
from app.storage import hiring as store
from app.storage.applications import attestations, dossiers
from app.storage.database import database
from app.storage.models import HiringCheck

AGAIN = timedelta(minutes=10)  # the same check within that time is taken for a double submission


@dataclass(frozen=True)
class Employer:
    """The employer, as declared and not verified, and the first day of work."""

    company: str
    siret: str
    email: str
    hired_on: date
    language: str
    origin: Origin

    @property
    def columns(self) -> dict[str, Any]:
        """Values of the columns of the same names."""
        names = ("company", "siret", "email", "hired_on", "language")
        return {name: getattr(self, name) for name in names}


class NotInForce(Exception):
    """Raised for a code whose certificate is not in force, or unknown; `answer` is that of the check page."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.verdict)
        self.answer = answer


class NoRightToWork(Exception):
    """Raised for the code of a receipt or a declaration, which says nothing of the right to work."""


class EndsBefore(Exception):
    """Raised for a certificate that ends before the hiring; `day` is its last one."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class BeginsAfter(Exception):
    """Raised for a certificate that is not valid yet on the day of the hiring; `day` is its first one."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


def employer(answers: dict[str, Any], language: str, origin: Origin) -> Employer:
    """Return the employer of a form's answers."""
    return Employer(
        answers["company"],
        answers.get("siret", ""),
        normal_email(answers["email"]),
        date.fromisoformat(answers["hired_on"]),
        language,
        origin,
    )


def give(code: str, who: Employer, now: datetime) -> HiringCheck:
    """Check a certificate and store what it says at this instant; a double submission returns the first receipt.

    Raises NotInForce, NoRightToWork, EndsBefore, BeginsAfter, throttles.TooSoon.
    """
    tried = throttles.attempt(CHECK, "", who.origin, now)
    found = attestations.by_code(code)
    if found is None:
        raise NotInForce(verification.UNKNOWN)
    throttles.forgive(tried)
    with database.atomic():
        dossiers.locked(found.dossier_id)  # so that no revocation comes between the check and its receipt
        _require_in_force(code, who, paris_day(now))
        again = store.just_asked(found.id, who.email, now - AGAIN)
        if same := next((row for row in again if is_same(row, who)), None):
            return same
        throttles.attempt(HIRING, who.email, who.origin, now)
        check = HiringCheck.create(
            number=next_number(now),
            code=_free_code(),
            attestation=found,
            account=found.dossier.account_id,
            asked_at=now,
            answered_at=now,
            **who.columns,
        )
        letter = {"number": check.number}
        emails.write("accounts/hiring_receipt", who.email, who.language, letter, now)
    return check


def _require_in_force(code: str, who: Employer, today: date) -> None:
    answer = verification.check_code(code, today)
    if answer.verdict is not Verdict.GENUINE or answer.facts is None:
        raise NotInForce(answer)
    if answer.facts.kind not in CHECKABLE:
        raise NoRightToWork
    if answer.facts.valid_until and answer.facts.valid_until < who.hired_on:
        raise EndsBefore(answer.facts.valid_until)
    if answer.facts.valid_from > who.hired_on:
        raise BeginsAfter(answer.facts.valid_from)


def is_same(row: HiringCheck, who: Employer) -> bool:
    """Return whether a check was asked for by this employer for this day."""
    return all(getattr(row, name) == value for name, value in who.columns.items() if name != "language")


def next_number(now: datetime) -> str:
    """Increment the year's counter and return the number of a check."""
    return f"E-{now.year}-{dossiers.next_number(f'hiring-{now.year}'):06d}"


def _free_code() -> str:
    code = new_reading_code()
    return _free_code() if store.by_code(code) else code


def new_reading_code() -> str:
    """Return a code that opens a receipt: 26¹² ≈ 10¹⁷ codes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def spell_code(code: str) -> str:
    """Format a reading code as it is printed: `K7QM-42XD-9BHT`."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def read(typed: str, origin: Origin, now: datetime) -> HiringCheck | None:
    """Return the check of a typed reading code, None for an unknown one. Raises throttles.TooSoon."""
    tried = throttles.attempt(RECEIPT, "", origin, now)
    found = store.by_code(normal_number(typed)[:CODE_LENGTH])
    if found is not None:
        throttles.forgive(tried)
    return found
