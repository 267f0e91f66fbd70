"""SMS delivery: to a folder in a demonstration, by a provider elsewhere."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol, cast

from app.gateways import web
from app.gateways.delivery import Unavailable
from app.outside import Part
from app.packages import from_package
from app.variables import address


class SmsUnavailable(Unavailable):
    """Raised when the provider is unreachable; the message stays in the outbox."""


@dataclass(frozen=True)
class Sms:
    """An SMS to a number in E.164; `message_id` is the same at each try."""

    to: str
    text: str
    message_id: str


class Texter(Protocol):
    """A way to deliver SMS."""

    def send(self, sms: Sms) -> None:
        """Deliver an SMS; SmsUnavailable if it was not accepted."""


@dataclass(frozen=True)
class FolderTexter:
    """A texter that writes JSON files, shown by the demonstration's mailbox page."""

    folder: Path

    def send(self, sms: Sms) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{sms.message_id}.json"
            path.write_text(json.dumps(asdict(sms), ensure_ascii=False), encoding="utf-8")
        except OSError as error:
            raise SmsUnavailable(type(error).__name__) from error

    def messages(self) -> list[Sms]:
        """Return the SMS written, newest first."""
        found = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [Sms(**json.loads(path.read_text(encoding="utf-8"))) for path in found]


@dataclass(frozen=True)
class WebTexter:
    """A provider over HTTPS: `docs/openapi/sms.yaml`."""

    url: str
    part: Part = field(default_factory=lambda: Part("SMS provider"), compare=False, repr=False)

    def send(self, sms: Sms) -> None:
        try:
            web.ask(self.part, self.url, {"to": sms.to, "text": sms.text, "id": sms.message_id})
        except (web.NoAnswer, web.NotThere) as error:
            raise SmsUnavailable(type(error).__name__) from error


def from_url(url: str) -> Texter:
    """Return the texter of `file:folder` for a demonstration, or of a provider's `https://…`."""
    if url.startswith("file:"):
        return FolderTexter(Path(url.removeprefix("file:")))
    if url.startswith(("https://", "http://")):
        return WebTexter(address(url).geturl())
    return cast(Texter, from_package("sms", url, "begins with neither file: nor https:"))
