"""What cannot be sent or printed is seen within the hour, whatever the reason."""

from datetime import timedelta

import pytest
from flask import Flask

from app import jobs
from app.gateways.mail import MailUnavailable
from app.storage import outbox, outbox_admin
from app.storage.models import Outbox
from tests.fixtures import NOON

HOUR = timedelta(hours=1)


def seen(at: object) -> bool:
    """Whether the operator's command ends with 1."""
    return any(line.needs_operator(at) for line in outbox_admin.backlog())


def test_a_mail_server_that_is_away_is_seen_within_the_hour(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(work: object) -> None:
        raise MailUnavailable("SMTPSenderRefused 554")

    monkeypatch.setitem(jobs.HANDLERS, "mail", away)
    outbox.post("mail", {}, NOON)
    at, told = NOON, []
    while at < NOON + HOUR:
        assert jobs.run_once(app, at) == 1
        told.append(seen(at))
        at = Outbox.get().due_at
    assert told == [False, False, False, True], "not for a server that is restarted"
    assert "554" in str(outbox_admin.backlog()[0])


def test_a_worker_that_does_not_run_is_seen_within_the_hour(app: Flask) -> None:
    outbox.post("print_letter", {}, NOON)
    assert not seen(NOON + timedelta(minutes=1))
    assert seen(NOON + HOUR)
