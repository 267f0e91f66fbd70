"""What an administrator reads: the members of the agents' side, the services, the record of what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from peewee import JOIN, SQL, Case, fn

from app.domain.agent_forms.administration import Access, AdminAction
from app.domain.dossiers.ranks import Rank
from app.domain.text import fold
from app.storage.database import row_lock
from app.storage.models import AdministrationRecord, Agent, Service

PAGE = 50
NO_SERVICE = "-"  # what the filter on services holds for administrators


@dataclass(frozen=True)
class Wanted:
    """What is looked for among the members; `service` is a code, NO_SERVICE or empty."""

    words: str = ""
    service: str = ""


@dataclass(frozen=True)
class Extract:
    """One page of a list, and the row after which the next one begins, None on the last."""

    rows: Sequence[Any]
    after: int | None


def access(member: Agent) -> Access:
    """Whether a member can come in."""
    if not member.active:
        return Access.CLOSED
    return Access.OPEN if member.password_hash else Access.INVITED


def member(member_id: int) -> Agent:
    """One member, closed accesses too; DoesNotExist otherwise."""
    found: Agent = (
        Agent.select(Agent, Service).join(Service, JOIN.LEFT_OUTER).where(Agent.id == member_id).get()
    )
    return found


def by_email(email: str) -> Agent | None:
    """One member by address, closed accesses too."""
    return Agent.get_or_none(Agent.email == email)


def all_members() -> Sequence[Agent]:
    """All members, administrators first, then by service and name."""
    return list(_members().order_by(*_order()))


def page(wanted: Wanted, after: int | None = None) -> Extract:
    """Members by service and name, administrators first. Pages begin after a member, by number: no name in addresses."""
    query = _members().where(_matching(wanted)).order_by(*_order()).limit(PAGE + 1)
    last = Agent.get_or_none(Agent.id == after) if after else None
    rows = list(query.where(_following(last)) if last else query)
    shown = rows[:PAGE]
    return Extract(shown, shown[-1].id if len(rows) > PAGE else None)


def counts() -> Mapping[Access, int]:
    """How many members there are, by what their access is."""
    kind = Case(
        None,
        ((~Agent.active, str(Access.CLOSED)), (Agent.password_hash == "", str(Access.INVITED))),
        str(Access.OPEN),
    )
    # By its place: PostgreSQL takes the same words with other placeholders for another expression.
    rows: Any = Agent.select(kind, fn.COUNT(Agent.id)).group_by(SQL("1")).tuples()
    found = {key: many for key, many in rows}
    return {one: found.get(str(one), 0) for one in Access}


def members_by_service() -> Mapping[int, int]:
    """How many members can come in, by service."""
    rows: Any = (
        Agent.select(Agent.service, fn.COUNT(Agent.id))
        .where(Agent.active & Agent.service.is_null(False))
        .group_by(Agent.service)
        .tuples()
    )
    return dict(rows)


def service(code: str) -> Service:
    """One service, closed ones too; DoesNotExist otherwise."""
    found: Service = Service.get(Service.code == code)
    return found


def administrators_who_can_enter() -> Sequence[int]:
    """Their numbers, locked until the end of the transaction: of two who go at once, the second one is refused."""
    able = (Agent.rank == Rank.ADMINISTRATOR) & Agent.active & (Agent.password_hash != "")
    return [one.id for one in row_lock(Agent.select(Agent.id).where(able).order_by(Agent.id))]


def any_administrator() -> bool:
    """Whether an administrator can come in, or was invited."""
    return Agent.select().where((Agent.rank == Rank.ADMINISTRATOR) & Agent.active).exists()


def record(
    by: Agent | None,
    deed: AdminAction,
    now: datetime,
    *,
    subject: Agent | None = None,
    service: Service | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Tell an act of administration; call it inside the transaction of the act."""
    AdministrationRecord.create(
        at=now, agent=by, deed=str(deed), subject=subject, service=service, facts=dict(facts or {})
    )


def journal(most: int, after: int | None = None, subject: int | None = None) -> Extract:
    """What was done, the latest first: all of it, or what was done about one member."""
    concerned = Agent.alias()
    query = (
        AdministrationRecord.select(AdministrationRecord, Agent, concerned, Service)
        .join(Agent, JOIN.LEFT_OUTER, on=AdministrationRecord.agent)
        .switch(AdministrationRecord)
        .join(concerned, JOIN.LEFT_OUTER, on=AdministrationRecord.subject)
        .switch(AdministrationRecord)
        .join(Service, JOIN.LEFT_OUTER)
        .order_by(AdministrationRecord.id.desc())
        .limit(most + 1)
    )
    if after:
        query = query.where(AdministrationRecord.id < after)
    if subject:
        query = query.where(AdministrationRecord.subject == subject)
    rows = list(query)
    return Extract(rows[:most], rows[most - 1].id if len(rows) > most else None)


def _members() -> Any:
    return Agent.select(Agent, Service).join(Service, JOIN.LEFT_OUTER)


def _code() -> Any:
    return fn.COALESCE(Service.code, "")


def _order() -> tuple[Any, ...]:
    return (_code(), Agent.search, Agent.id)


def _following(last: Agent) -> Any:
    code = last.service.code if last.service else ""
    same = _code() == code
    return (
        (_code() > code)
        | (same & (Agent.search > last.search))
        | (same & (Agent.search == last.search) & (Agent.id > last.id))
    )


def _matching(wanted: Wanted) -> Any:
    conditions = [Agent.search.contains(word) for word in fold(wanted.words).split()]
    if wanted.service == NO_SERVICE:
        conditions.append(Agent.service.is_null())
    elif wanted.service:
        conditions.append(Service.code == wanted.service)
    return reduce(and_, conditions, Agent.id > 0)
