"""Keys change under load: nobody is signed out, no open form is refused, whichever process answers."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.keys import KeyPurpose, Keyring, changing
from app.keys.keyring import load
from app.settings import Settings
from app.web.access.cookies import SignedCookies
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, enter, member

ROTATED = tuple(set(KeyPurpose) - {KeyPurpose.CALENDARS})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    changing.store(path, changing.fresh(NOON), new=True)
    return path


@pytest.fixture
def settings(settings: Settings, file: Path) -> Settings:
    return replace(settings, keyring=f"file:{file}")


def rotate(file: Path, clock: Clock, minutes: int = 0) -> None:
    """What `app.cli keys rotate` does, on the clock of the test."""
    begins = clock() + timedelta(minutes=minutes)
    changing.store(file, changing.rotated(load(f"file:{file}"), ROTATED, begins))


def test_people_signed_in_and_their_open_forms_come_through(
    app: Flask, visitor: Visitor, file: Path, clock: Clock
) -> None:
    person = visitor().sign_in(factories.account())
    officer = enter(visitor(), member(), clock)
    person.get("/fr/suivi/coordonnees")
    officer.get("/fr/agents/compte/langue")
    clock.advance(seconds=1)
    rotate(file, clock)
    for client, form, fields in (
        (person, "/fr/suivi/coordonnees", {"phone": "", "language": "fr"}),
        (officer, "/fr/agents/compte/langue", {"language": "en", "daily": "none"}),
    ):
        assert client.post(form, fields).status_code == 303, "the form was open before"
        assert client.get(form).status_code == 200, "still signed in"
    assert app.extensions["keyring"].of(KeyPurpose.FORMS).writing.begins == clock()


def test_a_process_that_has_not_read_the_new_key_reads_what_the_others_write(
    file: Path, clock: Clock
) -> None:
    before = file.read_text()
    clock.advance(seconds=1)
    rotate(file, clock, minutes=10)
    slow, quick = Keyring(before, clock), Keyring(f"file:{file}", clock)
    cookies = {ring: SignedCookies(ring.of(KeyPurpose.SESSIONS)) for ring in (slow, quick)}

    def read(writer: Keyring, reader: Keyring) -> bool:
        app = Flask("any")
        written = cookies[writer].get_signing_serializer(app).dumps({"token": "t"})
        return cookies[reader].get_signing_serializer(app).loads_unsafe(written)[0]

    assert read(slow, quick)
    assert read(quick, slow), "both write with the old key for ten minutes"
    clock.advance(minutes=10)
    assert read(slow, quick)
    assert not read(quick, slow), "hence the ten minutes"


def test_a_file_with_a_mistake_changes_nothing(file: Path, clock: Clock) -> None:
    ring = Keyring(f"file:{file}", clock)
    known = ring.of(KeyPurpose.LINKS).all
    file.write_text('{"sessions": []')
    assert ring.of(KeyPurpose.LINKS).all == known
    file.unlink()
    assert ring.of(KeyPurpose.LINKS).all == known


def test_a_cookie_of_a_key_that_was_taken_away_opens_nothing(
    app: Flask, visitor: Visitor, file: Path, clock: Clock
) -> None:
    person: PageClient = visitor().sign_in(factories.account())
    changing.store(file, changing.fresh(NOON))
    assert person.get("/fr/suivi/").status_code == 303
