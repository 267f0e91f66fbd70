"""How often what is no longer kept is looked for."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.domain.rules.retention import Kept
from app.services.calendar import erasures
from app.storage import erasures as store
from app.storage.erasures import SUBJECTS
from app.storage.models import Account, Dossier, Erasure
from tests import factories
from tests.fixtures import NOON

DAY = timedelta(days=1)


def test_large_tables_are_read_through_until_nothing_is_left_then_not_before_the_next_day(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = app.extensions["gateways"].files
    looked: list[Kept] = []
    present = store.to_mark

    def noted(kind: Kept, seen_from: datetime) -> object:
        looked.append(kind)
        return present(kind, seen_from)

    monkeypatch.setattr(store, "to_mark", noted)
    large = {kind for kind, subject in SUBJECTS.items() if subject.table in (Account, Dossier)} - {
        Kept.CLOSED_ACCOUNT
    }
    factories.draft()
    told = NOON + timedelta(days=160)
    erasures.sweep(files, told)
    assert large <= set(looked)
    assert Erasure.select().count() == 1
    looked.clear()
    erasures.sweep(files, told)
    assert set(looked) & large == {Kept.DRAFT}, "there may be more of what was found"
    looked.clear()
    erasures.sweep(files, told + timedelta(hours=5))
    assert looked
    assert not set(looked) & large
    erasures.sweep(files, told + DAY)
    assert large <= set(looked)
