"""Queries on dossiers and their state transitions; ownership is part of each query."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from peewee import JOIN

from app.domain.dossiers.states import OPEN, Role, State, Transition
from app.domain.rules.identifiers import is_reference
from app.storage.applications import audit, rights_coverage, stages
from app.storage.compiled_queries import compiled
from app.storage.database import database, row_lock
from app.storage.models import (
    Account,
    Agent,
    Document,
    Dossier,
    Event,
    Explanation,
    PhotoCode,
    Service,
)
from app.storage.models import (
    Sequence as SequenceRow,
)
from app.storage.models.dossiers import in_states


class StaleDossier(Exception):
    """Raised when the dossier is no longer in the state a transition starts from; `dossier` is its current row."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(dossier.reference or str(dossier.id))
        self.dossier = dossier


@compiled(Dossier)
def _draft(account_id: Any, journey: Any) -> Any:
    return Dossier.select().where(
        (Dossier.account == account_id) & (Dossier.journey == journey) & in_states({State.DRAFT})
    )


def draft(account_id: int, journey: str) -> Dossier | None:
    """Return an applicant's draft for a procedure, None if there is none."""
    return _draft.first(account_id, journey)


def latest_filed(account_id: int, journey: str) -> Dossier | None:
    """Return the last application an applicant filed in a procedure."""
    return (
        Dossier.select()
        .where(
            (Dossier.account == account_id) & (Dossier.journey == journey) & Dossier.reference.is_null(False)
        )
        .order_by(Dossier.id.desc())
        .first()
    )


@compiled(Dossier)
def _of_account(account_id: Any) -> Any:
    columns = Dossier.fields_without("answers", "sealed")
    return (
        Dossier.select(*columns, Service)
        .join(Service, JOIN.LEFT_OUTER)
        .where(Dossier.account == account_id)
        .order_by(Dossier.id.desc())
    )


def of_account(account_id: int) -> Sequence[Dossier]:
    """Return all dossiers of an applicant, newest first, with their service and without their answers."""
    return _of_account.all(account_id)


def owned(account_id: int, reference: str) -> Dossier:
    """Return a filed dossier of an applicant by its reference; Dossier.DoesNotExist if it is not theirs."""
    if not is_reference(reference):
        raise Dossier.DoesNotExist  # PostgreSQL rejects text with NUL bytes
    return (
        Dossier.select(Dossier, Service)
        .join(Service, JOIN.LEFT_OUTER)
        .where((Dossier.account == account_id) & (Dossier.reference == reference))
        .get()
    )


def in_service(service_id: int, reference: str) -> Dossier:
    """Return a dossier of a service by its reference; Dossier.DoesNotExist if it is another service's."""
    return (
        Dossier.select(Dossier, Account, Service, Agent)
        .join(Account)
        .switch(Dossier)
        .join(Service)
        .switch(Dossier)
        .join(Agent, JOIN.LEFT_OUTER)
        .where((Dossier.service == service_id) & (Dossier.reference == reference))
        .get()
    )


def with_account(dossier_id: int) -> Dossier:
    """Return a dossier with its account."""
    return Dossier.select(Dossier, Account).join(Account).where(Dossier.id == dossier_id).get()


def whole(dossier_id: int) -> Dossier:
    """Return a dossier with all its columns, answers included."""
    return Dossier.get_by_id(dossier_id)


def of_owner(account_id: int) -> Sequence[Dossier]:
    """Return every dossier of an applicant, drafts included, locked until the transaction ends."""
    return list(row_lock(Dossier.select().where(Dossier.account == account_id).order_by(Dossier.id)))


def all_of_owner(account_id: int) -> Sequence[Dossier]:
    """Return every dossier of an applicant, drafts included, with their answers, oldest first."""
    return list(Dossier.select().where(Dossier.account == account_id).order_by(Dossier.id))


def open_in(account_id: int, journey: str) -> Dossier | None:
    """Return an applicant's open dossier in a procedure, the newest if there are several."""
    states = [str(state) for state in OPEN]
    condition = (Dossier.account == account_id) & (Dossier.journey == journey) & Dossier.state.in_(states)
    return Dossier.select().where(condition).order_by(Dossier.id.desc()).first()


def open_of(account_id: int) -> Sequence[Dossier]:
    """Return an applicant's open dossiers, locked until the transaction ends."""
    states = [str(state) for state in OPEN]
    condition = (Dossier.account == account_id) & Dossier.state.in_(states)
    return list(row_lock(Dossier.select().where(condition).order_by(Dossier.id)))


def identify(dossier_id: int, identity: dict[str, Any]) -> None:
    """Replace the identity kept with a dossier by the register's present record."""
    Dossier.update(identity=identity).where(Dossier.id == dossier_id).execute()


def locked(dossier_id: int) -> Dossier:
    """Return the row as it is now, locked until the transaction ends."""
    return row_lock(Dossier.select().where(Dossier.id == dossier_id)).get()


