"""What came for an agent in the dossiers that they have: from the applicant, or the dossier itself from a colleague."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peewee import fn

from app.domain.actions.applicants import SUBMIT
from app.domain.actions.assignments import ASSIGN, PASS_ON
from app.domain.dossiers.states import Role
from app.storage.applications.audit import READINGS
from app.storage.models import Agent, AuditRecord, Dossier, Event

GIVEN = frozenset({ASSIGN.key, PASS_ON.key})


def _came(agent_id: int) -> Any:
    """Return the condition of an event that an agent did not make and wants to know of."""
    by_applicant = (Event.role == str(Role.APPLICANT)) & (Event.action != SUBMIT.key)
    return by_applicant | (Event.action.in_(sorted(GIVEN)) & (Event.agent != agent_id))


def unread(agent_id: int) -> Any:
    """Return the condition of a dossier of an agent in which something came since they last opened it."""
    opened = AuditRecord.select(AuditRecord.id).where(
        (AuditRecord.dossier == Event.dossier)
        & (AuditRecord.agent == agent_id)
        & AuditRecord.action.in_(READINGS)
        & (AuditRecord.at >= Event.at)
    )
    came = Event.select(Event.id).where((Event.dossier == Dossier.id) & _came(agent_id) & ~fn.EXISTS(opened))
    return (Dossier.agent == agent_id) & fn.EXISTS(came)


def unread_among(agent_id: int, dossier_ids: Sequence[int]) -> frozenset[int]:
    """Return those of the dossiers in which something came for their agent."""
    rows = Dossier.select(Dossier.id).where(Dossier.id.in_(dossier_ids) & unread(agent_id))
    return frozenset(row.id for row in rows)


def since(agent_id: int, after: datetime, until: datetime) -> Mapping[str, int]:
    """Count what came for an agent between two instants, by action."""
    rows = (
        Event.select(Event.action)
        .join(Dossier)
        .where((Dossier.agent == agent_id) & _came(agent_id) & (Event.at > after) & (Event.at <= until))
    )
    return Counter(row.action for row in rows)


def to_mail(before: datetime) -> Sequence[Agent]:
    """Return the agents of a service that chose the daily mail and got none since an instant."""
    return list(
        Agent.select().where(
            Agent.daily_mail
            & Agent.active
            & (Agent.password_hash != "")
            & Agent.service.is_null(False)
            & (Agent.mailed_at.is_null() | (Agent.mailed_at < before))
        )
    )
