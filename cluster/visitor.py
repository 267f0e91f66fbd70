"""A person's browser before the cluster: after no answer, or an error, it waits a second and tries again."""

import http.client
import json
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cluster import pages
from cluster.layout import HOST

ANSWER_SECONDS = 75  # the proxy answers before
PATIENCE_SECONDS = 150  # of a person who tries again and again
PAUSE_SECONDS = 1.0
FORM = "application/x-www-form-urlencoded"


class GivenUp(Exception):
    """Raised after PATIENCE_SECONDS of tries in vain, or when the service refused what is right."""


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 for a connection that was refused or cut."""

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # by their names in small letters

    @property
    def location(self) -> str:
        """Where it leads."""
        return self.headers.get("location", "")

    @property
    def failed(self) -> bool:
        """Whether a person would try again."""
        return self.status == 0 or self.status >= 500


@dataclass
class Journal:
    """What was acknowledged, a line each, on the disk at once; and what people met on the way."""

    path: Path
    writing: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: int = 0
    requests: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)  # answers that were not ours
    waiting: dict[int, float] = field(default_factory=dict)  # since when, by thread: to a good answer
    silence: float = 0.0  # the longest of these waits
    longest: str = ""
    trouble: list[str] = field(default_factory=list)

    def note(self, kind: str, **facts: Any) -> None:
        """Note an act that the service acknowledged."""
        with self.writing, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"kind": kind, **facts}, ensure_ascii=False) + "\n")
            self.acknowledged += 1

    def sent(self) -> None:
        """Note that a person waits, unless they did already."""
        with self.writing:
            self.waiting.setdefault(threading.get_ident(), time.monotonic())

    def answered(self, what: str, answer: Answer) -> None:
        """Count an answer; one that is good ends the wait of its person."""
        with self.writing:
            self.requests += 1
            if answer.failed:
                name = str(answer.status or "no answer")
                self.errors[name] = self.errors.get(name, 0) + 1
            elif (seconds := time.monotonic() - self.waiting.pop(threading.get_ident())) > self.silence:
                self.silence, self.longest = seconds, what
            if answer.text and not pages.ours(answer.status, answer.text):
                self.foreign.append(f"{answer.status} to {what}: {answer.text[:200]!r}")

    def all_answered_since(self, instant: float) -> bool:
        """Return whether all waits began after an instant."""
        with self.writing:
            return all(began > instant for began in self.waiting.values())


@dataclass
class Visitor:
    """A browser with its cookies."""

    port: int
    journal: Journal
    stop: threading.Event
    cookies: dict[str, str] = field(default_factory=dict)

    def once(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request."""
        given = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        self.journal.sent()
        line = http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        try:
            line.request(
                method, path, body or None, {**given, "Sec-Fetch-Site": "same-origin", **(headers or {})}
            )
            raw = line.getresponse()
            answer = Answer(
                raw.status,
                raw.read().decode("utf-8", "replace"),
                {name.lower(): value for name, value in raw.headers.items()},
            )
            for kept in raw.headers.get_all("Set-Cookie", []):
                name, _, value = kept.partition(";")[0].partition("=")
                self.cookies[name] = value
        except (OSError, http.client.HTTPException):
            answer = Answer(0)
        finally:
            line.close()
        self.journal.answered(f"{method} {path.partition('?')[0]}", answer)
        return answer

    def get(self, path: str) -> Answer:
        """Open a page, again and again until it comes."""
        began = time.monotonic()
        while True:
            answer = self.once("GET", path)
            if not answer.failed:
                return answer
            self._pause(began, path)

    def post(
        self, path: str, fields: Mapping[str, Any], page: str, *, right: tuple[int, ...] = (303,)
    ) -> Answer:
        """Send a form of a page; after an error open the page and send it again, as a person does."""
        began = time.monotonic()
        while True:
            shown = self.get(page)
            if shown.status != 200:  # the page is another one by now: what was sent may have been done
                return shown
            answer = self.form(path, [("csrf_token", pages.token(shown.text)), *fields.items()], page)
            if not answer.failed:
                if answer.status not in right:
                    raise GivenUp(f"POST {path} answered {answer.status}: {told(answer.text)}")
                return answer
            self._pause(began, path)

    def form(self, path: str, fields: Sequence[tuple[str, Any]], page: str) -> Answer:
        """Send a form of a page once."""
        body = urlencode(fields, doseq=True).encode()
        return self.once("POST", path, body, {"Content-Type": FORM, "Referer": page})

    def _pause(self, began: float, what: str) -> None:
        if time.monotonic() - began > PATIENCE_SECONDS:
            raise GivenUp(f"no answer to {what} for {PATIENCE_SECONDS} s")
        self.stop.wait(PAUSE_SECONDS)


def told(page: str) -> str:
    """Return the errors that a page shows."""
    return page.partition('class="error"')[2][:300] or page.partition("<h1")[2][:200] or page[:200]
