"""The service with its demonstration, as the subject of the benchmarks."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from app.demonstration.people import PASSWORD
from bench.servers import ROOT, Server, serving

DRAFTED = "9920000101"  # has a draft with half of its documents
FOLLOWED = "9920000104"  # has an open request for a document


@dataclass
class Browser:
    """A signed-in browser on a server."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """What the browser sends of them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, str]:
        """Send a request and return its status, text and Location."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {"Cookie": self.cookie} | ({"Content-Type": kind} if kind else {})
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for kept in answer.headers.get_all("Set-Cookie", []):
            name, _, value = kept.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, text, answer.getheader("Location") or ""

    def token(self, path: str) -> str:
        """Return the CSRF token of a page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.send("GET", path)[1])
        return found.group(1) if found else ""

    def post(self, path: str, token: str, **fields: str) -> str:
        """Send a form and return the Location of its answer."""
        body = urlencode({"csrf_token": token, **fields}).encode()
        status, text, place = self.send("POST", path, body, "application/x-www-form-urlencoded")
        if status != 303:
            raise SystemExit(f"POST {path} answered {status}: {text[:300]}")
        return place


def sign_in(server: Server, number: str) -> Browser:
    """Sign in an applicant through the sign-in page."""
    browser = Browser(server)
    token = browser.token("/fr/compte/connexion")
    browser.post("/fr/compte/connexion", token, identifier=number, password=PASSWORD)
    browser.send("GET", "/fr/suivi/")  # as a browser does: the cookie now holds the form token too
    return browser


@contextmanager
def service(
    workers: int = 1, applicants: int = 0, served: Mapping[str, str] | None = None
) -> Iterator[tuple[Server, dict[str, str]]]:
    """Run the service with its demonstration and `applicants` ready to upload; yield its server and settings.

    `served` are settings of the server that the demonstration is made without.
    """
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        settings = {
            "DATABASE_URL": f"sqlite:///{at}/bench.sqlite",
            "FILES_URL": f"file:{at}/uploads",
            "MAIL_URL": f"file:{at}/mail",
            "SMS_URL": f"file:{at}/sms",
            "REGISTER_URL": f"file:{at}/register.json",
            "EPHOTO_URL": f"file:{at}/ephotos.json",
        }
        for command in (["app.cli", "migrate"], ["app.cli", "demo"], ["bench.applicants", str(applicants)]):
            subprocess.run(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env={"PATH": "", **settings},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        with serving("wsgi:app", {**settings, **(served or {})}, workers) as server:
            yield server, settings
