"""Stand-ins of what belongs to others, on the network: register, e-photo desk, stamp desk, SMS, a mail server.

The reference servers of `docs/openapi/`: `tests/gateways/test_contracts.py` holds them, and what asks them, against it.

`python -m cluster.outside FOLDER HTTP_PORT MAIL_PORT`. The folder holds the desks' files of a demonstration; each letter
and SMS that is taken is a line of `letters.jsonl` and `texts.jsonl` there, written to the disk before it is acknowledged.
"""

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.domain.rules.identifiers import visa_digits
from app.gateways import register, stamps

Answer = Mapping[str, Any] | None
# The days that each question gives, in the order of its function, and those that the register holds beforehand.
DAYS = {
    "find": ("valid_from", "valid_until"),
    "allot": ("valid_from", "valid_until"),
    "validate": ("validated_on",),
    "invalidate": ("valid_until", "invalid_since"),
}
HELD = ("valid_from", "valid_until")
_writing = threading.Lock()


class NotKnown(Exception):
    """Raised for what a desk does not know: 404."""


class NotAsked(Exception):
    """Raised for what is none of the questions of a desk: 400."""


def note(path: Path, row: Mapping[str, Any]) -> None:
    """Write a line, and have the disk hold it."""
    with _writing, path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True)
class Desks:
    """What answers at each address, from the files of a folder."""

    folder: Path

    def register(self, asked: dict[str, Any]) -> Answer:
        """Find a permit or a visa, or do an act with it; see `app.gateways.register.WebRegister`."""
        path = self.folder / "register.json"
        act = asked.get("act", "find")
        number = "foreign_number" if "foreign_number" in asked else "visa_number"
        days = {name: date.fromisoformat(asked[name]) for name in DAYS[act]}
        found = _row(path, {number: asked[number]} | {name: asked[name] for name in HELD if name in asked})
        if act == "find":
            return found
        permits = register.from_url(f"file:{path}")
        if act == "invalidate":
            permits.invalidate(asked[number], days["valid_until"], days["invalid_since"])
            return {number: asked[number]}
        given = getattr(permits, act)(asked[number], *days.values())
        return {number: asked[number], "foreign_number": given}

    def ephoto(self, asked: dict[str, Any]) -> Answer:
        """Tell the state of a code."""
        codes: dict[str, Answer] = json.loads((self.folder / "ephotos.json").read_text(encoding="utf-8"))
        if asked["code"] not in codes:
            raise NotKnown
        return codes[asked["code"]]

    def stamps(self, asked: dict[str, Any]) -> Answer:
        """Tell the state of a stamp, or use it; what it was used for is a line of `stamps.jsonl`."""
        if not asked["number"].isdecimal():
            raise NotAsked
        fees = stamps.from_url(f"file:{self.folder}/stamps.json")
        number, today, reference = asked["number"], date.today(), asked.get("use_for")
        stamp = fees.use(number, reference, today) if reference else fees.look_up(number, today)
        if stamp.state is stamps.StampState.UNKNOWN:
            raise NotKnown
        if reference:
            note(
                self.folder / "stamps.jsonl", {"number": number, "for": reference, "state": str(stamp.state)}
            )
        shown = {"state": str(stamp.state), "amount": stamp.amount, "used_for": stamp.used_for}
        return {"number": number, **shown}

    def sms(self, asked: dict[str, Any]) -> Answer:
        """Take an SMS."""
        if not (asked["to"].startswith("+") and asked["text"] and asked["id"]):
            raise NotAsked
        note(self.folder / "texts.jsonl", asked)
        return {}


def _row(path: Path, asked: Mapping[str, str]) -> Answer:
    """Return the record that has every value asked for."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    for row in rows:
        if all(_comparable(row.get(name)) == _comparable(value) for name, value in asked.items()):
            return row
    raise NotKnown


def _comparable(value: Any) -> str:
    """Return a number without the zeros that old cards leave out, or the letters before that of a visa."""
    return visa_digits(str(value or "nobody")).lstrip("0")


def answered(desk: Callable[[dict[str, Any]], Answer] | None, sent: bytes) -> tuple[int, Answer]:
    """Return the status and the answer of a desk, None for an address that leads to none."""
    if desk is None:
        return 404, None
    try:
        return 200, desk(json.loads(sent))
    except NotKnown:
        return 404, None
    except (NotAsked, KeyError, TypeError, AttributeError, ValueError):
        return 400, {"error": "not a question of docs/openapi"}
    except (register.RegisterUnavailable, stamps.StampDeskUnavailable, OSError):
        return 503, None


def http_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return the server of all desks."""
    known = Desks(folder)
    doors = {f"/{name}": getattr(known, name) for name in ("register", "ephoto", "stamps", "sms")}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer = answered(doors.get(self.path), sent)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


class Letters:
    """What aiosmtpd calls for each letter."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Note a letter: recipients, id, subject."""
        letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        row = {"to": envelope.rcpt_tos, "id": str(letter["Message-ID"]), "subject": str(letter["Subject"])}
        note(self.path, row)
        return "250 kept"


def main(folder: Path, http_port: int, mail_port: int) -> None:
    """Answer until ended."""
    Controller(Letters(folder / "letters.jsonl"), hostname="127.0.0.1", port=mail_port).start()
    http_server(folder, http_port).serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
