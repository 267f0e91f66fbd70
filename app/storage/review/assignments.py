"""Queries on dossiers that went from one hand to another, told to those who gave or got them without doing it."""

from collections.abc import Sequence
from datetime import datetime

from peewee import SQL, Expression, NodeList

from app.domain.actions import REASSIGNING
from app.domain.actions.review import TAKE
from app.storage.models import Agent, Dossier, Event

MOST = 20
_ACTIONS = sorted(REASSIGNING | {TAKE.key})  # who takes a dossier takes it from whom it was given to


def recent(agent: Agent, since: datetime) -> Sequence[Event]:
    """What colleagues gave to somebody, or took from them, since an instant: the latest first, with the dossier."""
    colleagues = Agent.select(Agent.id).where((Agent.service == agent.service_id) & (Agent.id != agent.id))
    concerned = (Event.facts["target_id"] == agent.id) | (Event.facts["origin_id"] == agent.id)
    # The plus keeps SQLite from walking through the service: the few acts of colleagues come first, by their index.
    of_service = Expression(NodeList((SQL("+"), Dossier.service)), "=", agent.service_id)
    return list(
        Event.select(Event, Dossier.id, Dossier.reference, Agent)
        .join(Dossier)
        .switch(Event)
        .join(Agent)
        .where(
            Event.agent.in_(colleagues)
            & Event.action.in_(_ACTIONS)
            & (Event.at >= since)
            & Event.facts.is_null(False)
            & concerned
            & of_service
        )
        .order_by(Event.id.desc())
        .limit(MOST)
    )
