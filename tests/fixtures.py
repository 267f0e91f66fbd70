"""The service under test: an application on its own database, folder and clock, and clients that read its pages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.settings import ROOT, Settings
from app.storage.database import database
from tests.clients import PageClient

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


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


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The whole service."""
    from app.factory import create_app

    (Path(settings.register_url.removeprefix("file:"))).write_text("[]", encoding="utf-8")
    (Path(settings.stamps_url.removeprefix("file:"))).write_text("{}", encoding="utf-8")
    (Path(settings.ephoto_url.removeprefix("file:"))).write_text("{}", encoding="utf-8")
    app = create_app(settings, clock)
    app.testing = True
    with database.connection_context():
        yield app
    database.obj.close_all() if hasattr(database.obj, "close_all") else None


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
        secret_key="x" * 40,
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
    )
