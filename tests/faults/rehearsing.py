"""What rehearsals of incidents look at: `status`, what a monitor reads, the log, the letters that came."""

import json
import re
import threading
from typing import Any

from cluster import checker, people, seeding
from cluster.machine import Machine
from cluster.people import Town
from cluster.visitor import Answer, Journal, Visitor

PAGE = "/fr/demande/etudiant/justificatifs"


def town(made: Machine) -> Town:
    """Return the people of a machine."""
    return Town(made.port, Journal(made.home / "acknowledged.jsonl"))


def asked(made: Machine, path: str) -> Answer:
    """Return what a stranger on the machine itself is answered."""
    return Visitor(made.port, Journal(made.home / "asked"), threading.Event()).once("GET", path)


def files(made: Machine) -> bool:
    """Return whether monitors read that a person can file."""
    return asked(made, "/readyz").status == 200


def status(made: Machine, **environment: str) -> tuple[int, str]:
    """Return the exit code of `status`, and what it prints."""
    done = made.tried("status", environment=environment)
    return done.returncode, done.stdout + done.stderr


def looks(made: Machine, part: str, **environment: str) -> str:
    """Return what `status` says of a part that is to be looked at, "" where it is as it should be."""
    found = re.search(rf"^LOOK {part} +(.+)$", status(made, **environment)[1], re.MULTILINE)
    return found.group(1) if found else ""


def logged(made: Machine, part: str, event: str) -> list[dict[str, Any]]:
    """Return the lines of a part's log about an event."""
    text = (made.home / part / "log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == event]


def letters(made: Machine) -> int:
    """Return how many letters the mail server took."""
    return len(checker.lines(made.desks / "letters.jsonl"))


def rows(made: Machine, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with made.rows() as opened:
        found: list[tuple[Any, ...]] = opened.execute(query).fetchall()
        return found


def send(made: Machine, visitor: Visitor, number: str, slot: str) -> Answer:
    """Send the file of a document, once."""
    shown = visitor.get(PAGE).text
    content = people.photo(int(number))
    body, kind = people.multipart(people.pages.token(shown), f"{slot}-{number}.jpg", content)
    headers = {"Content-Type": kind, "Referer": PAGE}
    return visitor.once("POST", f"/fr/demande/etudiant/pieces/{slot}", body, headers)


def begun(made: Machine, person: int) -> tuple[Visitor, str]:
    """Return a student who typed the form and has files to send, and their number."""
    number, place = seeding.student(person), town(made)
    visitor = people.sign_in(place, number)
    people.type_steps(place, visitor, people.STUDENT_RENEWAL, number, people.stories.answers(people.today()))
    return visitor, number


def filed(made: Machine, person: int) -> str:
    """Let a student file, and return the reference."""
    place = town(made)
    people.student(place, seeding.student(person), person)
    return place.filed.get_nowait()
