"""Queries on the published delays, read by pages and written by the worker."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peewee import fn

from app.domain.actions.stages import Stage
from app.domain.dossiers.figures import Delay
from app.storage.compiled_queries import compiled
from app.storage.models import DelayFigure, Service, StageTime
from app.storage.review.figures import by_decision


@compiled(DelayFigure)
def _of(service_id: Any, journey: Any) -> Any:
    return DelayFigure.select().where((DelayFigure.service == service_id) & (DelayFigure.journey == journey))


def for_journey(service_id: int, journey: str) -> DelayFigure | None:
    """Return the published delay of a service in a procedure, None if nothing was decided."""
    return _of.first(service_id, journey)


def for_service(service_id: int) -> Mapping[str, DelayFigure]:
    """Return the published delays of a service, by procedure."""
    return {
        figure.journey: figure for figure in DelayFigure.select().where(DelayFigure.service == service_id)
    }


def counted(day: date) -> bool:
    """Return whether the delays of a day were computed."""
    return bool(DelayFigure.select().where(DelayFigure.counted_on == day).exists())


def services() -> Sequence[int]:
    """Return the ids of all services."""
    rows: Any = Service.select(Service.id).order_by(Service.id).tuples()
    return [number for (number,) in rows]


def decided(service_id: int, since: date, until: date) -> Mapping[str, Counter[int]]:
    """Return, by procedure, how many decisions of a period took each number of days."""
    rows: Any = (
        StageTime.select(StageTime.journey, StageTime.days, fn.COUNT(StageTime.id))
        .where(
            (StageTime.service == service_id)
            & StageTime.ended_on.between(since, until)
            & (StageTime.stage == str(Stage.WHOLE))
            & by_decision()
        )
        .group_by(StageTime.journey, StageTime.days)
    )
    found: dict[str, Counter[int]] = {}
    for journey, days, many in rows.tuples():
        found.setdefault(journey, Counter())[days] = many
    return found


def keep(service_id: int, journey: str, delay: Delay, day: date) -> None:
    """Write a published delay; two workers computing at once write the same values."""
    changes = {"size": delay.size, "low": delay.low, "high": delay.high, "counted_on": day}
    DelayFigure.insert(service=service_id, journey=journey, **changes).on_conflict(
        conflict_target=[DelayFigure.service, DelayFigure.journey], update=changes
    ).execute()


def forget_before(day: date) -> None:
    """Delete delays that were not computed again since a day, because nothing was decided."""
    DelayFigure.delete().where(DelayFigure.counted_on < day).execute()
