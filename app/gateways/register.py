"""The register of permits: who holds the number and the dates that a person typed."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from app.gateways import web


class RegisterUnavailable(Exception):
    """The register does not answer: the person is asked to come back, nothing is concluded."""


@dataclass(frozen=True)
class PermitRecord:
    """What the register holds of a permit. Dates are ISO text, countries ISO 3166 alpha-3."""

    foreign_number: str
    surname: str
    given_names: str
    usage_name: str
    sex: str
    born_on: str
    birth_place: str
    birth_country: str
    nationality: str
    permit_kind: str  # CST, CSP, VLS-TS, RECEPISSE
    mention: str
    valid_from: str
    valid_until: str

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "PermitRecord":
        """Read a record; unknown keys are ignored."""
        return cls(**{name: str(record.get(name, "")) for name in cls.__dataclass_fields__})

    def to_json(self) -> dict[str, str]:
        """For a JSON column."""
        return asdict(self)


class PermitRegister(Protocol):
    """Finds a permit by its number and both dates, all three right or nothing."""

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        """The permit, or None without a hint of which datum is wrong; RegisterUnavailable when it is away."""


@dataclass(frozen=True)
class FileRegister:
    """The demonstration's register: a JSON list, read whole at each question so that time tells nothing."""

    path: Path

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RegisterUnavailable(type(error).__name__) from error
        typed = f"{number.zfill(10)}|{valid_from.isoformat()}|{valid_until.isoformat()}".encode()
        found = None
        for row in rows:
            held = f"{row['foreign_number'].zfill(10)}|{row['valid_from']}|{row['valid_until']}".encode()
            if hmac.compare_digest(typed, held):
                found = row
        return PermitRecord.from_json(found) if found else None


@dataclass(frozen=True)
class WebRegister:
    """A register behind HTTPS: POST number and dates, answer with the record, 404 for none."""

    url: str

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        question = {
            "foreign_number": number,
            "valid_from": valid_from.isoformat(),
            "valid_until": valid_until.isoformat(),
        }
        try:
            return PermitRecord.from_json(web.ask(self.url, question))
        except web.NotThere:
            return None
        except (web.NoAnswer, AttributeError) as error:
            raise RegisterUnavailable(str(error)) from error


def from_url(url: str) -> PermitRegister:
    """`file:path` for the demonstration, `https://…` for a real one."""
    if url.startswith("file:"):
        return FileRegister(Path(url.removeprefix("file:")))
    if url.startswith(("https://", "http://")):
        return WebRegister(url)
    raise ValueError("REGISTER_URL begins with neither file: nor https:")
