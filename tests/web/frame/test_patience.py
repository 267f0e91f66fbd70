"""A request whose database goes away for a moment is done again, and never twice."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from flask import Flask
from peewee import OperationalError
from werkzeug.test import TestResponse

from app.storage.database import connected
from app.storage.models import DoneRequest, Dossier
from app.storage.postgres import BoundedPostgres
from app.storage.repeating import passes
from app.web.http import patience
from tests import factories
from tests.clients import PageClient

pytestmark = pytest.mark.engines("postgres")
Visitor = Callable[[], PageClient]


def gone() -> OperationalError:
    """A connection that died."""
    return OperationalError(psycopg.OperationalError("server closed the connection unexpectedly"))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause."""
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0)


@pytest.fixture
def file(app: Flask, visitor: Visitor) -> Iterator[Callable[[], TestResponse]]:
    """Files an application, by a thread whose connection may go."""
    factories.service()
    owner = factories.account()
    factories.complete(factories.draft(owner))
    client = visitor().sign_in(owner)
    client.get("/fr/demande/etudiant/recapitulatif")
    DoneRequest.delete().execute()

    def act() -> TestResponse:
        with connected():
            return client.post("/fr/demande/etudiant/deposer", {"sworn": "yes"})

    with ThreadPoolExecutor(1) as thread:
        yield lambda: thread.submit(act).result()


def dying(monkeypatch: pytest.MonkeyPatch, which: Sequence[int], *, after: bool) -> list[int]:
    """Let the COMMITs of these numbers fail, before they were done or after; return the list of all."""
    begun = BoundedPostgres.__mro__[1]
    commit, asked = begun.commit, []

    def failing(self: object) -> None:
        asked.append(len(asked))
        if after or asked[-1] not in which:
            commit(self)
        if asked[-1] in which:
            raise gone()

    monkeypatch.setattr(begun, "commit", failing, raising=False)
    return asked


def filed() -> list[Dossier]:
    """What was filed."""
    return list(Dossier.select().where(Dossier.state == "filed"))


@pytest.mark.parametrize("which", [(0,), (1,), (0, 1, 2)])
def test_a_filing_whose_commit_failed_is_done_again(
    file: Callable[[], TestResponse], monkeypatch: pytest.MonkeyPatch, which: Sequence[int]
) -> None:
    asked = dying(monkeypatch, which, after=False)
    answer = file()
    assert answer.status_code == 303
    (dossier,) = filed()
    assert dossier.reference in answer.location
    assert len(asked) > len(which) + 1


def test_a_filing_that_was_committed_unseen_is_not_done_twice(
    file: Callable[[], TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    dying(monkeypatch, (1,), after=True)
    answer = file()
    assert len(filed()) == 1
    assert answer.status_code == 303
    assert "/confirmation" in answer.location, "the summary that it was sent from is gone"


def test_a_commit_that_arrives_late_stops_the_second_one(
    file: Callable[[], TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may commit after it was asked whether it had."""
    dying(monkeypatch, (0,), after=True)
    monkeypatch.setattr("app.storage.operating.was_done", lambda key: False)
    answer = file()
    assert answer.status_code == 303
    (dossier,) = filed()
    assert dossier.reference in answer.location


def test_a_database_that_stays_away_is_told(
    file: Callable[[], TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0)
    asked = dying(monkeypatch, range(9), after=False)
    assert file().status_code == 503
    assert filed() == []
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (psycopg.errors.SerializationFailure(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.ReadOnlySqlTransaction(), True),
        (psycopg.OperationalError("closed"), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.UniqueViolation(), False),
        (ValueError(), False),
    ],
)
def test_what_ends_by_itself(error: Exception, again: bool) -> None:
    assert passes(error) is again
    assert passes(OperationalError(error)) is again


def test_a_counted_try_does_not_keep_a_request_from_being_done_again(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signing in counts the try in a transaction of its own, before what it is for."""
    owner = factories.account()
    page, client = "/fr/compte/connexion", visitor()
    client.make_known(owner)
    client.get(page)

    def act() -> int:
        with connected():
            fields = {"identifier": owner.foreign_number, "password": factories.PASSWORD}
            return client.post(page, fields).status_code

    asked = dying(monkeypatch, (1,), after=False)
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(act).result() == 303
    assert len(asked) > 2
