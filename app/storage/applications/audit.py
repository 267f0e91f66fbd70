"""The chains of who did or read what: appended to, listed, walked through."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from peewee import fn

from app.domain.dossiers import audit
from app.domain.dossiers.states import Role
from app.storage.database import row_lock
from app.storage.models import Agent, AuditRecord, Dossier, Event, Service

READINGS = (audit.OPENED, audit.READ)
BATCH = 1000


def append(
    dossier_id: int,
    role: Role,
    action: str,
    now: datetime,
    agent: Agent | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Add one record to the chain of a dossier. Call it inside a transaction: the dossier's row orders them."""
    row_lock(Dossier.select(Dossier.id).where(Dossier.id == dossier_id)).get()
    last = (
        AuditRecord.select(AuditRecord.position, AuditRecord.digest)
        .where(AuditRecord.dossier == dossier_id)
        .order_by(AuditRecord.position.desc())
        .first()
    )
    entry = audit.Entry(
        dossier_id=dossier_id,
        position=last.position + 1 if last else 1,
        at=now,
        role=str(role),
        agent_id=agent.id if agent else None,
        service_id=agent.service_id if agent else None,
        action=action,
        facts=dict(facts or {}),
        previous=last.digest if last else audit.BEGINNING,
    )
    AuditRecord.create(**vars(entry), digest=entry.digest)


def act(event: Event, agent: Agent | None) -> None:
    """Add an act that an event tells: its words stay in the event, the chain holds their digest."""
    facts = {"event": event.id, "content": _content(event)}
    append(event.dossier_id, Role(event.role), event.action, event.at, agent, facts)


def readings(dossier_id: int, most: int) -> Sequence[AuditRecord]:
    """The last times that agents opened a dossier, the latest first."""
    return list(
        AuditRecord.select(AuditRecord, Agent, Service)
        .join(Agent)
        .switch(AuditRecord)
        .join(Service)
        .where((AuditRecord.dossier == dossier_id) & AuditRecord.action.in_(READINGS))
        .order_by(AuditRecord.position.desc())
        .limit(most)
    )


def last_read(dossier_id: int, conversation_id: int, most: int) -> datetime | None:
    """When an agent last opened a conversation about a dossier, as far as its last readings tell."""
    found = (one for one in readings(dossier_id, most) if one.facts.get("conversation") == conversation_id)
    return next((one.at for one in found), None)


def openings(dossier_id: int, agent_id: int, most: int) -> Sequence[datetime]:
    """When an agent opened a dossier, the latest first."""
    rows = (
        AuditRecord.select(AuditRecord.at)
        .where(
            (AuditRecord.dossier == dossier_id)
            & (AuditRecord.agent == agent_id)
            & (AuditRecord.action == audit.OPENED)
        )
        .order_by(AuditRecord.position.desc())
        .limit(most)
    )
    return [row.at for row in rows]


def chain_heads() -> Iterator[AuditRecord]:
    """The last record of each chain, in the order of dossiers; so many at a time, whatever there is in all."""
    for ours in _batches():
        last = (
            AuditRecord.select(AuditRecord.dossier, fn.MAX(AuditRecord.position).alias("place"))
            .where(ours(AuditRecord))
            .group_by(AuditRecord.dossier)
        )
        same = (AuditRecord.dossier == last.c.dossier_id) & (AuditRecord.position == last.c.place)
        query = (
            AuditRecord.select().join(last, on=same).where(ours(AuditRecord)).order_by(AuditRecord.dossier)
        )
        yield from list(query)


def broken_chains() -> Iterator[tuple[int, str]]:
    """Every dossier whose chain is not whole, by its number, and why, in words for an operator."""
    for ours in _batches():
        yield from _breaches(ours)


def first_break(dossier_id: int) -> str:
    """What is wrong with the chain of one dossier; empty when it is whole."""
    return next((reason for _number, reason in _breaches(lambda table: table.dossier == dossier_id)), "")


Condition = Callable[[type[AuditRecord] | type[Event]], Any]


def _batches() -> Iterator[Condition]:
    """Conditions that go through the rows of all dossiers, of a thousand dossiers at a time."""
    last = 0
    while numbers := [
        one.id
        for one in Dossier.select(Dossier.id).where(Dossier.id > last).order_by(Dossier.id).limit(BATCH)
    ]:
        first, last = numbers[0], numbers[-1]
        yield partial(_between, first, last)


def _between(first: int, last: int, table: Any) -> Any:
    return table.dossier.between(first, last)


def _breaches(ours: Condition) -> Iterator[tuple[int, str]]:
    chains: dict[int, list[AuditRecord]] = defaultdict(list)
    histories: dict[int, dict[int, str]] = defaultdict(dict)
    for one in (
        AuditRecord.select().where(ours(AuditRecord)).order_by(AuditRecord.dossier, AuditRecord.position)
    ):
        chains[one.dossier_id].append(one)
    for event in Event.select().where(ours(Event)):
        histories[event.dossier_id][event.id] = _content(event)
    for number in sorted(chains.keys() | histories.keys()):
        if reason := _broken(chains[number], histories[number]):
            yield number, reason


def _broken(records: Sequence[AuditRecord], events: Mapping[int, str]) -> str:
    if place := audit.broken((_entry(one), one.digest) for one in records):
        return f"record {place} is not as it was written"
    told = {
        one.facts["event"]: one.facts["content"]
        for one in records
        if one.action not in audit.BESIDE and one.facts
    }
    if changed := sorted(key for key in told.keys() | events.keys() if told.get(key) != events.get(key)):
        return f"event {changed[0]} is not as it was written"
    return ""


def holds(dossier_id: int, position: int, digest: str) -> bool:
    """Whether a chain still has, at a position, the digest noted elsewhere."""
    return (
        AuditRecord.select()
        .where(
            (AuditRecord.dossier == dossier_id)
            & (AuditRecord.position == position)
            & (AuditRecord.digest == digest)
        )
        .exists()
    )


def _entry(one: AuditRecord) -> audit.Entry:
    return audit.Entry(
        one.dossier_id,
        one.position,
        one.at,
        one.role,
        one.agent_id,
        one.service_id,
        one.action,
        one.facts,
        one.previous,
    )


def _content(one: Event) -> str:
    return audit.content(one.action, one.role, one.agent_id, one.at, one.reason, one.facts)
