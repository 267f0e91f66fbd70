"""Stand-ins of what belongs to others, on the network: register, e-photo desk, stamp desk, SMS, a mail server.

`python -m cluster.outside FOLDER HTTP_PORT MAIL_PORT`. The folder holds the desks' files of a demonstration; each letter
and SMS that is taken is a line of `letters.jsonl` and `texts.jsonl` there, written to the disk before it is acknowledged.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.gateways import register, stamps

Answer = Mapping[str, Any] | None
_writing = threading.Lock()


class NotKnown(Exception):
    """Raised for what a desk does not know: 404."""


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
        permits = register.from_url(f"file:{self.folder}/register.json")
        act, visa = asked.get("act"), asked.get("visa_number", "")
        if act == "allot":
            return {"visa_number": visa, "foreign_number": permits.allot(visa, *_dates(asked))}
        if act == "validate":
            number = permits.validate(visa, date.fromisoformat(asked["validated_on"]))
            return {"visa_number": visa, "foreign_number": number}
        if act == "invalidate":
            since = date.fromisoformat(asked["invalid_since"])
            permits.invalidate(asked["foreign_number"], date.fromisoformat(asked["valid_until"]), since)
            return {"foreign_number": asked["foreign_number"]}
        return _row(self.folder / "register.json", asked)

    def ephoto(self, asked: dict[str, Any]) -> Answer:
        """Tell the state of a code."""
        codes: dict[str, Answer] = json.loads((self.folder / "ephotos.json").read_text(encoding="utf-8"))
        if asked["code"] not in codes:
            raise NotKnown
        return codes[asked["code"]]

    def stamps(self, asked: dict[str, Any]) -> Answer:
        """Tell the state of a stamp, or use it; what it was used for is a line of `stamps.jsonl`."""
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
        note(self.folder / "texts.jsonl", asked)
        return {}


def _row(path: Path, asked: Mapping[str, str]) -> Answer:
    """Return the record that has every value asked for; numbers without the zeros that old cards leave out."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    for row in rows:
        if all(str(row.get(name, "")).lstrip("0") == value.lstrip("0") for name, value in asked.items()):
            return row
    raise NotKnown


def _dates(asked: Mapping[str, str]) -> tuple[date, date]:
    return date.fromisoformat(asked["valid_from"]), date.fromisoformat(asked["valid_until"])


def http_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return the server of all desks."""
    known = Desks(folder)
    doors = {f"/{name}": getattr(known, name) for name in ("register", "ephoto", "stamps", "sms")}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            try:
                status, body = 200, json.dumps(doors[self.path](asked), default=str).encode()
            except (NotKnown, KeyError):
                status, body = 404, b"null"
            except register.RegisterUnavailable:
                status, body = 503, b"null"
            self.send_response(status)
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
