"""The demonstration in a folder of its own on a clock that stands still: the same pages at each run."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

from playwright.sync_api import APIRequestContext

from app.demonstration.people import PASSWORD
from tests.servers.process import free_port
from tooling.parts import ROOT

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
LONG_NAMES = "9920000106"  # who bears the longest names that a page has to hold
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_CODE = re.compile(r'class="ref large"[^>]*>([\d\s]+)<')


@contextmanager
def demonstration(root: Path = ROOT) -> Iterator[str]:
    """Run the service whose code is in a folder, with invented data; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        port, clock = free_port(), Path(folder) / "clock"
        clock.write_text(NOON.isoformat())
        later = (datetime.now(UTC) + timedelta(days=1)).timestamp()
        os.utime(clock, (later, later))  # the clock adds the time since then, which is none
        stores = ("FILES", "MAIL", "SMS", "REGISTER", "EPHOTO", "STAMPS")
        settings = {f"{store}_URL": f"file:{folder}/{store.lower()}" for store in stores}
        settings |= {"DATABASE_URL": f"sqlite:///{folder}/data.sqlite", "ORIGIN": f"http://127.0.0.1:{port}"}
        environment = {**os.environ, **settings}
        subprocess.run([sys.executable, "-m", "app.cli", "migrate"], env=environment, cwd=root, check=True)
        command = [sys.executable, "-m", "tests.e2e.live", str(port), str(clock)]
        with subprocess.Popen(
            command, env=environment, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            try:
                assert any(line == "ready\n" for line in iter(process.stdout.readline, "")), (
                    "it did not start"
                )
                _lengthen_names(Path(folder) / "data.sqlite")
                yield f"http://127.0.0.1:{port}"
            finally:
                process.kill()


def _lengthen_names(database: Path) -> None:
    with closing(connect(database)) as connection, connection:
        connection.execute(
            "UPDATE account SET identity = json_set(identity, '$.surname', ?, '$.given_names', ?)"
            " WHERE foreign_number = ?",
            ("Wickramasinghe Arachchige-Vasconcelos", "Maximiliano Konstantinos Abdurrahman", LONG_NAMES),
        )


def sign_in(requests: APIRequestContext, address: str, language: str, who: str) -> None:
    """Sign in an applicant by number, or a member of staff by e-mail address."""
    if "@" in who:
        send(requests, f"{address}/{language}/agents/connexion", email=who, password=PASSWORD)
        code = _CODE.search(requests.get(f"{address}/dev/messages").text())
        assert code is not None
        send(requests, f"{address}/{language}/agents/code", code=re.sub(r"\s", "", code[1]))
    else:
        send(requests, f"{address}/{language}/compte/connexion", identifier=who, password=PASSWORD)


def send(requests: APIRequestContext, address: str, **fields: str) -> None:
    """Open the page of a form and send it."""
    token = _TOKEN.search(requests.get(address).text())
    assert token is not None, address
    answer = requests.post(address, form={"csrf_token": token[1], **fields}, max_redirects=0)
    assert answer.status == 303, f"{address}: {answer.status}"
