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
    """A register behind HTTPS.

    POST {"foreign_number", "valid_from", "valid_until"}, dates in ISO 8601; the answer is 200 with the
    record, an object of the names of `PermitRecord`, or 404 where the three are not together a permit's.
    """

    url: str

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        question = {
            "foreign_number": number,
            "valid_from": valid_from.isoformat(),
            "valid_until": valid_until.isoformat(),
        }
        try:
            answer = web.ask(self.url, question)
        except web.NotThere:
            return None
        except web.NoAnswer as error:
            raise RegisterUnavailable(str(error)) from error
        if not isinstance(answer, Mapping) or _asked(answer) != _asked(question):
            raise RegisterUnavailable("the answer is about something else")
        return PermitRecord.from_json(answer)


def _asked(datum: Mapping[str, Any]) -> tuple[str, ...]:
    """What identifies a permit; old cards write the number without its first 0."""
    number = str(datum.get("foreign_number", "")).lstrip("0")
    return number, str(datum.get("valid_from")), str(datum.get("valid_until"))


def from_url(url: str) -> PermitRegister:
    """`file:path` for the demonstration, `https://…` for a real one."""
    if url.startswith("file:"):
        return FileRegister(Path(url.removeprefix("file:")))
    if url.startswith(("https://", "http://")):
        return WebRegister(url)
    raise ValueError("REGISTER_URL begins with neither file: nor https:")
