"""Queries on the links and the recovery codes that members of the agents' side are given."""

from collections.abc import Iterable
from datetime import datetime

from app.storage.models import Agent, AgentLink, RecoveryCode


def live(digest: str, purpose: str, now: datetime) -> AgentLink | None:
    """A link not used and not too old, with its owner, whose access is not closed."""
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
    """The last link of a member for a purpose, not used and not too old."""
    mine = (AgentLink.agent == agent_id) & (AgentLink.purpose == purpose)
    unused = AgentLink.used_at.is_null() & (AgentLink.expires_at > now)
    found: AgentLink | None = AgentLink.select().where(mine & unused).order_by(AgentLink.id.desc()).first()
    return found


def spend(link_id: int, now: datetime) -> bool:
    """Use a link up; False when somebody did a moment before."""
    unused = (AgentLink.id == link_id) & AgentLink.used_at.is_null()
    return bool(AgentLink.update(used_at=now).where(unused).execute())


def spend_all(agent_id: int, now: datetime) -> None:
    """No link of a member works any more."""
    unused = (AgentLink.agent == agent_id) & AgentLink.used_at.is_null()
    AgentLink.update(used_at=now).where(unused).execute()


def invited_until(agent_id: int, now: datetime) -> datetime | None:
    """Until when the last invitation of a member works; None once it does not."""
    found = waiting(agent_id, "invitation", now)
    return found.expires_at if found else None


def replace_recovery_codes(agent_id: int, digests: Iterable[str]) -> None:
    """Keep these codes, and none of before; call it inside a transaction."""
    RecoveryCode.delete().where(RecoveryCode.agent == agent_id).execute()
    for digest in digests:
        RecoveryCode.create(agent=agent_id, digest=digest)


def spend_recovery_code(agent_id: int, digest: str) -> bool:
    """Use a recovery code up; False where there is none such."""
    same = (RecoveryCode.agent == agent_id) & (RecoveryCode.digest == digest)
    return bool(RecoveryCode.delete().where(same).execute())


def recovery_codes_left(agent_id: int) -> int:
    """How many recovery codes a member has."""
    return int(RecoveryCode.select().where(RecoveryCode.agent == agent_id).count())
