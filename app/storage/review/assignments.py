"""Queries on assignments of dossiers made by colleagues."""

from collections.abc import Sequence
from datetime import datetime

from peewee import SQL, Expression, NodeList

from app.domain.actions import REASSIGNING
from app.domain.actions.review import TAKE
from app.storage.models import Agent, Dossier, Event

MOST = 20
_ACTIONS = sorted(REASSIGNING | {TAKE.key})  # taking a dossier also takes it from the agent in charge


def recent(agent: Agent, since: datetime) -> Sequence[Event]:
    """Return assignments to or from an agent that colleagues made since an instant, newest first, with the dossier."""
    colleagues = Agent.select(Agent.id).where((Agent.service == agent.service_id) & (Agent.id != agent.id))
    concerned = (Event.facts["target_id"] == agent.id) | (Event.facts["origin_id"] == agent.id)
    # The unary plus keeps SQLite from scanning the service's dossiers: the index on colleagues' few acts comes first.
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
