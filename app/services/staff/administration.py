"""What an administrator does with accounts and services. Every act is told in the record of administration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from peewee import IntegrityError

from app.domain.agent_forms.administration import Access, AdminAction
from app.domain.dossiers.ranks import Rank
from app.domain.text import fold
from app.services.access import sessions
from app.services.staff import invitations
from app.storage.database import database
from app.storage.models import Agent, RecoveryCode, Service
from app.storage.people import administration as store
from app.storage.people import agent_links as links


class AddressTaken(Exception):
    """Somebody has this address already, or had."""


class LastAdministrator(Exception):
    """Nobody could administer the service any more."""


class NotNow(Exception):
    """The account is no longer as the page showed it."""


@dataclass(frozen=True)
class Place:
    """A rank and a service; None for an administrator's."""

    rank: Rank
    service: Service | None

    def facts(self) -> dict[str, str]:
        """What the record says of it."""
        return {"rank": str(self.rank), "service": self.service.code if self.service else ""}


@dataclass(frozen=True)
class AdminActor:
    """Who administers, and when. `by` is null at a terminal of the operator, who can always invite again."""

    by: Agent | None
    now: datetime

    def keep_one(self, leaving: Agent) -> None:
        """Refuse that the last administrator leaves. Raises LastAdministrator."""
        able = store.administrators_who_can_enter()
        if self.by is not None and list(able) == [leaving.id]:
            raise LastAdministrator


def place_of(member: Agent) -> Place:
    """Where somebody is."""
    return Place(Rank(member.rank), member.service)


def invite(name: str, email: str, place: Place, act: AdminActor) -> tuple[Agent, str]:
    """Make an account that opens nothing yet and send its invitation; the token of its link. AddressTaken."""
    try:
        with database.atomic():
            member = Agent.create(
                name=name,
                email=email,
                rank=str(place.rank),
                service=place.service,
                search=fold(name, email),
            )
            token = invitations.send(member, act.now)
            store.record(act.by, AdminAction.INVITED, act.now, subject=member, facts=place.facts())
    except IntegrityError:
        raise AddressTaken from None
    return member, token


def invite_again(member: Agent, act: AdminActor) -> str:
    """Send another invitation to who has not come in yet; the token of its link. NotNow."""
    with database.atomic():
        if store.access(store.member(member.id)) is not Access.INVITED:
            raise NotNow
        token = invitations.send(member, act.now)
        store.record(act.by, AdminAction.INVITED_AGAIN, act.now, subject=member)
    return token


def change(member: Agent, place: Place, act: AdminActor) -> None:
    """Give a rank and a service. LastAdministrator."""
    before = place_of(member)
    if before == place:
        return
    with database.atomic():
        if before.rank is Rank.ADMINISTRATOR and place.rank is not Rank.ADMINISTRATOR:
            act.keep_one(member)
        Agent.update(rank=str(place.rank), service=place.service).where(Agent.id == member.id).execute()
        facts = place.facts() | {f"{key}_before": value for key, value in before.facts().items()}
        store.record(act.by, AdminAction.CHANGED, act.now, subject=member, facts=facts)


def close(member: Agent, act: AdminActor) -> None:
    """Let somebody in no more: sessions, links and all. LastAdministrator, NotNow."""
    with database.atomic():
        act.keep_one(member)
        if not Agent.update(active=False).where((Agent.id == member.id) & Agent.active).execute():
            raise NotNow
        sessions.end_of_agent(member)
        links.spend_all(member.id, act.now)
        store.record(act.by, AdminAction.CLOSED, act.now, subject=member)


def reopen(member: Agent, act: AdminActor) -> None:
    """Let somebody in again, with what they had; who never came in is invited again. NotNow."""
    with database.atomic():
        if not Agent.update(active=True).where((Agent.id == member.id) & ~Agent.active).execute():
            raise NotNow
        store.record(act.by, AdminAction.OPENED, act.now, subject=member)
        if not member.password_hash:
            invitations.send(member, act.now)


def reset_second_factor(member: Agent, act: AdminActor) -> None:
    """For who has lost authenticator and recovery codes: everything begins anew, by an invitation.

    The password goes too: a mailbox and an old password must not be enough. LastAdministrator, NotNow.
    """
    with database.atomic():
        act.keep_one(member)
        open_one = (Agent.id == member.id) & Agent.active & (Agent.password_hash != "")
        if not Agent.update(password_hash="", totp_secret="").where(open_one).execute():
            raise NotNow
        sessions.end_of_agent(member)
        RecoveryCode.delete().where(RecoveryCode.agent == member).execute()
        invitations.send(member, act.now)
        store.record(act.by, AdminAction.RESET, act.now, subject=member)


def write_texts(service: Service, texts: Mapping[str, str], act: AdminActor) -> None:
    """Change what is said of a service; the record keeps what was said before."""
    changed = {key: text for key, text in texts.items() if getattr(service, key) != text}
    if not changed:
        return
    facts = {key: [getattr(service, key), text] for key, text in changed.items()}
    with database.atomic():
        Service.update(**changed).where(Service.id == service.id).execute()
        store.record(act.by, AdminAction.SERVICE, act.now, service=service, facts=facts)
