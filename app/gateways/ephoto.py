"""The desk of e-photos: whether the photo and signature behind a code can be used."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.domain.rules.calendar import add_months
from app.domain.rules.parameters import EPHOTO_MONTHS
from app.gateways import web
from app.variables import BadValue, address


class EPhotoState(StrEnum):
    """What is known of a code (domain reference §5)."""

    READY = "ready"
    NOT_ARRIVED = "not_arrived"
    USED = "used"
    EXPIRED = "expired"
    UNSIGNED = "unsigned"
    REFUSED = "refused"


class PhotoDeskUnavailable(Exception):
    """The desk does not answer; nothing is concluded."""


class PhotoDesk(Protocol):
    """Looks a code up."""

    def look_up(self, code: str, today: date) -> EPhotoState:
        """The state of a code; one that the desk does not know has not arrived yet."""


def _state(state: str, taken_on: str, today: date) -> EPhotoState:
    if taken_on and add_months(date.fromisoformat(taken_on), EPHOTO_MONTHS) < today:
        return EPhotoState.EXPIRED
    return EPhotoState(state)


@dataclass(frozen=True)
class FileDesk:
    """The demonstration's desk: a JSON object of codes. Codes of its own dossiers begin with 9920."""

    path: Path

    def look_up(self, code: str, today: date) -> EPhotoState:
        try:
            codes = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise PhotoDeskUnavailable(type(error).__name__) from error
        known = codes.get(code)
        return _state(known["state"], known["taken_on"], today) if known else EPhotoState.NOT_ARRIVED


@dataclass(frozen=True)
class WebDesk:
    """A desk behind HTTPS: POST the code, answer {"state", "taken_on"}, 404 for one not arrived."""

    url: str

    def look_up(self, code: str, today: date) -> EPhotoState:
        try:
            answer = web.ask(self.url, {"code": code})
            return _state(answer["state"], answer.get("taken_on", ""), today)
        except web.NotThere:
            return EPhotoState.NOT_ARRIVED
        except (web.NoAnswer, KeyError, TypeError, ValueError) as error:
            raise PhotoDeskUnavailable(type(error).__name__) from error


def from_url(url: str) -> PhotoDesk:
    """`file:path` for the demonstration, `https://…` for a real one."""
    if url.startswith("file:"):
        return FileDesk(Path(url.removeprefix("file:")))
    if url.startswith(("https://", "http://")):
        return WebDesk(address(url).geturl())
    raise BadValue("begins with neither file: nor https:")
