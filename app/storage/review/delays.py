"""The delays told in public: read by pages, counted by the worker."""

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
    """What is told of a service in a procedure; None where nothing was decided."""
    return _of.first(service_id, journey)


def for_service(service_id: int) -> Mapping[str, DelayFigure]:
    """What is told of a service, by procedure."""
    return {one.journey: one for one in DelayFigure.select().where(DelayFigure.service == service_id)}


def counted(day: date) -> bool:
    """Whether the delays of a day were counted."""
    return bool(DelayFigure.select().where(DelayFigure.counted_on == day).exists())


def services() -> Sequence[int]:
    """Every service, by its number."""
    rows: Any = Service.select(Service.id).order_by(Service.id).tuples()
    return [number for (number,) in rows]


def decided(service_id: int, since: date, until: date) -> Mapping[str, Counter[int]]:
    """How many decisions took how many days, by procedure, in a period."""
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
    """Write what is told from now on; two workers that count at once write the same."""
    changes = {"size": delay.size, "low": delay.low, "high": delay.high, "counted_on": day}
    DelayFigure.insert(service=service_id, journey=journey, **changes).on_conflict(
        conflict_target=[DelayFigure.service, DelayFigure.journey], update=changes
    ).execute()


def forget_before(day: date) -> None:
    """Stop telling what was not counted again: nothing was decided since."""
    DelayFigure.delete().where(DelayFigure.counted_on < day).execute()
