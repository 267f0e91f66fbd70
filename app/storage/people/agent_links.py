"""Queries on the links and the recovery codes of agents."""

from collections.abc import Iterable
from datetime import datetime

from app.storage.models import Agent, AgentLink, RecoveryCode


def live(digest: str, purpose: str, now: datetime) -> AgentLink | None:
    """Return an unused link that has not expired, with its agent; None if the agent's access is closed."""
    found: AgentLink | None = (
        AgentLink.select(AgentLink, Agent)
        .join(Agent)
        .where(
            (AgentLink.digest == digest)
            & (AgentLink.purpose == purpose)
            & AgentLink.used_at.is_null()
            & (AgentLink.expires_at > now)
            & Agent.active
        )
        .first()
    )
    return found


def waiting(agent_id: int, purpose: str, now: datetime) -> AgentLink | None:
    """Return the last unused link of an agent for a purpose that has not expired."""
    condition = (AgentLink.agent == agent_id) & (AgentLink.purpose == purpose)
    unused = AgentLink.used_at.is_null() & (AgentLink.expires_at > now)
    found: AgentLink | None = (
        AgentLink.select().where(condition & unused).order_by(AgentLink.id.desc()).first()
    )
    return found


def spend(link_id: int, now: datetime) -> bool:
    """Use up a link; return False if another request has used it."""
    unused = (AgentLink.id == link_id) & AgentLink.used_at.is_null()
    return bool(AgentLink.update(used_at=now).where(unused).execute())


def spend_all(agent_id: int, now: datetime) -> None:
    """Use up every link of an agent."""
    unused = (AgentLink.agent == agent_id) & AgentLink.used_at.is_null()
    AgentLink.update(used_at=now).where(unused).execute()


def invited_until(agent_id: int, now: datetime) -> datetime | None:
    """Return when the last invitation of an agent expires, None if it has expired or was used."""
    found = waiting(agent_id, "invitation", now)
    return found.expires_at if found else None


def replace_recovery_codes(agent_id: int, salt: str, digests: Iterable[str]) -> None:
    """Replace an agent's recovery codes by these digests, made with this salt. Call it inside a transaction."""
    RecoveryCode.delete().where(RecoveryCode.agent == agent_id).execute()
    for digest in digests:
        RecoveryCode.create(agent=agent_id, salt=salt, digest=digest)


def recovery_salt(agent_id: int) -> str:
    """Return the salt of an agent's recovery codes, which were all made at once; "" without one."""
    code = RecoveryCode.select(RecoveryCode.salt).where(RecoveryCode.agent == agent_id).first()
    return str(code.salt) if code else ""


def spend_recovery_code(agent_id: int, digest: str) -> bool:
    """Use up a recovery code; return False if there is none with this digest."""
    same = (RecoveryCode.agent == agent_id) & (RecoveryCode.digest == digest)
    return bool(RecoveryCode.delete().where(same).execute())


def recovery_codes_left(agent_id: int) -> int:
    """How many recovery codes a member has."""
    return int(RecoveryCode.select().where(RecoveryCode.agent == agent_id).count())
