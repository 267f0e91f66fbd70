"""Queries of the administration pages: members, services, and the record of administrative acts."""

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
NO_SERVICE = "-"  # value of the service filter for administrators, who have no service


@dataclass(frozen=True)
class Wanted:
    """Search terms for the list of members; `service` is a code, NO_SERVICE or empty."""

    words: str = ""
    service: str = ""


@dataclass(frozen=True)
class Extract:
    """One page of a list, and the id of its last row if there is a next page, else None."""

    rows: Sequence[Any]
    after: int | None


def access(member: Agent) -> Access:
    """Return the state of a member's access: closed, open, or invited."""
    if not member.active:
        return Access.CLOSED
    return Access.OPEN if member.password_hash else Access.INVITED


def member(member_id: int) -> Agent:
    """Return a member by id, closed accesses included; Agent.DoesNotExist otherwise."""
    found: Agent = (
        Agent.select(Agent, Service).join(Service, JOIN.LEFT_OUTER).where(Agent.id == member_id).get()
    )
    return found


def by_email(email: str) -> Agent | None:
    """Return a member by address, closed accesses included."""
    return Agent.get_or_none(Agent.email == email)


def all_members() -> Sequence[Agent]:
    """Return all members, administrators first, then by service and name."""
    return list(_members().order_by(*_order()))


def page(wanted: Wanted, after: int | None = None) -> Extract:
    """Return a page of members by service and name, administrators first.

    The page begins after the member with the id `after`: URLs must not hold names.
    """
    query = _members().where(_matching(wanted)).order_by(*_order()).limit(PAGE + 1)
    last = Agent.get_or_none(Agent.id == after) if after else None
    rows = list(query.where(_following(last)) if last else query)
    shown = rows[:PAGE]
    return Extract(shown, shown[-1].id if len(rows) > PAGE else None)


def counts() -> Mapping[Access, int]:
    """Count the members by the state of their access."""
    kind = Case(
        None,
        ((~Agent.active, str(Access.CLOSED)), (Agent.password_hash == "", str(Access.INVITED))),
        str(Access.OPEN),
    )
    # Group by position: PostgreSQL takes the repeated CASE, with other placeholders, for another expression.
    rows: Any = Agent.select(kind, fn.COUNT(Agent.id)).group_by(SQL("1")).tuples()
    found = {key: many for key, many in rows}
    return {state: found.get(str(state), 0) for state in Access}


def members_by_service() -> Mapping[int, int]:
    """Count the members with open or invited access, by service id."""
    rows: Any = (
        Agent.select(Agent.service, fn.COUNT(Agent.id))
        .where(Agent.active & Agent.service.is_null(False))
        .group_by(Agent.service)
        .tuples()
    )
    return dict(rows)


def service(code: str) -> Service:
    """Return a service by its code, closed ones included; Service.DoesNotExist otherwise."""
    found: Service = Service.get(Service.code == code)
    return found


def administrators_who_can_enter() -> Sequence[int]:
    """Return the ids of administrators with open access, locked until the transaction ends.

    With the lock, of two administrators closed at once the second is refused, so that one always remains.
    """
    entered = (Agent.password_hash != "") & Agent.proposed_at.is_null()
    able = (Agent.rank == Rank.ADMINISTRATOR) & Agent.active & entered
    return [agent.id for agent in row_lock(Agent.select(Agent.id).where(able).order_by(Agent.id))]


def proposed() -> Sequence[Agent]:
    """Return the accounts that wait for a second person, with their service, the oldest proposal first."""
    return list(
        _members()
        .where(Agent.active & Agent.proposed_at.is_null(False))
        .order_by(Agent.proposed_at, Agent.id)
    )


def proposer_id(member_id: int) -> int | None:
    """Return which administrator last gave an account its place; None for the command line."""
    given = AdministrationRecord.deed.in_([AdminAction.INVITED, AdminAction.CHANGED])
    same = AdministrationRecord.subject == member_id
    last = AdministrationRecord.select().where(same & given).order_by(AdministrationRecord.id.desc()).first()
    return last.agent_id if last else None


def by_id(member_id: int | None) -> Agent | None:
    """Return a member by id, None if there is none."""
    return Agent.get_or_none(Agent.id == member_id)


def any_administrator() -> bool:
    """Return whether an administrator has open or invited access."""
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
    """Add a record of an administrative act. Call it inside the transaction of the act."""
    AdministrationRecord.create(
        at=now, agent=by, deed=str(deed), subject=subject, service=service, facts=dict(facts or {})
    )


def journal(most: int, after: int | None = None, subject: int | None = None) -> Extract:
    """Return the records of administrative acts, newest first, of one member if `subject` is given."""
    subject_agent = Agent.alias()
    query = (
        AdministrationRecord.select(AdministrationRecord, Agent, subject_agent, Service)
        .join(Agent, JOIN.LEFT_OUTER, on=AdministrationRecord.agent)
        .switch(AdministrationRecord)
        .join(subject_agent, JOIN.LEFT_OUTER, on=AdministrationRecord.subject)
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
