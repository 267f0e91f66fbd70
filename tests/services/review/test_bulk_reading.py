"""An agent who opens dossier after dossier is stopped, and told of; searches leave a record."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.domain.dossiers.ranks import Rank
from app.services.access.throttles import TooSoon
from app.services.review import access_log
from app.storage.applications import audit
from app.storage.models import Agent, Dossier, Outbox, SearchRecord
from tests import factories
from tests.fixtures import NOON

FEW = 5


@pytest.fixture(autouse=True)
def _few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five dossiers an hour, so that tests need no hundred."""
    from app.services.access import limits

    few = limits.Limit("reading", "", account=limits.Quota(FEW, limits.HOUR))
    monkeypatch.setattr(access_log, "READING", few)


@pytest.fixture
def reader(app: Flask) -> Agent:
    return factories.agent()


def dossiers() -> Iterator[Dossier]:
    for place in range(FEW + 1):
        yield factories.filed(factories.account(factories.identity(foreign_number=f"99000000{place:02d}")))


def told() -> list[str]:
    rows = Outbox.select().where(Outbox.kind == "mail")
    return [row.payload["to"] for row in rows if row.payload["template"] == "mail/staff/bulk_reading.txt"]


def test_the_sixth_dossier_is_refused_and_the_supervisor_told_once(reader: Agent) -> None:
    supervisor = factories.agent(rank=Rank.SUPERVISOR)
    found = list(dossiers())
    for dossier in found[:FEW]:
        access_log.open_dossier(reader, dossier.reference, NOON)
    for _time in range(3):
        with pytest.raises(TooSoon) as soon:
            access_log.open_dossier(reader, found[FEW].reference, NOON)
    assert soon.value.until == NOON.replace(minute=0) + timedelta(hours=1)
    assert told() == [supervisor.email]
    assert not audit.read_since(found[FEW].id, reader.id, NOON - timedelta(days=1)), "nothing was read"


def test_what_is_open_stays_open_and_the_next_hour_is_another(reader: Agent) -> None:
    found = list(dossiers())
    for dossier in found[:FEW]:
        for _page in range(4):
            access_log.open_dossier(reader, dossier.reference, NOON)
    access_log.open_dossier(reader, found[0].reference, NOON)
    access_log.open_dossier(reader, found[FEW].reference, NOON + timedelta(hours=1, seconds=1))


def test_a_supervisor_is_told_of_to_the_administrators(app: Flask) -> None:
    supervisor = factories.agent(rank=Rank.SUPERVISOR)
    administrator = factories.agent(rank=Rank.ADMINISTRATOR, service=None)
    found = list(dossiers())
    for dossier in found[:FEW]:
        access_log.take_away(supervisor, dossier.reference, NOON)
    with pytest.raises(TooSoon):
        access_log.take_away(supervisor, found[FEW].reference, NOON)
    assert told() == [administrator.email]


def test_a_search_is_recorded_once_while_it_is_typed(reader: Agent) -> None:
    for place, words in enumerate(("ng", "nguy", "nguyen", "nguye")):
        access_log.searched(reader, words, NOON + timedelta(seconds=place))
    access_log.searched(reader, "diallo", NOON + timedelta(seconds=9))
    assert [row.words for row in SearchRecord.select().order_by(SearchRecord.id)] == ["nguyen", "diallo"]