_RECEIVED = """SELECT slot FROM document WHERE dossier_id = {0} AND removed_at IS NULL
UNION SELECT slot FROM explanation WHERE dossier_id = {0}
UNION SELECT 'ephoto' FROM photo_code WHERE dossier_id = {0} AND state IN ('not_arrived', 'ready')"""


def received_keys(dossier_id: int) -> frozenset[str]:
    """Return the keys of documents that have a file or an explanation, and `ephoto` with a usable code."""
    rows = database.execute_sql(_RECEIVED.format(int(dossier_id)))
    return frozenset(slot for (slot,) in rows.fetchall())


@compiled(Document)
def _documents(dossier_id: Any) -> Any:
    return (
        Document.select()
        .where((Document.dossier == dossier_id) & Document.removed_at.is_null())
        .order_by(Document.id)
    )


def documents(dossier_id: int) -> Sequence[Document]:
    """Return the files in force, oldest first."""
    return _documents.all(dossier_id)


def all_documents(dossier_id: int) -> Sequence[Document]:
    """Return every file ever received, replaced ones included, oldest first."""
    return list(Document.select().where(Document.dossier == dossier_id).order_by(Document.id))


def explanations(dossier_id: int) -> dict[str, str]:
    """Return the explanations of missing documents, by document key."""
    rows = Explanation.select(Explanation.slot, Explanation.text).where(Explanation.dossier == dossier_id)
    return {row.slot: row.text for row in rows}


def explained(dossier_id: int) -> Sequence[Explanation]:
    """Return the explanations of missing documents as rows, with the instant of each."""
    return list(Explanation.select().where(Explanation.dossier == dossier_id).order_by(Explanation.id))


@compiled(PhotoCode)
def _photo(dossier_id: Any) -> Any:
    return PhotoCode.select().where(PhotoCode.dossier == dossier_id)


def photo(dossier_id: int) -> PhotoCode | None:
    """Return the e-photo code of a dossier, None if there is none."""
    return _photo.first(dossier_id)


@compiled(Event)
def _events(dossier_id: Any) -> Any:
    return (
        Event.select(Event, Agent)
        .join(Agent, JOIN.LEFT_OUTER)
        .where(Event.dossier == dossier_id)
        .order_by(Event.id)
    )


def events(dossier_id: int) -> Sequence[Event]:
    """Return the events of a dossier in order, each with its agent."""
    return _events.all(dossier_id)


def has_event(dossier_id: int, action: str) -> bool:
    """Return whether something happened to a dossier."""
    return bool(Event.select().where((Event.dossier == dossier_id) & (Event.action == action)).exists())


@compiled(Event)
def _moves(dossier_id: Any) -> Any:
    return (
        Event.select(Event.id, Event.action, Event.at, Event.reason)
        .where(Event.dossier == dossier_id)
        .order_by(Event.id)
    )


def moves(dossier_id: int) -> Sequence[Event]:
    """Return the events of a dossier in order, with action, instant and reason only, for the applicant."""
    return _moves.all(dossier_id)


def needing_extension(day: date) -> Sequence[Dossier]:
    """Return dossiers to extend: under review, extended automatically, with rights that end on `day` or before.

    Only their id and `rights_end` are read; earliest end first.
    """
    reviewed = in_states(OPEN) & (Dossier.state != str(State.FILED))
    return list(
        Dossier.select(Dossier.id, Dossier.rights_end)
        .where(rights_coverage.extends() & reviewed & (Dossier.rights_end <= day))
        .order_by(Dossier.rights_end)
    )


def transition(
    dossier: Dossier,
    move: Transition,
    now: datetime,
    *,
    agent: Agent | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    **columns: Any,
) -> Event:
    """Change the state of a dossier and append the event, only if it is still in the state the move starts from.

    Other `columns` are updated with it. Call it inside a transaction; StaleDossier is raised if another request has
    moved the dossier.
    """
    moved = (
        Dossier.update(state=str(move.target), saved_at=now, **columns)
        .where((Dossier.id == dossier.id) & (Dossier.state == str(move.origin)))
        .execute()
    )
    if not moved:
        raise StaleDossier(Dossier.get_by_id(dossier.id))
    dossier.state = str(move.target)
    for name, value in columns.items():
        setattr(dossier, name, value)
    event = append_event(dossier, move.action, move.role, now, agent=agent, reason=reason, facts=facts)
    stages.note(dossier, move, event)
    return event


def append_event(
    dossier: Dossier,
    action: str,
    role: Role,
    now: datetime,
    *,
    agent: Agent | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> Event:
    """Append an event and its audit record without a state change, such as a certificate issued."""
    event = Event.create(
        dossier=dossier, action=action, role=str(role), agent=agent, at=now, reason=reason, facts=facts
    )
    audit.act(event, agent)
    return event


def next_number(series: str) -> int:
    """Return the next number of a series; a series has no gaps once its transactions are committed."""
    SequenceRow.insert(name=series, last=0).on_conflict_ignore().execute()
    SequenceRow.update(last=SequenceRow.last + 1).where(SequenceRow.name == series).execute()
    return int(SequenceRow.get_by_id(series).last)
