"""Conditions that filter the queue: agent in charge, end of rights, marks."""

from datetime import date
from enum import StrEnum
from typing import Any

from peewee import fn

from app.storage.applications import complements
from app.storage.models import Agent, Complement, Dossier, Transfer


class Mark(StrEnum):
    """Properties of a dossier independent of its state; the values appear in URLs."""

    LATE = "hors-delai"  # filed out of time
    ANSWERED = "repondu"  # a request for documents was answered
    MOVED_IN = "arrive"  # came from another service


UNASSIGNED = "0"  # in place of an agent's id: dossiers without agent


def unassigned(service_id: int) -> Any:
    """Return the condition of a dossier without agent, or whose agent is no longer of the service."""
    members = Agent.select(Agent.id).where((Agent.service == service_id) & Agent.active)
    return Dossier.agent.is_null() | Dossier.agent.not_in(members)


def conditions(service_id: int, agent: str, ends_by: date | None, marks: frozenset[Mark]) -> list[Any]:
    """Return the conditions of the filters, all of which must hold.

    `agent` is an agent's id, UNASSIGNED for dossiers without agent, or "" for any; `ends_by` is the last day of rights.
    """
    found = _marked(service_id, marks)
    if agent == UNASSIGNED:
        found.append(unassigned(service_id))
    elif agent.isdecimal():
        found.append(Dossier.agent == int(agent))
    if ends_by:
        found.append(Dossier.rights_end <= ends_by)
    return found


def overdue(today: date) -> Any:
    """Return the condition of a request for documents that is unanswered after its date."""
    return _exists(Complement, Complement.answered_at.is_null() & (Complement.due_on < today))


def time_asked() -> Any:
    """Return the condition of a request for more time without an answer."""
    return _exists(Complement, complements.waiting_for_time())


def _marked(service_id: int, marks: frozenset[Mark]) -> list[Any]:
    meanings = {
        Mark.LATE: ~Dossier.in_time,
        Mark.ANSWERED: _exists(Complement, Complement.answered_at.is_null(False)),
        Mark.MOVED_IN: _exists(Transfer, Transfer.target == service_id),
    }
    return [meanings[mark] for mark in sorted(marks)]


def _exists(table: Any, condition: Any) -> Any:
    return fn.EXISTS(table.select(table.id).where((table.dossier == Dossier.id) & condition))
