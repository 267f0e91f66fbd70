"""Conditions of the actions on a dossier, beside its state and the agent's roles."""

from app.domain.actions.action import TransitionConditions
from app.domain.dossiers.states import extends
from app.services.applications.applicant_overview import journey_of
from app.services.applications.dossiers import pending
from app.storage.applications import complements
from app.storage.models import Agent, Dossier


def conditions_of(dossier: Dossier, agent: Agent) -> TransitionConditions:
    """Return the conditions of a dossier of the agent's service, as it is in the database."""
    journey = journey_of(dossier)
    another = pending(dossier.account_id, journey)
    return TransitionConditions(
        with_card=dossier.with_card,
        wants_time=complements.wants_time(dossier.id),
        alone=another is None or another.id == dossier.id,
        in_charge=dossier.agent_id == agent.id,
        extended=extends(dossier.in_time, dossier.extension) if journey.deadline.extends else None,
    )
