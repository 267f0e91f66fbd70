"""Rights that end: what an agent decides about their extension, who is told, and what nothing covers."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.domain.dossiers.standing import Follows
from app.domain.dossiers.states import ForbiddenTransition, State
from app.domain.rules.calendar import NO_END, PARIS
from app.services.calendar import end_of_rights_warnings
from app.services.certificates import attestations, endings
from app.services.decisions import instruction
from app.services.decisions.acts import Act, MissingReason
from app.services.operations import rights
from app.storage.applications import attestations as papers
from app.storage.applications import rights_coverage
from app.storage.models import Agent, Attestation, Dossier, EndWarning, Event, Notice
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON

REASON = "L’inscription jointe est celle d’une autre personne."
TODAY = date(2026, 11, 23)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=PARIS)


def dossier(ends: date, state: State = State.IN_REVIEW, **columns: object) -> Dossier:
    """A dossier whose rights end on a day, with the permit."""
    filed = factories.filed()
    identity = filed.identity | {"valid_until": ends.isoformat()}
    changes = {
        "state": str(state),
        "in_time": True,
        "rights_end": ends,
        "identity": identity,
        **columns,
    }
    Dossier.update(**changes).where(Dossier.id == filed.id).execute()
    return Dossier.get_by_id(filed.id)


def hand(of: Dossier, agent: Agent | None = None) -> Act:
    return Act(agent or factories.agent(of.service), NOON, dossier_view.last_move(of.id))


def told(kind: str) -> list[dict[str, object]]:
    return [one.facts for one in Notice.select().where(Notice.kind == kind).order_by(Notice.id)]


# --- what an agent decides


def test_an_extension_is_refused_only_with_a_reason(app: Flask) -> None:
    one = dossier(TODAY + timedelta(days=10))
    with pytest.raises(MissingReason):
        instruction.withhold(one, hand(one), "  ")
    instruction.withhold(one, hand(one), REASON)
    assert attestations.issue_due_extensions(NOON) == 0
    assert told("extension_withheld") == [{"reason": REASON, "ends": "2026-12-03"}]
    (event,) = Event.select().where(Event.action == "withhold")
    assert (event.reason, event.agent_id is not None) == (REASON, True)
    assert Dossier.get_by_id(one.id).state == State.IN_REVIEW
    one = Dossier.get_by_id(one.id)
    with pytest.raises(ForbiddenTransition):
        instruction.withhold(one, hand(one), REASON)
    instruction.cover(one, hand(one))
    assert Attestation.select().where(Attestation.kind == "prolongation").count() == 1, "it issues at once"


def test_who_filed_late_is_covered_once_an_agent_says_so(app: Flask) -> None:
    one = dossier(TODAY + timedelta(days=40), in_time=False)
    with pytest.raises(ForbiddenTransition):
        instruction.withhold(one, hand(one), REASON)
    assert attestations.issue_due_extensions(noon(one.rights_end)) == 0
    instruction.cover(one, hand(one))
    assert Attestation.select().where(Attestation.kind == "prolongation").count() == 0, "not due yet"
    assert attestations.issue_due_extensions(noon(one.rights_end - timedelta(days=15))) == 1


def test_an_agent_of_another_service_decides_nothing(app: Flask) -> None:
    one = dossier(TODAY + timedelta(days=10))
    stranger = factories.agent(factories.service("75", "Paris"))
    with pytest.raises(Dossier.DoesNotExist):
        instruction.withhold(one, hand(one, stranger), REASON)


# --- revoked


def test_the_rights_of_a_revoked_extension_end_before_it(app: Flask) -> None:
    one = dossier(TODAY + timedelta(days=10))
    issued = attestations.issue_extension_if_due(one, NOON)
    assert issued is not None
    agent = factories.agent(one.service)
    assert endings.revoke(issued, REASON, NOON, agent)
    row = Dossier.get_by_id(one.id)
    assert row.rights_end == TODAY + timedelta(days=10)
    assert attestations.issue_due_extensions(NOON) == 0, (
        "what was just taken back does not come back by itself"
    )
    assert told("revoked") == [{"reason": REASON, "code": issued.code}]
    assert Event.get(Event.action == papers.REVOKED).agent_id == agent.id


def test_an_older_one_that_is_revoked_moves_no_right(app: Flask) -> None:
    one = dossier(TODAY - timedelta(days=100))
    attestations.issue_due_extensions(NOON)
    first, *_, last = Attestation.select().where(Attestation.kind == "prolongation").order_by(Attestation.id)
    assert endings.revoke(first, REASON, NOON)
    assert Dossier.get_by_id(one.id).rights_end == last.valid_until


# --- what nothing covers


@pytest.mark.parametrize(
    ("columns", "counted"),
    [
        ({}, False),
        ({"state": str(State.FILED)}, True),
        ({"in_time": False}, True),
        ({"in_time": False, "extension": "granted"}, False),
        ({"extension": "withheld"}, True),
        ({"state": str(State.FAVOURABLE), "in_time": False}, True),
        ({"state": str(State.FAVOURABLE), "rights_end": NO_END}, False),
        ({"state": str(State.UNFAVOURABLE)}, False),
        ({"rights_end": NO_END}, False),
    ],
    ids=str,
)
def test_the_count_whose_goal_is_zero(app: Flask, columns: dict[str, object], counted: bool) -> None:
    ends = TODAY + timedelta(days=20)
    one = dossier(ends, **columns)
    assert rights_coverage.how_many(one.service_id, ends, TODAY) == counted
    assert rights_coverage.how_many(one.service_id, ends - timedelta(days=1), TODAY) == 0
    assert rights_coverage.how_many(factories.service("75", "Paris").id, ends, TODAY) == 0
    assert bool(rights_coverage.by_service(ends, TODAY)) is counted


@pytest.mark.parametrize(("left", "missing"), [(16, 0), (15, 0), (14, 1), (-10, 1)])
def test_what_should_have_been_issued_counts_as_missing_whatever_the_rule_says(
    app: Flask, left: int, missing: int
) -> None:
    one = dossier(TODAY + timedelta(days=left))
    horizon = TODAY + timedelta(days=30)
    assert rights_coverage.how_many(one.service_id, horizon, TODAY) == missing
    assert rights_coverage.overdue(TODAY) == missing
    assert [line.reason for line in rights.unfollowed(30, NOON)] == [
        rights.REASONS[Follows.OVERDUE]
    ] * missing
    figures = app.test_client().get("/metrics").text
    assert f"guichet_rights_overdue {float(missing)}" in figures
    attestations.issue_due_extensions(NOON)
    assert rights_coverage.overdue(TODAY) == 0
    assert "guichet_rights_overdue 0.0" in app.test_client().get("/metrics").text


def test_a_favourable_decision_ends_no_right_while_its_certificate_is_in_force(app: Flask) -> None:
    one = dossier(TODAY - timedelta(days=10))
    one.identity["valid_until"] = (TODAY - timedelta(days=10)).isoformat()
    one.save()
    issued = attestations.grant(one, NOON)
    assert issued is not None
    Dossier.update(state=str(State.FAVOURABLE)).where(Dossier.id == one.id).execute()
    assert Dossier.get_by_id(one.id).rights_end == NO_END
    assert rights_coverage.how_many(one.service_id, TODAY + timedelta(days=7), TODAY) == 0
    endings.revoke(issued, REASON, NOON)
    assert Dossier.get_by_id(one.id).rights_end == TODAY - timedelta(days=10)
    assert rights_coverage.how_many(one.service_id, TODAY + timedelta(days=7), TODAY) == 1
    (line,) = rights.unfollowed(7, NOON)
    assert line.reason == rights.REASONS[Follows.FAVOURABLE]


def test_told_thirty_fifteen_and_three_days_before(app: Flask) -> None:
    ends = date(2027, 3, 1)
    dossier(ends, in_time=False)
    days = {}
    for before in range(40, -3, -1):
        days[before] = end_of_rights_warnings.send_due(noon(ends - timedelta(days=before)))
    assert {before for before, many in days.items() if many} == {30, 15, 3}
    assert [one["follows"] for one in told("rights_ending")] == ["on_request"] * 3
    assert {one["ends"] for one in told("rights_ending")} == {"2027-03-01"}


def test_after_a_stop_only_the_nearest_is_told(app: Flask) -> None:
    ends = TODAY + timedelta(days=2)
    dossier(ends, State.FILED)
    assert end_of_rights_warnings.send_due(NOON) == 1
    assert end_of_rights_warnings.send_due(NOON + timedelta(hours=1)) == 0
    assert EndWarning.select().count() == 3
    assert told("rights_ending") == [{"ends": ends.isoformat(), "follows": "on_taking"}]


def test_who_was_told_of_a_nearer_end_is_not_told_of_a_further_one(app: Flask) -> None:
    """The delays are a choice that may change: 1 day was one of them when this person was told."""
    ends = TODAY + timedelta(days=1)
    one = dossier(ends, State.FILED)
    EndWarning.create(dossier=one, ends_on=ends, days=1, at=NOON)
    assert end_of_rights_warnings.send_due(NOON) == 0
    assert told("rights_ending") == []


def test_nobody_is_woken_up_nor_told_of_what_is_covered(app: Flask) -> None:
    dossier(TODAY + timedelta(days=20))
    assert end_of_rights_warnings.send_due(NOON) == 0
    dossier(TODAY + timedelta(days=20), in_time=False)
    assert end_of_rights_warnings.send_due(NOON - timedelta(hours=6)) == 0
    assert end_of_rights_warnings.send_due(NOON) == 1


def test_a_new_end_is_told_anew(app: Flask) -> None:
    one = dossier(TODAY + timedelta(days=3), in_time=False)
    assert end_of_rights_warnings.send_due(NOON) == 1
    Dossier.update(rights_end=TODAY + timedelta(days=93)).where(Dossier.id == one.id).execute()
    assert end_of_rights_warnings.send_due(NOON) == 0
    assert end_of_rights_warnings.send_due(NOON + timedelta(days=63)) == 1


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)], ids=str)
def test_the_hour_that_is_missing_or_comes_twice_issues_once(app: Flask, day: date) -> None:
    """Every half hour of a day on which clocks change, or that exists every four years."""
    one = dossier(day)
    moment, issued = noon(day - timedelta(days=16)), 0
    while moment < noon(day + timedelta(days=1)):
        issued += attestations.issue_due_extensions(moment)
        moment += timedelta(minutes=720 if moment < noon(day - timedelta(days=1)) else 30)
    assert issued == 1
    (only,) = Attestation.select().where(Attestation.kind == "prolongation")
    assert only.valid_from == day + timedelta(days=1)
    assert Dossier.get_by_id(one.id).rights_end == only.valid_until
