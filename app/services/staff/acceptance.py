"""A second person for what one administrator gives: accounts that read dossiers, or administer.

Without it, an administrator would make a second address of theirs a reader of dossiers. The supervisors of the service
accept; where it has none, and for administrators, another administrator; where there is none either, the command line.
"""

from collections.abc import Sequence
from datetime import datetime

from app.domain.agent_forms.administration import AdminAction
from app.domain.dossiers.ranks import Rank
from app.services.access import sessions
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Agent, Service
from app.storage.people import administration as store
from app.storage.people import agent_links as links
from app.storage.people import agents


class NotTheirs(Exception):
    """Raised when a person may not decide on an account: it waits for nothing, or for others."""


def opens_more(rank: Rank, service: Service | None, before: Agent | None) -> bool:
    """Return whether a place shows dossiers, or accounts, that the one before did not show."""
    if before is None:
        return True
    if service is not None:
        return bool(before.service_id != service.id)
    return rank is Rank.ADMINISTRATOR and before.rank != Rank.ADMINISTRATOR


def propose(member: Agent, by: Agent, now: datetime) -> None:
    """Close what a place opens until a second person accepts it, and tell its judges. Call it inside a transaction."""
    Agent.update(proposed_at=now).where(Agent.id == member.id).execute()
    sessions.end_all(member)
    service = member.service.name if member.service else ""
    facts = {"name": member.name, "by": by.name, "service": service}
    for person in judges(member, by.id):
        emails.write("staff/newcomer", person.email, person.language, facts, now)


def judges(member: Agent, proposer_id: int | None) -> Sequence[Agent]:
    """Return the people that can accept an account: never its own holder, nor the administrator that proposed it."""
    return [person for person in agents.answerable_for(member) if person.id != proposer_id]


def waiting_for(person: Agent) -> Sequence[Agent]:
    """Return the accounts that a person can accept, the oldest proposal first."""
    return [
        member
        for member in store.proposed()
        if person.id in {judge.id for judge in judges(member, store.proposer_id(member.id))}
    ]


def accept(member: Agent, by: Agent | None, now: datetime) -> None:
    """Open an account for good; `by` is None for the command line. Raises NotTheirs."""
    with database.atomic():
        _require_judge(member, by)
        Agent.update(proposed_at=None).where(Agent.id == member.id).execute()
        store.record(by, AdminAction.ACCEPTED, now, subject=member)
        emails.write("staff/accepted", member.email, member.language, {}, now)


def decline(member: Agent, by: Agent, now: datetime) -> None:
    """Close an account that was proposed; its proposer is told. Raises NotTheirs.

    It stays proposed: opened again by an administrator, it opens nothing.
    """
    with database.atomic():
        _require_judge(member, by)
        proposer = store.by_id(store.proposer_id(member.id))
        Agent.update(active=False).where(Agent.id == member.id).execute()
        sessions.end_all(member)
        links.spend_all(member.id, now)
        store.record(by, AdminAction.DECLINED, now, subject=member)
        if proposer is not None:
            facts = {"name": member.name, "by": by.name}
            emails.write("staff/declined", proposer.email, proposer.language, facts, now)


def _require_judge(member: Agent, by: Agent | None) -> None:
    """Lock an account and raise NotTheirs unless it waits, and for this person."""
    agents.lock(member.id)
    waits = store.member(member.id)
    if waits.proposed_at is None or not waits.active:
        raise NotTheirs
    if by is not None and by.id not in {judge.id for judge in judges(waits, store.proposer_id(waits.id))}:
        raise NotTheirs
