"""The e-photo desk: whether the photo and signature of a code can be used."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from app.domain.rules.calendar import add_months
from app.domain.rules.ephotos import EPhotoState
from app.domain.rules.parameters import EPHOTO_MONTHS
from app.gateways import web
from app.outside import Part
from app.packages import from_package
from app.variables import address


class PhotoDeskUnavailable(Exception):
    """Raised when the desk does not answer; the code's state is unknown."""


class PhotoDesk(Protocol):
    """A service that looks up e-photo codes."""

    def look_up(self, code: str, today: date) -> EPhotoState:
        """Return the state of a code, NOT_ARRIVED if it is unknown; PhotoDeskUnavailable without an answer."""


def _state(state: str, taken_on: str | None, today: date) -> EPhotoState:
    if taken_on and add_months(date.fromisoformat(taken_on), EPHOTO_MONTHS) < today:
        return EPhotoState.EXPIRED
    if state == EPhotoState.NEVER_ARRIVED:  # not for the desk to say: it counts from the day of the code
        raise ValueError(state)
    return EPhotoState(state)


@dataclass(frozen=True)
class FileDesk:
    """The demonstration's desk, a JSON object of codes. Codes of its own dossiers begin with 9920."""

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
    """A desk over HTTPS: `docs/openapi/ephoto.yaml`."""

    url: str
    part: Part = field(default_factory=lambda: Part("e-photo desk"), compare=False, repr=False)

    def look_up(self, code: str, today: date) -> EPhotoState:
        try:
            answer = web.ask(self.part, self.url, {"code": code})
            return _state(answer["state"], answer.get("taken_on", ""), today)
        except web.NotThere:
            return EPhotoState.NOT_ARRIVED
        except (web.NoAnswer, KeyError, TypeError, ValueError) as error:
            raise PhotoDeskUnavailable(type(error).__name__) from error


def from_url(url: str) -> PhotoDesk:
    """Return the desk of `file:path` for a demonstration, or of `https://…`."""
    if url.startswith("file:"):
        return FileDesk(Path(url.removeprefix("file:")))
    if url.startswith(("https://", "http://")):
        return WebDesk(address(url).geturl())
    return cast(PhotoDesk, from_package("ephoto", url, "begins with neither file: nor https:"))
