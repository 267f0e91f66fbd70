"""Queries on dossiers, named after the question they answer; ownership is part of each query."""

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
    """Somebody else moved the dossier first; `last` is what they did."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(dossier.reference or str(dossier.id))
        self.dossier = dossier


@compiled(Dossier)
def _draft(account_id: Any, journey: Any) -> Any:
    return Dossier.select().where(
        (Dossier.account == account_id) & (Dossier.journey == journey) & (Dossier.state == State.DRAFT)
    )


def draft(account_id: int, journey: str) -> Dossier | None:
    """The one draft of a person for a procedure."""
    return _draft.first(account_id, journey)


def latest_filed(account_id: int, journey: str) -> Dossier | None:
    """The last application a person filed in a procedure."""
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
    whole = Dossier.fields_without("answers", "sealed")
    return (
        Dossier.select(*whole, Service)
        .join(Service, JOIN.LEFT_OUTER)
        .where(Dossier.account == account_id)
        .order_by(Dossier.id.desc())
    )


def of_account(account_id: int) -> Sequence[Dossier]:
    """All dossiers of a person, the newest first, with their service and without their answers."""
    return _of_account.all(account_id)


def owned(account_id: int, reference: str) -> Dossier:
    """A filed dossier of this person; Dossier.DoesNotExist for anybody else's."""
    if not is_reference(reference):
        raise Dossier.DoesNotExist  # nor is it always a text that a database would take
    return (
        Dossier.select(Dossier, Service)
        .join(Service, JOIN.LEFT_OUTER)
        .where((Dossier.account == account_id) & (Dossier.reference == reference))
        .get()
    )


def in_service(service_id: int, reference: str) -> Dossier:
    """A dossier of this service; Dossier.DoesNotExist for another service's."""
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
    """A dossier and who it is of."""
    return Dossier.select(Dossier, Account).join(Account).where(Dossier.id == dossier_id).get()


def of_owner(account_id: int) -> Sequence[Dossier]:
    """Every dossier of a person, drafts too, kept from others until the transaction ends."""
    return list(row_lock(Dossier.select().where(Dossier.account == account_id).order_by(Dossier.id)))


def open_in(account_id: int, journey: str) -> Dossier | None:
    """The application of a person that a service is still deciding, in one procedure."""
    states = [str(state) for state in OPEN]
    mine = (Dossier.account == account_id) & (Dossier.journey == journey) & Dossier.state.in_(states)
    return Dossier.select().where(mine).order_by(Dossier.id.desc()).first()


def open_of(account_id: int) -> Sequence[Dossier]:
    """The open dossiers of a person with their service, kept from others until the transaction ends."""
    states = [str(state) for state in OPEN]
    mine = (Dossier.account == account_id) & Dossier.state.in_(states)
    return list(row_lock(Dossier.select().where(mine).order_by(Dossier.id)))


def identify(dossier_id: int, identity: dict[str, Any]) -> None:
    """Write what the register says now of the person."""
    Dossier.update(identity=identity).where(Dossier.id == dossier_id).execute()


def locked(dossier_id: int) -> Dossier:
    """The row as it is now, kept from others until the transaction ends."""
    return row_lock(Dossier.select().where(Dossier.id == dossier_id)).get()


_GIVEN = """SELECT slot FROM document WHERE dossier_id = {0} AND removed_at IS NULL
UNION SELECT slot FROM explanation WHERE dossier_id = {0}
UNION SELECT 'ephoto' FROM photo_code WHERE dossier_id = {0}"""


def received_keys(dossier_id: int) -> frozenset[str]:
    """The supporting documents that have a file or an explanation, and `ephoto` with a code."""
    rows = database.execute_sql(_GIVEN.format(int(dossier_id)))
    return frozenset(slot for (slot,) in rows.fetchall())


@compiled(Document)
def _documents(dossier_id: Any) -> Any:
    return (
        Document.select()
        .where((Document.dossier == dossier_id) & Document.removed_at.is_null())
        .order_by(Document.id)
    )


def documents(dossier_id: int) -> Sequence[Document]:
    """The files in force, oldest first."""
    return _documents.all(dossier_id)


def all_documents(dossier_id: int) -> Sequence[Document]:
    """Every file ever received, replaced ones too."""
    return list(Document.select().where(Document.dossier == dossier_id).order_by(Document.id))


def explanations(dossier_id: int) -> dict[str, str]:
    """Why documents are not there, by slot."""
    rows = Explanation.select(Explanation.slot, Explanation.text).where(Explanation.dossier == dossier_id)
    return {row.slot: row.text for row in rows}


def explained(dossier_id: int) -> Sequence[Explanation]:
    """The same with when each was written."""
    return list(Explanation.select().where(Explanation.dossier == dossier_id).order_by(Explanation.id))


def photo(dossier_id: int) -> PhotoCode | None:
    """The e-photo code given."""
    return PhotoCode.get_or_none(PhotoCode.dossier == dossier_id)


@compiled(Event)
def _events(dossier_id: Any) -> Any:
    return (
        Event.select(Event, Agent)
        .join(Agent, JOIN.LEFT_OUTER)
        .where(Event.dossier == dossier_id)
        .order_by(Event.id)
    )


def events(dossier_id: int) -> Sequence[Event]:
    """What happened, in order."""
    return _events.all(dossier_id)


@compiled(Event)
def _moves(dossier_id: Any) -> Any:
    return (
        Event.select(Event.id, Event.action, Event.at, Event.reason)
        .where(Event.dossier == dossier_id)
        .order_by(Event.id)
    )


def moves(dossier_id: int) -> Sequence[Event]:
    """What happened, in order: act, instant and reason, for the person concerned."""
    return _moves.all(dossier_id)


def needing_extension(day: date) -> Sequence[Dossier]:
    """Dossiers under review whose extension issues itself and whose rights end by that day: number and end."""
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
    """Make a move once: the update holds only from its origin, and one event tells it.

    Call it inside a transaction; raises StaleDossier when the dossier is no longer in the origin state.
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
    """Append one event that moves nothing, such as a certificate issued."""
    event = Event.create(
        dossier=dossier, action=action, role=str(role), agent=agent, at=now, reason=reason, facts=facts
    )
    audit.act(event, agent)
    return event


def next_number(series: str) -> int:
    """The next number of a series, without gaps inside committed transactions."""
    SequenceRow.insert(name=series, last=0).on_conflict_ignore().execute()
    SequenceRow.update(last=SequenceRow.last + 1).where(SequenceRow.name == series).execute()
    return int(SequenceRow.get_by_id(series).last)
