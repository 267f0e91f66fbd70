"""The desk of electronic tax stamps: value and single use."""

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, cast

from app.domain.rules.calendar import add_months
from app.domain.rules.parameters import STAMP_VALID_MONTHS
from app.gateways import web
from app.outside import Part
from app.packages import from_package
from app.variables import address


class StampState(StrEnum):
    """The states of a stamp (domain reference §4.3)."""

    GOOD = "good"
    UNKNOWN = "unknown"
    USED = "used"  # for any procedure, here or elsewhere
    REFUNDED = "refunded"
    EXPIRED = "expired"


class StampDeskUnavailable(Exception):
    """Raised when the desk does not answer; the stamp is not used."""


@dataclass(frozen=True)
class Stamp:
    """A stamp; `amount` in cents, `used_for` the reference it was used with."""

    state: StampState
    amount: int = 0
    used_for: str = ""


class StampDesk(Protocol):
    """A service that looks up and uses stamps. Every method may raise StampDeskUnavailable."""

    def look_up(self, number: str, today: date) -> Stamp:
        """Return the stamp of a 16-digit number."""

    def use(self, number: str, reference: str, today: date) -> Stamp:
        """Use a stamp for a reference and return it, or the unusable stamp as it was.

        The state is GOOD for the first use, and again for the same reference.
        """


def _read(known: Mapping[str, Any], today: date) -> Stamp:
    amount = known["amount"]
    if type(amount) is not int or amount < 0:
        raise ValueError("not an amount in cents")
    stamp = Stamp(StampState(known["state"]), amount, str(known.get("used_for") or ""))
    bought = known.get("bought_on", "")
    expired = bought and add_months(date.fromisoformat(bought), STAMP_VALID_MONTHS) < today
    return Stamp(StampState.EXPIRED, stamp.amount) if expired and stamp.state is StampState.GOOD else stamp


@dataclass(frozen=True)
class FileDesk:
    """The demonstration's desk, a JSON object of stamps by number."""

    path: Path

    def look_up(self, number: str, today: date) -> Stamp:
        known = self._stamps().get(number)
        return _read(known, today) if known else Stamp(StampState.UNKNOWN)

    def use(self, number: str, reference: str, today: date) -> Stamp:
        with self._alone():
            stamps = self._stamps()
            found = _read(stamps[number], today) if number in stamps else Stamp(StampState.UNKNOWN)
            if found.state is StampState.USED and found.used_for == reference:
                return Stamp(StampState.GOOD, found.amount, reference)
            if found.state is StampState.GOOD:
                stamps[number] |= {"state": str(StampState.USED), "used_for": reference}
                self._write(stamps)
            return found

    def _stamps(self) -> dict[str, dict[str, Any]]:
        try:
            found: dict[str, dict[str, Any]] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StampDeskUnavailable(type(error).__name__) from error
        return found

    def _write(self, stamps: dict[str, dict[str, Any]]) -> None:
        temporary = self.path.with_name(f"{self.path.name}.new")
        temporary.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
        temporary.replace(self.path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold a lock between processes, so that a stamp is never used twice."""
        try:
            lock = self.path.with_name(f"{self.path.name}.lock").open("w")
        except OSError as error:
            raise StampDeskUnavailable(type(error).__name__) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@dataclass(frozen=True)
class WebDesk:
    """A desk over HTTPS: `docs/openapi/stamps.yaml`."""

    url: str
    part: Part = field(default_factory=lambda: Part("stamp desk"), compare=False, repr=False)

    def look_up(self, number: str, today: date) -> Stamp:
        return self._ask({"number": number}, today)

    def use(self, number: str, reference: str, today: date) -> Stamp:
        stamp = self._ask({"number": number, "use_for": reference}, today)
        if stamp.state is StampState.USED and stamp.used_for == reference:
            return Stamp(StampState.GOOD, stamp.amount, reference)
        return stamp

    def _ask(self, question: dict[str, str], today: date) -> Stamp:
        try:
            answer = web.ask(self.part, self.url, question)
            if answer["number"] != question["number"]:
                raise StampDeskUnavailable("the answer is about something else")
            return _read(answer, today)
        except web.NotThere:
            return Stamp(StampState.UNKNOWN)
        except (web.NoAnswer, KeyError, TypeError, ValueError) as error:
            raise StampDeskUnavailable(type(error).__name__) from error


def from_url(url: str) -> StampDesk:
    """Return the desk of `file:path` for a demonstration, or of `https://…`."""
    if url.startswith("file:"):
        return FileDesk(Path(url.removeprefix("file:")))
    if url.startswith(("https://", "http://")):
        return WebDesk(address(url).geturl())
    return cast(StampDesk, from_package("stamps", url, "begins with neither file: nor https:"))
