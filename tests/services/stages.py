"""Dossiers that went through their stages on given days, by the moves themselves."""

from datetime import datetime, timedelta

from app.domain.actions import ACTIONS
from app.domain.dossiers.states import Role, State
from app.storage.applications import dossiers
from app.storage.models import Agent, Dossier, Service
from tests import factories
from tests.fixtures import NOON

DECIDED = (("take", 10), ("approve", 30))


def went(
    steps: tuple[tuple[str, int], ...] = DECIDED,
    of: Service | None = None,
    agent: Agent | None = None,
    end: datetime = NOON,
    journey: str = "etudiant",
) -> Dossier:
    """A dossier whose moves each came so many days after the filing; the last of them at `end`."""
    place = of or factories.service()
    hand = agent or factories.agent(place)
    filed = end - timedelta(days=steps[-1][1] if steps else 0)
    dossier = factories.draft(journey=journey, service=place, agent=hand)
    _move(
        dossier,
        "submit",
        filed,
        None,
        reference=f"test-{dossier.id}",
        filed_on=factories.today(filed),
        sealed={},
    )
    for action, days in steps:
        by = None if action in ("answer", "collect", "withdraw") else hand
        _move(dossier, action, filed + timedelta(days=days), by)
    return Dossier.get_by_id(dossier.id)


def _move(dossier: Dossier, action: str, at: datetime, agent: Agent | None, **columns: object) -> None:
    roles = (Role.AGENT, Role.SUPERVISOR) if agent else (Role.APPLICANT,)
    move = ACTIONS[action].transition(State(dossier.state), *roles)
    dossiers.transition(dossier, move, at, agent=agent, **columns)
