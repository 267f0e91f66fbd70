"""A register of permits that the tests hold in their hands."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.rules.identifiers import visa_digits
from app.gateways.permit_record import PermitRecord
from app.gateways.register import RegisterUnavailable
from tests import factories

NUMBER = "9920000137"
GIVEN = "9920000777"  # to who had none
FIRST, LAST = date(2026, 2, 1), date(2027, 1, 31)


class Register:
    """Holds one permit; `away` makes it silent."""

    def __init__(self, **changes: Any) -> None:
        record = factories.identity(foreign_number=NUMBER, valid_from=str(FIRST)) | {"valid_until": str(LAST)}
        self.record = PermitRecord.read(record | changes)
        self.away = False
        self.questions = 0
        self.invalid: list[tuple[str, date, date]] = []

    def invalidate(self, number: str, valid_until: date, on: date) -> None:
        if self.away:
            raise RegisterUnavailable("silence")
        self.invalid.append((number, valid_until, on))

    def find_visa(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        self.questions += 1
        if self.away:
            raise RegisterUnavailable("silence")
        held = self.record
        right = (held.visa_number, held.valid_from, held.valid_until)
        return held if (visa_digits(number), valid_from, valid_until) == right else None

    def allot(self, visa_number: str, valid_from: date, valid_until: date) -> str:
        return self._numbered(visa_number, {})

    def validate(self, visa_number: str, on: date) -> str:
        return self._numbered(visa_number, {"validated_on": str(on)})

    def _numbered(self, visa_number: str, facts: dict[str, str]) -> str:
        self.questions += 1
        if self.away or visa_number != self.record.visa_number:
            raise RegisterUnavailable("silence")
        number = self.record.foreign_number or GIVEN
        self.record = replace(self.record, foreign_number=number, **facts)
        return number

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        self.questions += 1
        if self.away:
            raise RegisterUnavailable("silence")
        right = (self.record.foreign_number.zfill(10), self.record.valid_from, self.record.valid_until)
        return self.record if (number, valid_from, valid_until) == right else None
