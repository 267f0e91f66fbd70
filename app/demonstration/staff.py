"""Agents of the demonstration."""

from dataclasses import dataclass
from datetime import datetime

from app.demonstration.people import PASSWORD
from app.domain.dossiers.ranks import Rank
from app.domain.text import fold
from app.services.access.passwords import hash_password
from app.services.staff.administration import AdminActor, Place, invite
from app.storage.models import Agent, Service

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class DemoAgent:
    """An invented agent; `service` is a code, "" for an administrator."""

    email: str
    name: str
    service: str
    note: str
    rank: Rank = Rank.AGENT


AGENTS: tuple[DemoAgent, ...] = (
    DemoAgent("agent.lyon@exemple.fr", "C. Perrin (démo)", "69", "service of Lyon"),
    DemoAgent("agent2.lyon@exemple.fr", "S. Marchand (démo)", "69", "service of Lyon"),
    DemoAgent("responsable.lyon@exemple.fr", "N. Bertin (démo)", "69", "supervisor of Lyon", Rank.SUPERVISOR),
    DemoAgent("agent.paris@exemple.fr", "A. Morel (démo)", "75", "service of Paris"),
    DemoAgent(
        "admin@exemple.fr", "M. Vidal (démo)", "", "administrator, accounts and services", Rank.ADMINISTRATOR
    ),
)


def make_agents(services: dict[str, Service]) -> dict[str, Agent]:
    """Create the agents and return the first of each service, by its code."""
    made: dict[str, Agent] = {}
    digest = hash_password(PASSWORD)
    for invented in AGENTS:
        agent = Agent.create(
            service=services.get(invented.service),
            rank=str(invented.rank),
            email=invented.email,
            name=invented.name,
            search=fold(invented.name, invented.email),
            password_hash=digest,
            totp_secret=TOTP_SECRET,
        )
        made.setdefault(invented.service, agent)
    return made


def invite_colleague(administrator: Agent, service: Service, now: datetime) -> None:
    """Invite a colleague, without a sign-in yet; the invitation is among the demonstration's e-mails."""
    place = Place(Rank.AGENT, service)
    invite("J. Petit (démo)", "invite.lyon@exemple.fr", place, AdminActor(administrator, now))
