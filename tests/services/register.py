"""A register of permits that the tests hold in their hands."""

from datetime import date
from typing import Any

from app.gateways.register import PermitRecord, RegisterUnavailable
from tests import factories

NUMBER = "9920000137"
FIRST, LAST = date(2026, 2, 1), date(2027, 1, 31)


class Register:
    """Holds one permit; `away` makes it silent."""

    def __init__(self, **changes: Any) -> None:
        record = factories.identity(foreign_number=NUMBER, valid_from=str(FIRST)) | {"valid_until": str(LAST)}
        self.record = PermitRecord.from_json(record | changes)
        self.away = False
        self.questions = 0

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        self.questions += 1
        if self.away:
            raise RegisterUnavailable("silence")
        right = (self.record.foreign_number.zfill(10), self.record.valid_from, self.record.valid_until)
        return self.record if (number, str(valid_from), str(valid_until)) == right else None
