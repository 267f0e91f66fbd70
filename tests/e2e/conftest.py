"""A live service for the stories, and browsers of a small telephone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.settings import ROOT
from tests.e2e.live import clock_of
from tests.e2e.pages import Visit
from tests.factories import identity
from tests.servers.process import free_port
from tests.servers.smtp import Mailbox, mail_server

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
PATIENCE = 60_000  # milliseconds, of a busy machine
HALF_MINUTE = timedelta(seconds=30)  # a one-time code
ANNOUNCEMENTS = (Path(__file__).parent / "announcements.js").read_text(encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the start of the service, which all stories share, out of the time of the one that comes first."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            given = item.get_closest_marker("timeout")
            own = given.args if given else (item.config.getini("timeout"),)
            item.add_marker(pytest.mark.timeout(*map(float, own), func_only=True), append=False)


@dataclass
class Live:
    """A running service: its address, its clock and the permits of people without an account."""

    address: str
    clock_file: Path
    numbers: Iterator[int]
    given: list[datetime]  # by `tick`

    def at(self, moment: datetime) -> None:
        """Set the service's clock."""
        draft = self.clock_file.with_suffix(".new")
        draft.write_text(moment.isoformat())
        draft.replace(self.clock_file)

    def now(self) -> datetime:
        """What the service's clock says, which goes on while a story does."""
        return clock_of(self.clock_file)

    def tick(self) -> datetime:
        """Set the clock to the next half minute, later than those of other stories of the day, and return it.

        A one-time code of it is new. Never back: what was posted before would wait for the clock to come again.
        """
        near = [given for given in self.given if abs(given - self.now()) < timedelta(days=1)]
        latest = max([*near, self.now()])
        moment = latest - timedelta(seconds=latest.second % 30, microseconds=latest.microsecond) + HALF_MINUTE
        self.given.append(moment)
        self.at(moment)
        return moment

    def newcomer(self, mention: str = "etudiant") -> dict[str, str]:
        """A person whom the permit register knows and the service does not."""
        return person(next(self.numbers), mention)

    def newcomer_with_visa(self, kind: str) -> dict[str, str]:
        """Somebody who came with a visa and has no number."""
        return visa(next(self.numbers), kind)


MENTIONS = ("etudiant", "talent-famille")


def person(place: int, mention: str) -> dict[str, str]:
    """The register's record of an invented person; the mention is part of the number."""
    return identity(foreign_number=f"9930{MENTIONS.index(mention)}{place:05d}", mention=mention)


VISAS = ("VLS", "VLS-TS")


def visa(place: int, kind: str) -> dict[str, str]:
    """The register's record of a visa of a student, valid for a while."""
    ends = date(2027, 10, 31) if kind == "VLS-TS" else date(2027, 1, 31)
    held = identity(ends, permit_kind=kind, foreign_number="", valid_from="2026-11-01")
    return held | {"visa_number": f"34{VISAS.index(kind)}{place:06d}", "validated_on": ""}


@pytest.fixture(scope="session")
def mail_box() -> Iterator[Mailbox]:
    """A mail server of their own: the service goes on sending letters while other tests count theirs."""
    with mail_server() as mailbox:
        yield mailbox


def photos() -> dict[str, dict[str, str]]:
    """The codes that stories type, each of a photo that has arrived: a story's name, its language or number."""
    names = (
        "AVIS",
        "CORRIGE",
        "DEMENAGE",
        "FAMILLE",
        "LETTRE",
        "LIGNE",
        "MOTEUR",
        "PERDU",
        "PREMIERE",
        "PROLONGE",
    )
    which = ("FR", "EN", *map(str, range(9)))
    codes = [
        "DEUXAGENTS000000000000",
        *(name + end.rjust(22 - len(name), "0") for name in names for end in which),
    ]
    return {code: {"state": "ready", "taken_on": NOON.date().isoformat()} for code in codes}


@pytest.fixture(scope="session")
def live(databases, mail_box, tmp_path_factory) -> Iterator[Live]:
    """The service, started once for all stories."""
    folder = tmp_path_factory.mktemp("live")
    clock = folder / "clock"
    clock.write_text(NOON.isoformat())
    port = free_port()
    given = {
        f"{name}_URL": f"file:{folder / name.lower()}"
        for name in ("FILES", "SMS", "REGISTER", "EPHOTO", "STAMPS")
    }
    given |= {
        "DATABASE_URL": databases.migrated("sqlite"),
        "MAIL_URL": f"{mail_box.url}?tls=none",
        "ORIGIN": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "tests.e2e.live", str(port), str(clock)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **given}, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        lines = iter(process.stdout.readline, "")
        assert any(line == "ready\n" for line in lines), (folder / "log").read_text()
        register = folder / "register"
        known = json.loads(register.read_text(encoding="utf-8"))
        register.write_text(
            json.dumps(
                known
                + [person(n, mention) for n in range(200) for mention in MENTIONS]
                + [visa(n, kind) for n in range(200) for kind in VISAS]
            ),
            encoding="utf-8",
        )
        desk = folder / "ephoto"
        desk.write_text(json.dumps(json.loads(desk.read_text(encoding="utf-8")) | photos()), encoding="utf-8")
        yield Live(f"http://127.0.0.1:{port}", clock, count(), [])
        process.kill()


@pytest.fixture(autouse=True)
def noon(live: Live) -> Iterator[None]:
    """Every story begins on 23 November 2026 at noon."""
    live.at(NOON)
    yield
    live.at(NOON)


@pytest.fixture
def later(live: Live) -> Callable[[float], None]:
    """Let minutes pass for the service."""
    return lambda minutes: live.at(live.now() + timedelta(minutes=minutes))


@pytest.fixture
def telephone(browser: Browser, live: Live) -> Iterator[Callable[..., Visit]]:
    """Opens a telephone's browser: `telephone("en", scripts=False)`."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []  # of scripts; raised in the middle, one would end the browser and be lost

    def open_one(language: str = "fr", scripts: bool = True, width: int = 360) -> Visit:
        context = browser.new_context(
            base_url=live.address, viewport={"width": width, "height": 740}, java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(ANNOUNCEMENTS)
        contexts.append(context)
        page: Page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        return Visit(page, language, scripts)

    expect.set_options(timeout=PATIENCE)
    yield open_one
    for context in contexts:
        context.close()
    assert not errors, errors
