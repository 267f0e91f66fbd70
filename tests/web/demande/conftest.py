"""What tests of an application's pages begin with."""

from typing import Any

import pytest

from app.domain import procedures
from app.domain.journeys.journey import Journey
from tests.editions import later


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Raise the edition, with these procedures in place of the present ones, from the call on."""

    def change(*journeys: Journey) -> None:
        monkeypatch.setattr(procedures, "registry", later(*journeys))

    return change
