"""What a gateway could not say at once is asked again."""

from datetime import timedelta

from flask import Flask

from app.domain.rules.ephotos import EPhotoState
from app.storage.models import PhotoCode
from tests import factories
from tests.fixtures import NOON, Clock
from tests.services.outside import sweep, with_gateways


def test_a_photo_that_arrives_later(app: Flask, clock: Clock) -> None:
    answers = [EPhotoState.NOT_ARRIVED, EPhotoState.READY]
    asked = []

    class Desk:
        def look_up(self, code: str, today: object) -> EPhotoState:
            asked.append(code)
            return answers[len(asked) - 1]

    draft = factories.draft()
    PhotoCode.create(
        dossier=draft,
        code="7K2M9QXA41TBZC83WD6R5H",
        state=str(EPhotoState.NOT_ARRIVED),
        given_at=NOON,
        checked_at=NOON,
    )
    with_gateways(app, ephoto=Desk())
    sweep(app, NOON + timedelta(minutes=59))
    assert asked == []
    sweep(app, NOON + timedelta(hours=1))
    sweep(app, NOON + timedelta(hours=1, minutes=1))
    assert len(asked) == 1, "every hour, not every minute"
    assert PhotoCode.get().state == EPhotoState.NOT_ARRIVED
    sweep(app, NOON + timedelta(hours=2))
    assert PhotoCode.get().state == EPhotoState.READY
    sweep(app, NOON + timedelta(hours=4))
    assert len(asked) == 2, "an answer ends the questions"
