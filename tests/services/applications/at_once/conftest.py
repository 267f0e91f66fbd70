"""Twenty files of one account at the same instant, which the examination itself would not take."""

import pytest

from app import intake
from app.intake.queue import Queue


@pytest.fixture(autouse=True)
def room_for_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.shared_sandbox, "queue", Queue(waiting=100, of_a_source=100))
    monkeypatch.setattr(intake.shared_sandbox, "wall_seconds", 60.0)
