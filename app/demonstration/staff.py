"""The agents' side of the demonstration."""

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
    """An invented member of the agents' side; `service` is empty for an administrator."""

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
    """The agents, by service; the first of each handles the stories."""
    made: dict[str, Agent] = {}
    digest = hash_password(PASSWORD)
    for one in AGENTS:
        agent = Agent.create(
            service=services.get(one.service),
            rank=str(one.rank),
            email=one.email,
            name=one.name,
            search=fold(one.name, one.email),
            password_hash=digest,
            totp_secret=TOTP_SECRET,
        )
        made.setdefault(one.service, agent)
    return made


def invite_somebody(administrator: Agent, service: Service, now: datetime) -> None:
    """A colleague who has not come in yet: their invitation is among the letters of the demonstration."""
    place = Place(Rank.AGENT, service)
    invite("J. Petit (démo)", "invite.lyon@exemple.fr", place, AdminActor(administrator, now))
