"""The service under test: an application on its own database, folder and clock, and clients that read its pages."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import Environment

from app.keys import KeyPurpose, Keyring
from app.keys.changing import fresh
from app.keys.keyring import DEMONSTRATION
from app.keys.text import write_keys
from app.services.access import passwords
from app.settings import ROOT, Settings
from app.storage import sealing
from app.storage.database import database
from tests.clients import PageClient
from tests.databases import Databases
from tests.snapshots import Snapshots
from tests.time_outs import lengthen

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
RING = Keyring(DEMONSTRATION)
# What differs between two tests of the same deployment.
OWN_SETTINGS = (
    "database_url", "files_url", "mail_url", "sms_url", "register_url", "ephoto_url", "stamps_url",
)  # fmt: skip


class Clock:
    """Time that moves only when a test says so."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **parts: float) -> datetime:
        """Let time pass: `clock.advance(days=3)`."""
        self.at += timedelta(**parts)
        return self.at


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2026, noon in Paris."""
    return Clock()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """A demonstration with everything in a folder of its own."""
    return Settings(
        database_url=database_url,
        files_url=f"file:{tmp_path / 'uploads'}",
        mail_url=f"file:{tmp_path / 'mail'}",
        sms_url=f"file:{tmp_path / 'sms'}",
        register_url=f"file:{tmp_path / 'register.json'}",
        ephoto_url=f"file:{tmp_path / 'ephotos.json'}",
        stamps_url=f"file:{tmp_path / 'stamps.json'}",
        origin="http://localhost",
        static_dir=str(ROOT / "var" / "static"),
    )


@dataclass
class Built:
    """An application that serves one test after another, and what it was when it had just been made."""

    app: Flask
    extensions: dict[str, Any]
    config: dict[str, Any]
    environments: dict[str, Environment] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> "Built":
        """Make one: 70 ms, most of them for 150 routes."""
        from app.factory import create_app

        app = create_app(settings, clock)
        return cls(app, dict(app.extensions), dict(app.config))

    def bind(self, settings: Settings, clock: Clock) -> None:
        """Give it the settings and the clock of a test, and take back all that the last test changed."""
        from app.deployment import Gateways

        self.app.config.clear()
        self.app.config.update(self.config, TESTING=True)
        self.app.extensions.clear()
        self.app.extensions.update(
            self.extensions,
            settings=settings,
            clock=clock,
            gateways=Gateways.from_settings(settings, self.extensions["keyring"]),
            environments=dict(self.environments),
        )
        for one in self.environments.values():
            one.globals["settings"] = settings

    def keep_environments(self, settings: Settings) -> None:
        """Keep the templates that the test compiled, unless it went on under settings of its own."""
        if self.app.extensions["settings"] is settings:
            self.environments.update(self.app.extensions["environments"])


@pytest.fixture(scope="session")
def built() -> dict[Settings, Built]:
    """The applications of this run by their settings, but for what differs from test to test."""
    return {}


@pytest.fixture(autouse=True)
def sealing_keys() -> None:
    """Give the encrypted columns the keys of the demonstration, as a process does that starts."""
    sealing.bind(RING.of(KeyPurpose.AUTHENTICATORS))


@pytest.fixture(scope="session", autouse=True)
def long_time_outs() -> Iterator[None]:
    """Nothing that answers is given up because the machine is busy."""
    with pytest.MonkeyPatch.context() as patch:
        lengthen(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[PasswordHasher]:
    """Digests in 0.1 ms instead of 26; the product's own hasher, for the tests of `product_hasher`."""
    with pytest.MonkeyPatch.context() as patch:
        real = passwords._hasher
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield real


@pytest.fixture
def product_hasher(cheap_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Digests as the product makes them."""
    monkeypatch.setattr(passwords, "_hasher", cheap_passwords)


@pytest.fixture
def app(
    settings: Settings, clock: Clock, databases: Databases, built: dict[Settings, Built]
) -> Iterator[Flask]:
    """The whole service, as if it had just started; made once and kept from test to test."""
    (Path(settings.register_url.removeprefix("file:"))).write_text("[]", encoding="utf-8")
    (Path(settings.stamps_url.removeprefix("file:"))).write_text("{}", encoding="utf-8")
    (Path(settings.ephoto_url.removeprefix("file:"))).write_text("{}", encoding="utf-8")
    common = replace(settings, **dict.fromkeys(OWN_SETTINGS, ""))
    if common not in built:
        built[common] = Built.of(settings, clock)
    built[common].bind(settings, clock)
    pool = databases.pool(settings.database_url)
    database.initialize(pool)
    from tests import factories

    factories.store = built[common].app.extensions["gateways"].files
    with database.connection_context():
        yield built[common].app
    pool.close_stale(0)  # what threads of the test left open
    built[common].keep_environments(settings)


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Snapshots:
    """What was prepared once in this run, by whichever of its processes needed it first."""
    own = tmp_path_factory.getbasetemp()
    return Snapshots((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "snapshots")


@pytest.fixture
def seeded(app: Flask, settings: Settings, snapshots: Snapshots) -> Flask:
    """The demonstration, everybody with the password of the tests."""

    def seed() -> None:
        from app import demonstration
        from tests.factories import PASSWORD

        with pytest.MonkeyPatch.context() as patch:
            for place in ("people", "staff"):
                patch.setattr(
                    f"app.demonstration.{place}.hash_password",
                    lambda password: passwords.hash_password(PASSWORD),
                )
            demonstration.seed(app)

    snapshots.prepared("seeded", settings, seed)
    return app


@pytest.fixture
def visitor(app: Flask) -> Callable[[], PageClient]:
    """Makes browsers, each with its own cookies, that check every page they see."""

    def make() -> PageClient:
        return PageClient(app)

    return make


@pytest.fixture
def production(settings: Settings) -> Settings:
    """Settings that a real deployment would be allowed to start with."""
    return replace(
        settings,
        environment="production",
        trusted_proxies=1,
        keyring=write_keys(fresh(NOON)),
        origin="https://sejour.example",
        mail_url="smtp://localhost:25",
        sms_url="https://sms.example/send",
        register_url="https://register.example/",
        ephoto_url="https://photos.example/",
        stamps_url="https://stamps.example/",
        antivirus_url="clamd://localhost:3310",
        operator_address="1 rue du Test, 69003 Lyon",
        publication_director="A. Test",
        hosting="Hébergeur, 2 rue du Test, Paris",
        data_contact="donnees@sejour.example",
        source_code_url="https://code.sejour.example/guichet",
        security_contact="mailto:securite@sejour.example",
    )
