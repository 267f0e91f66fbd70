"""The delays told in public: counted once a day, from decisions only."""

from datetime import timedelta

import pytest

from app.services.operations import delays
from app.storage.models import DelayFigure
from app.storage.review import delays as store
from tests import factories
from tests.fixtures import NOON
from tests.services.stages import went

pytestmark = pytest.mark.usefixtures("app")


def told() -> list[tuple[str, str, int, int, int]]:
    rows = DelayFigure.select().order_by(DelayFigure.service, DelayFigure.journey)
    return [(one.service.code, one.journey, one.size, one.low, one.high) for one in rows]


def decided(days: int, **more: object) -> None:
    went((("take", 0), ("approve", days)), **more)


def test_half_of_the_decisions_of_each_service_and_procedure() -> None:
    for days in (10, 20, 30, 40):
        decided(days)
    decided(5, journey="visiteur")
    decided(7, of=factories.service("75", "Paris"))
    assert delays.count_due(NOON) == 3
    assert told() == [
        ("69", "etudiant", 4, 10, 30),
        ("69", "visiteur", 1, 5, 5),
        ("75", "etudiant", 1, 7, 7),
    ]
    place = factories.service()
    assert set(store.for_service(place.id)) == {"etudiant", "visiteur"}
    assert store.for_journey(place.id, "talent") is None


def test_counted_once_a_day_of_paris() -> None:
    decided(10)
    assert delays.count_due(NOON) == 1
    decided(20)
    assert delays.count_due(NOON + timedelta(hours=11)) == 0
    assert told()[0][2] == 1
    assert delays.count_due(NOON + timedelta(hours=13)) == 1
    assert told()[0][2] == 2
    assert store.for_journey(factories.service().id, "etudiant").counted_on == factories.today() + timedelta(
        days=1
    )


def test_what_is_older_than_the_period_is_told_no_more() -> None:
    decided(10, end=NOON - timedelta(days=80))
    decided(12, of=factories.service("75", "Paris"))
    delays.count_due(NOON)
    assert len(told()) == 2
    delays.count_due(NOON + timedelta(days=20))
    assert told() == [("75", "etudiant", 1, 12, 12)]


def test_without_any_decision_nothing_is_written() -> None:
    factories.filed()
    assert delays.count_due(NOON) == 0
    assert told() == []
