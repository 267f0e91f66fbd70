"""A database file that another process keeps locked: the person reads to try again, and nothing was half done."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from flask import Flask

from app.storage.database import database
from app.storage.models import Conversation, Message
from tests import factories
from tests.clients import PageClient

pytestmark = pytest.mark.engines("sqlite")
PLACE = "/fr/aide/ecrire"
TYPED = {
    "topic": "form",
    "text": "La page des documents ne s’ouvre pas.",
    "email": "anh@exemple.fr",
    "postcode": "69003",
}


@pytest.fixture
def other(app: Flask) -> Iterator[sqlite3.Connection]:
    """The connection of another process; ours waits for it for a moment only."""
    database.execute_sql("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(database.obj.database, isolation_level=None)) as opened:
        yield opened
    database.execute_sql("PRAGMA busy_timeout = 10000")


def test_a_lock_is_told_as_an_absence_that_passes(
    app: Flask, visitor: Callable[[], PageClient], other: sqlite3.Connection
) -> None:
    factories.service()
    client = visitor()
    client.get(PLACE)
    other.execute("BEGIN IMMEDIATE")
    answer = client.post(PLACE, TYPED)
    assert answer.status_code == 503
    assert "Réessayez" in answer.text
    assert client.get("/fr/aide").status_code == 200, "who only reads waits for nobody"
    other.execute("ROLLBACK")
    assert Conversation.select().count() == Message.select().count() == 0
    assert client.post(PLACE, TYPED).status_code == 303
    assert Message.select().count() == 1
