"""Queries of the figures page. Each has the service in its condition and in the index that serves it.

Finished stages are read from an index by service and day, open dossiers from one by service and state.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from peewee import JOIN, SQL, Case, Expression, fn

from app.domain.actions.stages import DECISIONS, FOR_CARD, ONGOING, Stage
from app.domain.dossiers.complements import OWN_WORDS, READY
from app.domain.dossiers.figures import AGES
from app.domain.dossiers.states import OPEN, State
from app.domain.rules.calendar import start_of_day
from app.storage.applications import rights_coverage
from app.storage.database import database
from app.storage.models import Agent, Complement, ComplementItem, Dossier, ExportRecord, StageTime

EXPORTS_SHOWN = 20


@dataclass(frozen=True)
class Scope:
    """What is counted: a service, the days from `since` to `until`, both included, in one procedure or all ("")."""

    service_id: int
    since: date
    until: date
    journey: str = ""


def by_decision() -> Any:
    """Return the condition of a stage ended by an agent's decision; automatic decisions are not timed."""
    decided = [str(state) for state in sorted(DECISIONS)]
    return StageTime.outcome.in_(decided) & StageTime.agent.is_null(False)


@database.a_second_old
def durations(scope: Scope) -> Mapping[Stage, Counter[int]]:
    """Return, for each stage, how many dossiers that ended it in the period took each number of days."""
    counted: dict[Stage, Counter[int]] = {stage: Counter() for stage in Stage}
    rows: Any = (
        StageTime.select(StageTime.stage, StageTime.days, fn.COUNT(StageTime.id))
        .where(_ended(scope) & ((StageTime.stage != str(Stage.WHOLE)) | by_decision()))
        .group_by(StageTime.stage, StageTime.days)
    )
    for stage, days, many in rows.tuples():
        counted[Stage(stage)][days] = many
    return counted


@database.a_second_old
def outcomes(scope: Scope) -> Mapping[tuple[State, bool], int]:
    """Count the dossiers that ended in the period, by final state and whether an agent decided."""
    by_agent = StageTime.agent.is_null(False)
    rows: Any = (
        StageTime.select(StageTime.outcome, by_agent, fn.COUNT(StageTime.id))
        .where(_ended(scope) & (StageTime.stage == str(Stage.WHOLE)))
        .group_by(StageTime.outcome, by_agent)
    )
    return {(State(outcome), bool(agent)): many for outcome, agent, many in rows.tuples()}


@database.a_second_old
def ages(scope: Scope) -> Mapping[State, Sequence[int]]:
    """Count the dossiers under way, by state and class of age (`domain.dossiers.figures.AGES`).

    The classes are those of the last day of the period; its first day plays no part.
    """
    since = [scope.until - timedelta(days=days) for days in AGES]  # filed by that day: at least `days` old
    older: list[Any] = [fn.SUM(Case(None, ((Dossier.filed_on <= day, 1),), 0)) for day in since]
    card = Dossier.state.not_in([str(state) for state in FOR_CARD]) | Dossier.with_card
    rows: Any = (
        Dossier.select(Dossier.state, fn.COUNT(Dossier.id), *older)
        .where(_dossiers(scope, ONGOING) & card)
        .group_by(Dossier.state)
    )
    found = {State(state): [many, *bounds, 0] for state, many, *bounds in rows.tuples()}
    return {state: [many - less for many, less in pairwise(bounds)] for state, bounds in found.items()}


@database.a_second_old
def reasons(scope: Scope) -> Mapping[str, int]:
    """Count the documents asked for in the period, by the key of the ready-made sentence their reason begins with.

    Counted are requests by the present agents of the service, on dossiers that the service still has.
    """
    ready = [
        (fn.SUBSTR(ComplementItem.reason, 1, len(sentence)) == sentence, key)
        for sentence, key in READY.items()
    ]
    key = Case(None, ready, OWN_WORDS)
    asked = (Complement.asked_at >= start_of_day(scope.since)) & (
        Complement.asked_at < start_of_day(scope.until + timedelta(days=1))
    )
    team = Agent.select(Agent.id).where(Agent.service == scope.service_id)
    conditions = Complement.agent.in_(team) & asked & (Dossier.service == scope.service_id)
    rows: Any = (
        ComplementItem.select(key.alias("ready"), fn.COUNT(ComplementItem.id))
        .join(Complement)
        .join(Dossier)
        .where(conditions & (Dossier.journey == scope.journey) if scope.journey else conditions)
        # By alias: PostgreSQL takes the repeated CASE, with other placeholders, for another expression.
        .group_by(SQL("ready"))
    )
    return dict(rows.tuples())


