"""Conditions of the actions on a dossier, beside its state and the agent's roles."""

from datetime import datetime, timedelta

from app.domain.actions.action import TransitionConditions
from app.domain.dossiers.decisions import Granted
from app.domain.dossiers.states import GRANTED_STATES, OPEN, Role, State, extends
from app.domain.rules.calendar import paris_day, start_of_day
from app.domain.rules.parameters import UNDO_HOURS
from app.domain.rules.rights import Situation
from app.services.applications.applicant_overview import journey_of
from app.services.applications.dossiers import pending
from app.services.staff.agents import roles_of
from app.storage.applications import attestations, complements
from app.storage.models import Agent, Dossier
from app.storage.review import dossier_view


def conditions_of(dossier: Dossier, agent: Agent, now: datetime) -> TransitionConditions:
    """Return the conditions of a dossier of the agent's service, as it is in the database."""
    journey = journey_of(dossier)
    wants_time = complements.wants_time(dossier.id)
    another = pending(dossier.account_id, journey)
    return TransitionConditions(
        with_card=dossier.with_card,
        wants_time=wants_time,
        silent=_silent(dossier, now) and not wants_time,
        alone=another is None or another.id == dossier.id,
        in_charge=dossier.agent_id == agent.id,
        extended=extends(dossier.in_time, dossier.extension) if journey.deadline.extends else None,
        decided=dossier.decision is not None,
        granted=Granted.from_json(dossier.decision) is not None,
        uncertified=_uncertified(dossier),
        first=journey.situation is Situation.FIRST and journey.deadline.extends,
        held=bool(dossier.on_hold),
        own_step=_own_step(dossier, agent, now),
    )


def _silent(dossier: Dossier, now: datetime) -> bool:
    """Return whether a request for documents waits, and its applicant was not written to about it today."""
    if dossier.state != State.COMPLEMENT_REQUESTED:
        return False
    told = complements.last_told(dossier.id)
    return told is not None and told < start_of_day(paris_day(now))


def _uncertified(dossier: Dossier) -> bool:
    """Return whether the decision in force has no certificate although the procedure gives one."""
    kind = journey_of(dossier).on_approval
    if dossier.state not in GRANTED_STATES or kind is None or not dossier.identity["foreign_number"]:
        return False
    certificates = attestations.listed(dossier.id)
    return not any(issued.kind == kind and issued.revoked_at is None for issued in certificates)


def _own_step(dossier: Dossier, agent: Agent, now: datetime) -> bool:
    """Return whether the agent made the last step within UNDO_HOURS, or is a supervisor."""
    if Role.SUPERVISOR in roles_of(agent):
        return True
    if dossier.state in OPEN:  # no query for the many: no step of theirs is taken back so
        return False
    last = dossier_view.last_step(dossier.id)
    recent = timedelta(hours=UNDO_HOURS.on(paris_day(now)))
    return last is not None and last.agent_id == agent.id and now - last.at <= recent
