"""The chains of who did or read what: appended to, listed, walked through."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from peewee import fn

from app.domain import audit
from app.domain.states import Role
from app.storage.database import row_lock
from app.storage.models import Agent, AuditRecord, Dossier, Event, Service

READINGS = (audit.OPENED, audit.READ)


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


def heads() -> Iterator[AuditRecord]:
    """The last record of each chain, in the order of dossiers."""
    last = AuditRecord.select(AuditRecord.dossier, fn.MAX(AuditRecord.position).alias("place")).group_by(
        AuditRecord.dossier
    )
    yield from (
        AuditRecord.select()
        .join(
            last,
            on=(AuditRecord.dossier == last.c.dossier_id) & (AuditRecord.position == last.c.place),
        )
        .order_by(AuditRecord.dossier)
        .iterator()
    )


def breach(dossier_id: int) -> str:
    """What is wrong with the chain of a dossier, in words for an operator; empty when it is whole."""
    records = list(
        AuditRecord.select().where(AuditRecord.dossier == dossier_id).order_by(AuditRecord.position)
    )
    if place := audit.broken((_entry(one), one.digest) for one in records):
        return f"record {place} is not as it was written"
    told = {
        one.facts["event"]: one.facts["content"]
        for one in records
        if one.action not in audit.BESIDE and one.facts
    }
    events = {one.id: _content(one) for one in Event.select().where(Event.dossier == dossier_id)}
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


def chained() -> Iterator[int]:
    """Every dossier that something happened to, by its number."""
    for (number,) in Event.select(Event.dossier).distinct().order_by(Event.dossier).tuples().iterator():
        yield int(number)


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
