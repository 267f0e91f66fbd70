"""The register of permits and visas: identity by number and dates, foreign-national numbers, invalid permits."""

import fcntl
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol, cast

from app.domain.rules.identifiers import check_foreign_number, visa_digits
from app.gateways import web
from app.gateways.permit_record import PermitRecord
from app.outside import Part
from app.packages import from_package
from app.variables import address

Row = dict[str, Any]


class RegisterUnavailable(Exception):
    """Raised when the register does not answer or answers about something else."""


class PermitRegister(Protocol):
    """A register of permits and visas. Every method may raise RegisterUnavailable; finding, UnreadableRecord too."""

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        """Return the permit with this number and both dates; None if any of the three is wrong."""

    def find_visa(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        """Return the visa with this sticker number and both dates; None if any of the three is wrong."""

    def allot(self, visa_number: str, valid_from: date, valid_until: date) -> str:
        """Return the foreign-national number of a visa's holder, assigned at the first call."""

    def validate(self, visa_number: str, on: date) -> str:
        """Record the day a VLS-TS was validated and return the foreign-national number; idempotent."""

    def invalidate(self, number: str, valid_until: date, on: date) -> None:
        """Record that a lost, stolen or damaged permit is invalid from a day on; idempotent."""


@dataclass(frozen=True)
class FileRegister:
    """The demonstration's register, a JSON list, compared entirely at each query to take constant time."""

    path: Path

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        return self._find("foreign_number", number.zfill(10), valid_from, valid_until)

    def find_visa(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        return self._find("visa_number", visa_digits(number), valid_from, valid_until)

    def _find(self, name: str, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        typed = f"{number}|{valid_from.isoformat()}|{valid_until.isoformat()}".encode()
        found = None
        for row in self._rows():
            stored = f"{_number(row, name)}|{row.get('valid_from')}|{row.get('valid_until')}".encode()
            if hmac.compare_digest(typed, stored):
                found = row
        return PermitRecord.read(found) if found else None

    def allot(self, visa_number: str, valid_from: date, valid_until: date) -> str:
        return self._change(visa_number, {})

    def validate(self, visa_number: str, on: date) -> str:
        return self._change(visa_number, {"validated_on": on.isoformat()})

    def invalidate(self, number: str, valid_until: date, on: date) -> None:
        with self._alone():
            rows = self._rows()
            meant = [row for row in rows if _number(row, "foreign_number") == number.zfill(10)]
            meant = [row for row in meant if row.get("valid_until") == valid_until.isoformat()]
            if not meant:
                raise RegisterUnavailable("no such permit")
            for row in meant:
                row.setdefault("invalid_since", on.isoformat())
            self._write(rows)

    def _change(self, visa_number: str, facts: dict[str, str]) -> str:
        """Return a visa's number; if it has none, assign one and write these facts with it."""
        with self._alone():
            rows = self._rows()
            wanted = visa_digits(visa_number)
            row = next((row for row in rows if _number(row, "visa_number") == wanted), None)
            if row is None:
                raise RegisterUnavailable("no such visa")
            if not row.get("foreign_number"):
                numbers = (_number(other, "foreign_number") for other in rows)
                last = max((int(number) for number in numbers if number.isdecimal()), default=0)
                row |= {"foreign_number": f"{last + 1:010d}", **facts}
                self._write(rows)
            return str(row["foreign_number"])

    def _rows(self) -> list[Row]:
        try:
            rows: list[Row] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RegisterUnavailable(type(error).__name__) from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RegisterUnavailable("not a list of records")
        return rows

    def _write(self, rows: list[Row]) -> None:
        temporary = self.path.with_name(f"{self.path.name}.new")
        try:
            temporary.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(self.path)
        except OSError as error:
            raise RegisterUnavailable(type(error).__name__) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold a lock between processes, so that two visas are never assigned the same number."""
        try:
            lock = self.path.with_name(f"{self.path.name}.lock").open("w")
        except OSError as error:
            raise RegisterUnavailable(type(error).__name__) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _number(row: Row, name: str) -> str:
    """Return a number of a row in comparable form, or a text that equals no number if the row has none."""
    number = str(row.get(name) or "")
    if not number:
        return "nobody"
    return number.zfill(10) if name == "foreign_number" else visa_digits(number)


@dataclass(frozen=True)
class WebRegister:
    """A register over HTTPS, at one URL; the request body selects the operation: `docs/openapi/register.yaml`."""

    url: str
    part: Part = field(default_factory=lambda: Part("register"), compare=False, repr=False)

    def find(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        return self._find({"foreign_number": number}, valid_from, valid_until)

    def find_visa(self, number: str, valid_from: date, valid_until: date) -> PermitRecord | None:
        return self._find({"visa_number": number}, valid_from, valid_until)

    def _find(self, number: dict[str, str], valid_from: date, valid_until: date) -> PermitRecord | None:
        question = number | {"valid_from": valid_from.isoformat(), "valid_until": valid_until.isoformat()}
        try:
            answer = web.ask(self.part, self.url, question)
        except web.NotThere:
            return None
        except web.NoAnswer as error:
            raise RegisterUnavailable(str(error)) from error
        if not isinstance(answer, Mapping) or _identifying(answer, question) != _identifying(
            question, question
        ):
            raise RegisterUnavailable("the answer is about something else")
        return PermitRecord.read(answer)

    def allot(self, visa_number: str, valid_from: date, valid_until: date) -> str:
        dates = {"valid_from": valid_from.isoformat(), "valid_until": valid_until.isoformat()}
        return self._act({"act": "allot", "visa_number": visa_number, **dates})

    def validate(self, visa_number: str, on: date) -> str:
        return self._act({"act": "validate", "visa_number": visa_number, "validated_on": on.isoformat()})

    def invalidate(self, number: str, valid_until: date, on: date) -> None:
        question = {"act": "invalidate", "foreign_number": number, "valid_until": valid_until.isoformat()}
        try:
            answer = web.ask(self.part, self.url, question | {"invalid_since": on.isoformat()})
        except (web.NotThere, web.NoAnswer) as error:
            raise RegisterUnavailable(str(error) or "no such permit") from error
        if not isinstance(answer, Mapping) or str(answer.get("foreign_number", "")).zfill(10) != number.zfill(
            10
        ):
            raise RegisterUnavailable("the answer is about something else")

    def _act(self, question: dict[str, str]) -> str:
        try:
            answer = web.ask(self.part, self.url, question)
        except (web.NotThere, web.NoAnswer) as error:
            raise RegisterUnavailable(str(error) or "no such visa") from error
        fields = answer if isinstance(answer, Mapping) else {}
        number = str(fields.get("foreign_number", ""))
        same = visa_digits(str(fields.get("visa_number", ""))) == visa_digits(question["visa_number"])
        if not same or check_foreign_number(number)[1]:
            raise RegisterUnavailable("the answer is about something else")
        return number.zfill(10)


def _identifying(datum: Mapping[str, Any], question: Mapping[str, str]) -> tuple[str, ...]:
    """Return the identifying fields in comparable form, without the leading zeros that old cards leave out."""
    dates = str(datum.get("valid_from")), str(datum.get("valid_until"))
    if "visa_number" in question:
        return visa_digits(str(datum.get("visa_number", ""))), *dates
    return str(datum.get("foreign_number", "")).lstrip("0"), *dates


def from_url(url: str) -> PermitRegister:
    """Return the register of `file:path` for a demonstration, or of `https://…`."""
    if url.startswith("file:"):
        return FileRegister(Path(url.removeprefix("file:")))
    if url.startswith(("https://", "http://")):
        return WebRegister(address(url).geturl())
    return cast(PermitRegister, from_package("register", url, "begins with neither file: nor https:"))
