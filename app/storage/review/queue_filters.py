"""What narrows the queue beyond its lists: the conditions, each a part of the one query."""

from datetime import date
from enum import StrEnum
from typing import Any

from peewee import fn

from app.storage.models import Agent, Complement, Dossier, Transfer


class Mark(StrEnum):
    """What can be said of a dossier whatever its state; the values are the keys of addresses."""

    LATE = "hors-delai"  # filed out of time
    ANSWERED = "repondu"  # a request for documents was answered
    MOVED_IN = "arrive"  # came from another service


NOBODY = "0"  # in place of an agent's number: dossiers that nobody has


def unassigned(service_id: int) -> Any:
    """The condition of a dossier that nobody has, or somebody who is no longer of its service."""
    members = Agent.select(Agent.id).where((Agent.service == service_id) & Agent.active)
    return Dossier.agent.is_null() | Dossier.agent.not_in(members)


def conditions(service_id: int, agent: str, ends_by: date | None, marks: frozenset[Mark]) -> list[Any]:
    """All of which hold: in whose hands (a number, NOBODY, or empty for any), rights that end by a day, marks."""
    found = _marked(service_id, marks)
    if agent == NOBODY:
        found.append(unassigned(service_id))
    elif agent.isdecimal():
        found.append(Dossier.agent == int(agent))
    if ends_by:
        found.append(Dossier.rights_end <= ends_by)
    return found


def _marked(service_id: int, marks: frozenset[Mark]) -> list[Any]:
    meaning = {
        Mark.LATE: ~Dossier.in_time,
        Mark.ANSWERED: _exists(Complement, Complement.answered_at.is_null(False)),
        Mark.MOVED_IN: _exists(Transfer, Transfer.target == service_id),
    }
    return [meaning[mark] for mark in sorted(marks)]


def _exists(table: Any, condition: Any) -> Any:
    return fn.EXISTS(table.select(table.id).where((table.dossier == Dossier.id) & condition))
