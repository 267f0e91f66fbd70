"""The audit chains: append, list and verify records of acts on a dossier and of its readings."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from peewee import fn

from app import request_id
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
    """Add a record to a dossier's chain. Call it inside a transaction: the lock on the dossier orders the records."""
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
    AuditRecord.create(**vars(entry), digest=entry.digest, request=request_id.present())


def act(event: Event, agent: Agent | None) -> None:
    """Add the record of an event. The record holds a digest of the event, which keeps its own text."""
    facts = {"event": event.id, "content": _content(event)}
    append(event.dossier_id, Role(event.role), event.action, event.at, agent, facts)


def readings(dossier_id: int, most: int) -> Sequence[AuditRecord]:
    """Return the records of agents opening a dossier, newest first, `most` at most."""
    return list(
        AuditRecord.select(AuditRecord, Agent, Service)
        .join(Agent)
        .switch(AuditRecord)
        .join(Service)
        .where((AuditRecord.dossier == dossier_id) & AuditRecord.action.in_(READINGS))
        .order_by(AuditRecord.position.desc())
        .limit(most)
    )


def last_reading(dossier_id: int, agent_id: int) -> AuditRecord | None:
    """Return the record of what an agent read last in a dossier; None if nothing."""
    found: AuditRecord | None = (
        AuditRecord.select()
        .where(
            (AuditRecord.dossier == dossier_id)
            & (AuditRecord.agent == agent_id)
            & (AuditRecord.action == audit.READ)
        )
        .order_by(AuditRecord.position.desc())
        .first()
    )
    return found


def last_read(dossier_id: int, conversation_id: int, most: int) -> datetime | None:
    """Return when an agent last opened a conversation, from the last `most` readings of its dossier; None otherwise."""
    records = readings(dossier_id, most)
    return next(
        (record.at for record in records if record.facts.get("conversation") == conversation_id), None
    )


def openings(dossier_id: int, agent_id: int, most: int) -> Sequence[datetime]:
    """Return when an agent opened a dossier, newest first, `most` at most."""
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


def read_since(dossier_id: int, agent_id: int, since: datetime) -> bool:
    """Return whether an agent opened a dossier, or a file of it, since an instant."""
    return bool(
        AuditRecord.select()
        .where(
            (AuditRecord.dossier == dossier_id)
            & (AuditRecord.agent == agent_id)
            & AuditRecord.action.in_(READINGS)
            & (AuditRecord.at > since)
        )
        .exists()
    )


def chain_heads() -> Iterator[AuditRecord]:
    """Yield the last record of each chain, in the order of dossiers, read BATCH dossiers at a time."""
    for in_batch in _batches():
        last = (
            AuditRecord.select(AuditRecord.dossier, fn.MAX(AuditRecord.position).alias("place"))
            .where(in_batch(AuditRecord))
            .group_by(AuditRecord.dossier)
        )
        same = (AuditRecord.dossier == last.c.dossier_id) & (AuditRecord.position == last.c.place)
        query = (
            AuditRecord.select()
            .join(last, on=same)
            .where(in_batch(AuditRecord))
            .order_by(AuditRecord.dossier)
        )
        yield from list(query)


def broken_chains() -> Iterator[tuple[int, str]]:
    """Yield the id of each dossier whose chain is broken, with the reason in a sentence for operators."""
    for in_batch in _batches():
        yield from _breaks(in_batch)


def first_break(dossier_id: int) -> str:
    """Return what is wrong with the chain of one dossier, "" if it is whole."""
    return next((reason for _number, reason in _breaks(lambda table: table.dossier == dossier_id)), "")


Condition = Callable[[type[AuditRecord] | type[Event]], Any]


def _batches() -> Iterator[Condition]:
    """Yield conditions that select the rows of BATCH dossiers each, in the order of ids."""
    last = 0
    while numbers := [
        dossier.id
        for dossier in Dossier.select(Dossier.id).where(Dossier.id > last).order_by(Dossier.id).limit(BATCH)
    ]:
        first, last = numbers[0], numbers[-1]
        yield partial(_between, first, last)


def _between(first: int, last: int, table: Any) -> Any:
    return table.dossier.between(first, last)


def _breaks(in_batch: Condition) -> Iterator[tuple[int, str]]:
    chains: dict[int, list[AuditRecord]] = defaultdict(list)
    histories: dict[int, dict[int, str]] = defaultdict(dict)
    for record in (
        AuditRecord.select().where(in_batch(AuditRecord)).order_by(AuditRecord.dossier, AuditRecord.position)
    ):
        chains[record.dossier_id].append(record)
    for event in Event.select().where(in_batch(Event)):
        histories[event.dossier_id][event.id] = _content(event)
    for number in sorted(chains.keys() | histories.keys()):
        if reason := _first_fault(chains[number], histories[number]):
            yield number, reason


def _first_fault(records: Sequence[AuditRecord], events: Mapping[int, str]) -> str:
    if place := audit.broken((_entry(record), record.digest) for record in records):
        return f"record {place} is not as it was written"
    recorded = {
        record.facts["event"]: record.facts["content"]
        for record in records
        if record.action not in audit.BESIDE and record.facts
    }
    if changed := sorted(
        key for key in recorded.keys() | events.keys() if recorded.get(key) != events.get(key)
    ):
        return f"event {changed[0]} is not as it was written"
    return ""


def holds(dossier_id: int, position: int, digest: str) -> bool:
    """Return whether a chain still has, at a position, the digest that was exported earlier."""
    return (
        AuditRecord.select()
        .where(
            (AuditRecord.dossier == dossier_id)
            & (AuditRecord.position == position)
            & (AuditRecord.digest == digest)
        )
        .exists()
    )


def _entry(record: AuditRecord) -> audit.Entry:
    return audit.Entry(
        record.dossier_id,
        record.position,
        record.at,
        record.role,
        record.agent_id,
        record.service_id,
        record.action,
        record.facts,
        record.previous,
    )


def _content(event: Event) -> str:
    return audit.content(event.action, event.role, event.agent_id, event.at, event.reason, event.facts)
