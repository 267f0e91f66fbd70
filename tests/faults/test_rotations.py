"""Keys rotated again and again while people work, on two processes of the real server: no sign-out, no error."""

import json
import os
import re
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from flask import Flask

from app.keys import changing
from app.settings import ROOT, Settings
from app.storage.models import Account
from tests import factories
from tests.operations.test_cli import environment, run, wait_until_healthy
from tests.servers.process import free_port

PEOPLE = 6
FORM = "/fr/suivi/coordonnees"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """A person signed in, who sends a form again and again, and what became of it."""

    def __init__(self, origin: str, account: Account) -> None:
        self.origin, self.account = origin, account
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.seen: Counter[str] = Counter()

    def ask(self, path: str, fields: dict[str, str] | None = None) -> str:
        """The page behind a link or a form; where it leads is followed."""
        sent = urllib.parse.urlencode(fields).encode() if fields else None
        with self.opener.open(f"{self.origin}{path}", sent, timeout=60) as answer:
            self.seen[urllib.parse.urlsplit(answer.url).path] += 1
            return answer.read().decode()

    def work(self, stop: threading.Event) -> None:
        """Sign in, then send the form until told to stop."""
        door = "/fr/compte/connexion"
        token = TOKEN.search(self.ask(door)).group(1)
        known = {"identifier": self.account.foreign_number, "password": factories.PASSWORD}
        self.ask(door, {**known, "csrf_token": token})
        while not stop.is_set():
            token = TOKEN.search(self.ask(FORM)).group(1)
            stop.wait(0.05)  # the form stays open across a rotation
            self.ask(
                FORM, {"csrf_token": token, "language": "fr", "phone": "", "password": factories.PASSWORD}
            )


@pytest.mark.timeout(3600)
@pytest.mark.engines("sqlite")
def test_nobody_is_signed_out(app: Flask, settings: Settings, tmp_path: Path, trials: int) -> None:
    file, port = tmp_path / "keys.json", free_port()
    changing.store(file, changing.fresh(datetime.now(UTC) - timedelta(minutes=1)), new=True)
    given = environment(settings, KEYRING=f"file:{file}", ORIGIN=f"http://127.0.0.1:{port}")
    people = [Browser(f"http://127.0.0.1:{port}", factories.account()) for _ in range(PEOPLE)]
    stop, failed = threading.Event(), []

    def work(person: Browser) -> None:
        try:
            person.work(stop)
        except Exception as error:
            failed.append(error)

    command = [sys.executable, "-m", "app.cli", "serve", "--no-worker", "--bind", f"127.0.0.1:{port}"]
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **given}, stdout=log, stderr=log)
    try:
        wait_until_healthy(port)
        threads = [threading.Thread(target=work, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for _ in range(trials):
            assert run(given, "keys", "rotate", "--minutes", "0").returncode == 0
        stop.set()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait()
        log.close()
    seen = sum((person.seen for person in people), Counter())
    print(f"{trials} rotations, {sum(seen.values())} pages: {dict(seen)}, {len(failed)} failures")
    assert failed == []
    assert seen["/fr/compte/connexion"] == PEOPLE, "each signed in once"
    assert len(json.loads(file.read_text())["forms"]) == trials + 1
