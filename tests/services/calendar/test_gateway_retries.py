"""What a gateway could not say at once is asked again."""

from datetime import timedelta

import pytest
from flask import Flask

from app import jobs
from app.domain.rules.ephotos import EPhotoState
from app.gateways.antivirus import Verdict
from app.services.calendar import gateway_retries
from app.storage import outbox
from app.storage.applications import dossiers
from app.storage.models import Document, Event, Outbox, PhotoCode
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


class Scanner:
    """Says what it is told to say, and keeps what it was shown."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = list(verdicts)
        self.shown: list[bytes] = []

    def scan(self, content: bytes) -> Verdict:
        self.shown.append(content)
        return self.verdicts.pop(0)


@pytest.fixture
def waiting(app: Flask) -> Document:
    """A file that came while the scanner was away."""
    document = factories.document(factories.draft(), "passport", content=b"the passport", scan="waiting")
    outbox.post("scan_document", {"document": document.id}, NOON)
    return document


def test_a_scanner_that_comes_back(app: Flask, waiting: Document) -> None:
    scanner = Scanner(Verdict.NOT_SCANNED, Verdict.CLEAN)
    with_gateways(app, scanner=scanner)
    jobs.run_once(app, NOON)
    assert Document.get_by_id(waiting.id).scan == "waiting", "scanner off is never clean"
    assert Outbox.get().error == "NotScannedYet"
    jobs.run_once(app, NOON + timedelta(seconds=11))
    assert Document.get_by_id(waiting.id).scan == "clean"
    assert scanner.shown == [b"the passport"] * 2


def test_an_infected_file_is_taken_out(app: Flask, waiting: Document) -> None:
    with_gateways(app, scanner=Scanner(Verdict.INFECTED))
    jobs.run_once(app, NOON)
    document = Document.get_by_id(waiting.id)
    assert document.scan == "infected"
    assert document.removed_at is not None
    assert "passport" not in dossiers.received_keys(document.dossier_id)
    assert Event.select().where(Event.action == gateway_retries.INFECTED).get().facts == {"slot": "passport"}


def test_a_file_removed_meanwhile_is_nobodys_work(app: Flask, waiting: Document) -> None:
    scanner = Scanner()
    with_gateways(app, scanner=scanner)
    Document.delete().execute()
    assert jobs.run_once(app, NOON) == 1
    assert outbox.backlog() == {"waiting": 0, "failed": 0}
    assert scanner.shown == []
