"""What any test may ask for: a database on each engine, S3, a mail server, an antivirus, a browser.

Each server starts when the first test asks for it, once a worker, and ends with the run.
The fixtures of the service itself (application, client, factories) are in ``tests/fixtures.py``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.databases import ENGINES, Databases
from tests.servers import chromium, clamd
from tests.servers.azurite import Azurite
from tests.servers.azurite import azurite as run_azurite
from tests.servers.postgres import Postgres
from tests.servers.postgres import postgres as run_postgres
from tests.servers.smtp import Mailbox, mail_server
from tests.servers.swift import Swift
from tests.servers.swift import swift as run_swift

pytest_plugins = ["tests.fixtures", "tests.selection", "tests.timing"]

MEMORY = Path("/dev/shm")
ENOUGH = 2**30  # bytes; containers often give 64 MB, and two workers need about 300


def pytest_configure() -> None:
    """Put temporary files in memory where there is room: each commit of a test waits for a disk otherwise."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # pytest has asked for it already


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--engine sqlite`` while working; both, the default, before landing."""
    parser.addoption(
        "--engine", choices=[*ENGINES, "both"], default="both", help="database engines to run on"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that touches a database on each engine, unless ``@pytest.mark.engines`` names fewer."""
    if "engine" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("engines")
    allowed = mark.args if mark else ENGINES
    chosen = metafunc.config.getoption("--engine")
    metafunc.parametrize("engine", [name for name in allowed if name == chosen] or allowed, scope="session")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server."""
    with run_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """For what lives longer than one test: ``databases.migrated("sqlite")`` gives a URL."""
    made = Databases(tmp_path_factory.mktemp("databases"), lambda: request.getfixturevalue("postgres"))
    yield made
    made.close()


@pytest.fixture
def empty_database_url(databases: Databases, engine: str) -> Iterator[str]:
    """DATABASE_URL of a database without tables."""
    url = databases.empty(engine)
    yield url
    databases.drop(url)


@pytest.fixture
def database_url(databases: Databases, engine: str) -> Iterator[str]:
    """DATABASE_URL of a database with every table and no row; no other test uses it at the same time."""
    yield databases.lend(engine)
    databases.take_back(engine)


@dataclass(frozen=True)
class Bucket:
    """An S3 bucket of one test, and what opens it."""

    server: Swift
    name: str

    @property
    def url(self) -> str:
        """What FILES_URL holds; the rest is in the environment, see ``s3_url``."""
        return f"s3://{self.name}/documents"


@pytest.fixture(scope="session")
def swift() -> Iterator[Swift]:
    """An S3 service."""
    with run_swift() as server:
        yield server


@pytest.fixture(scope="session")
def bucket_numbers() -> Iterator[int]:
    """Bucket names that were not used yet."""
    return count(1)


@pytest.fixture
def s3(swift: Swift, bucket_numbers: Iterator[int]) -> Bucket:
    """A new bucket."""
    bucket = Bucket(swift, f"bucket-{next(bucket_numbers)}")
    swift.make_bucket(bucket.name)
    return bucket


@pytest.fixture
def s3_url(s3: Bucket, monkeypatch: pytest.MonkeyPatch) -> str:
    """FILES_URL of a new bucket; its server and keys are in the environment, as every S3 tool reads them."""
    for name, value in s3.server.environment().items():
        monkeypatch.setenv(name, value)
    return s3.url


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """An Azure Blob service."""
    with run_azurite() as server:
        yield server


@pytest.fixture
def azure_url(azurite: Azurite, bucket_numbers: Iterator[int], monkeypatch: pytest.MonkeyPatch) -> str:
    """FILES_URL of a new container; its account and key are in the environment, as every tool of Azure reads them."""
    name = f"container-{next(bucket_numbers)}"
    azurite.make_container(name)
    for variable, value in azurite.environment().items():
        monkeypatch.setenv(variable, value)
    return f"az://{name}/documents?endpoint={azurite.endpoint}"


@pytest.fixture(scope="session")
def mail_box() -> Iterator[Mailbox]:
    """A mail server."""
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def smtp(mail_box: Mailbox) -> Mailbox:
    """A mail server that has received nothing yet; see ``Mailbox``."""
    mail_box.clear()
    return mail_box


@pytest.fixture(scope="session")
def clamd_url() -> Iterator[str]:
    """An antivirus that knows the EICAR file and ``tests.servers.clamd.MARKER``."""
    with clamd.clamd() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A real browser."""
    return chromium.program()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One browser for the run; each test opens its own context."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path,
            args=list(chromium.FLAGS),
            chromium_sandbox=False,
            env=dict(os.environ),
        )
        yield browser
        browser.close()
