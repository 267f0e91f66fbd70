"""What fails for one costs the others nothing, whatever it raises."""

import logging

import pytest
from flask import Flask
from peewee import OperationalError

from app import jobs
from app.jobs import sweeps
from app.services.applications import complements
from app.services.batch import for_each_isolated, run_isolated
from app.services.calendar import (
    end_of_rights_warnings,
    erasures,
    gateway_retries,
    opening_reminders,
    reminders,
)
from app.services.certificates import attestations
from app.services.operations import delays
from app.storage import outbox, retention
from app.storage.models import Attestation, Dossier
from tests import factories
from tests.fixtures import NOON
from tests.services.certificates.test_rights_coverage import TODAY, dossier
from tests.services.outside import sweep


def test_one_that_fails_is_logged_by_its_number(caplog: pytest.LogCaptureFixture) -> None:
    def act(row: int) -> bool:
        return 12 % row == 0

    with caplog.at_level(logging.ERROR):
        assert for_each_isolated("share", [1, 0, 5, 4], act) == 2
    (record,) = caplog.records
    assert (record.message, record.fields) == ("share failed", {"row": 0})


def test_a_database_that_is_away_is_raised() -> None:
    def act() -> int:
        raise OperationalError("gone")

    with pytest.raises(OperationalError):
        run_isolated("anything", act)


@pytest.mark.parametrize("error", [TypeError, AttributeError, RuntimeError])
def test_a_mistake_of_ours_in_one_dossier_leaves_the_others_their_rights(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    first, second = dossier(TODAY + factories.days(3)), dossier(TODAY + factories.days(4))
    issue = attestations.issue_extension_if_due

    def act(one: Dossier, now: object) -> object:
        if one.id == first.id:
            raise error("a mistake")
        return issue(one, NOON)

    monkeypatch.setattr(attestations, "issue_extension_if_due", act)
    assert attestations.issue_due_extensions(NOON) == 1
    assert [one.dossier_id for one in Attestation.select().where(Attestation.kind == "prolongation")] == [
        second.id
    ]


def test_a_part_of_the_sweep_that_fails_stops_no_other(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def failing(now: object) -> int:
        raise TypeError("a mistake")

    monkeypatch.setattr(attestations, "issue_due_extensions", failing)
    monkeypatch.setattr(end_of_rights_warnings, "send_due", lambda now: done.append("warned") or 0)
    monkeypatch.setattr(complements, "remind_due", failing)
    monkeypatch.setattr(complements, "remind_unsent", lambda now: done.append("unsent") or 0)
    sweeps.calendar(NOON)
    assert done == ["warned", "unsent"]


PARTS = (
    (attestations, "issue_due_extensions"),
    (end_of_rights_warnings, "send_due"),
    (complements, "remind_due"),
    (complements, "remind_unsent"),
    (reminders, "send_due"),
    (opening_reminders, "send_due"),
    (delays, "count_due"),
    (retention, "delete_expired"),
    (gateway_retries, "check_photos"),
    (erasures, "sweep"),
)


def test_every_part_of_the_sweeps_is_done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, object]] = []
    for module, name in PARTS:
        told = f"{module.__name__}.{name}"
        monkeypatch.setattr(module, name, lambda *given, told=told: done.append((told, given[-1])) or 0)
    sweep(app, NOON)
    assert done == [(f"{module.__name__}.{name}", NOON) for module, name in PARTS]


def test_letters_that_do_not_leave_are_said_each_minute(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    outbox.post("mail", {"nothing": "of use"}, NOON)
    jobs.run_once(app, NOON)
    for _minute in range(2):
        with caplog.at_level(logging.WARNING):
            sweeps.calendar(NOON)
    assert [one.message for one in caplog.records].count("work that failed is waiting") == 2