@database.a_second_old
def ends(scope: Scope, last: date) -> Sequence[tuple[date, bool, int]]:
    """Count ends of rights of open dossiers up to `last`: (day, whether an extension follows, number)."""
    follows = ~rights_coverage.uncovered(last, scope.until)
    rows: Any = (
        Dossier.select(
            Dossier.rights_end, Case(None, ((follows, 1),), 0).alias("followed"), fn.COUNT(Dossier.id)
        )
        .where(_dossiers(scope, OPEN) & (Dossier.rights_end <= last))
        .group_by(Dossier.rights_end, SQL("followed"))
    )
    return [(day, bool(covered), many) for day, covered, many in rows.tuples()]


@database.a_second_old
def in_charge(scope: Scope) -> Mapping[int | None, int]:
    """Count the open dossiers by id of the agent in charge, None for unassigned ones."""
    rows: Any = (
        Dossier.select(Dossier.agent, fn.COUNT(Dossier.id))
        .where(_dossiers(scope, OPEN))
        .group_by(Dossier.agent)
    )
    return dict(rows.tuples())


@database.a_second_old
def decided(scope: Scope) -> Mapping[int, int]:
    """Count the dossiers decided in the period, by agent id."""
    rows: Any = (
        StageTime.select(StageTime.agent, fn.COUNT(StageTime.id))
        .where(_ended(scope) & (StageTime.stage == str(Stage.WHOLE)) & by_decision())
        .group_by(StageTime.agent)
    )
    return dict(rows.tuples())


@dataclass(frozen=True)
class Listed:
    """One dossier of an exported list, without the applicant's name. `ended` has the day each finished stage ended."""

    reference: str
    journey: str
    journey_version: int
    state: State
    filed_on: date
    rights_end: date | None
    legal_answer_on: date | None
    agent: str
    ended: Mapping[Stage, date]


@database.a_second_old
def dossiers(scope: Scope, most: int) -> Sequence[Listed]:
    """Return the dossiers filed in the period, newest first, `most` at most."""
    rows: Any = (
        Dossier.select(
            Dossier.id,
            Dossier.reference,
            Dossier.journey,
            Dossier.journey_version,
            Dossier.state,
            Dossier.filed_on,
            Dossier.rights_end,
            Dossier.legal_answer_on,
            Agent.name,
        )
        .join(Agent, JOIN.LEFT_OUTER)
        .where(_filed(scope))
        .order_by(Dossier.filed_on.desc(), Dossier.id.desc())
        .limit(most)
        .tuples()
    )
    found = list(rows)
    ended = _ends_of([number for number, *_ in found])
    return [
        Listed(reference, journey, version, State(state), filed, end, answer, agent or "", ended[number])
        for number, reference, journey, version, state, filed, end, answer, agent in found
    ]


def _ends_of(numbers: Sequence[int]) -> Mapping[int, Mapping[Stage, date]]:
    found: dict[int, dict[Stage, date]] = {number: {} for number in numbers}
    for place in range(0, len(numbers), 500):  # below the limit of bound values of both engines
        rows: Any = StageTime.select(StageTime.dossier, StageTime.stage, StageTime.ended_on).where(
            StageTime.dossier.in_(numbers[place : place + 500])
        )
        for number, stage, day in rows.order_by(StageTime.id).tuples():
            found[number][Stage(stage)] = day
    return found


def exports(service_id: int) -> Sequence[ExportRecord]:
    """Return the last EXPORTS_SHOWN exports of a service, with the agent of each."""
    return list(
        ExportRecord.select(ExportRecord, Agent)
        .join(Agent)
        .where(ExportRecord.service == service_id)
        .order_by(ExportRecord.id.desc())
        .limit(EXPORTS_SHOWN)
    )


def _ended(scope: Scope) -> Expression:
    conditions: Any = (StageTime.service == scope.service_id) & StageTime.ended_on.between(
        scope.since, scope.until
    )
    return conditions & (StageTime.journey == scope.journey) if scope.journey else conditions


def _dossiers(scope: Scope, states: frozenset[State]) -> Any:
    conditions = (Dossier.service == scope.service_id) & Dossier.state.in_([str(state) for state in states])
    return conditions & (Dossier.journey == scope.journey) if scope.journey else conditions


def _filed(scope: Scope) -> Any:
    conditions = (Dossier.service == scope.service_id) & Dossier.filed_on.between(scope.since, scope.until)
    return conditions & (Dossier.journey == scope.journey) if scope.journey else conditions
