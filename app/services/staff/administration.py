"""Administration of agents' accounts and of services; every action is added to the administration record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from peewee import IntegrityError

from app.domain.agent_forms.administration import Access, AdminAction
from app.domain.dossiers.ranks import Rank
from app.domain.text import fold
from app.services import passkeys
from app.services.access import sessions
from app.services.access.refusals import AddressTaken
from app.services.staff import acceptance, invitations
from app.storage.database import database, row_lock
from app.storage.models import Agent, RecoveryCode, Service
from app.storage.people import administration as store
from app.storage.people import agent_links as links


class LastAdministrator(Exception):
    """Raised when an action would leave no administrator able to sign in."""


class NotNow(Exception):
    """Raised when the account changed since the page was shown."""


@dataclass(frozen=True)
class Place:
    """A rank and the service it applies to; an administrator has no service."""

    rank: Rank
    service: Service | None

    def facts(self) -> dict[str, str]:
        """Return rank and service code as facts of the administration record."""
        return {"rank": str(self.rank), "service": self.service.code if self.service else ""}


@dataclass(frozen=True)
class AdminActor:
    """The administrator that acts, and when; `by` is None when run from the command line."""

    by: Agent | None
    now: datetime

    def require_another_administrator(self, leaving: Agent) -> None:
        """Raise LastAdministrator if no other administrator can sign in; not from the command line, which can invite."""
        able = store.administrators_who_can_enter()
        if self.by is not None and list(able) == [leaving.id]:
            raise LastAdministrator


def place_of(member: Agent) -> Place:
    """Return the rank and service of an agent."""
    return Place(Rank(member.rank), member.service)


def invite(name: str, email: str, place: Place, act: AdminActor) -> tuple[Agent, str]:
    """Create an account and send its invitation; return the account and the token of the link.

    The account cannot sign in before the invitation was followed and, where an administrator gave it, a second person
    has accepted it. Raises AddressTaken.
    """
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
            if act.by is not None:
                acceptance.propose(member, act.by, act.now)
    except IntegrityError:
        raise AddressTaken from None
    return member, token


def invite_again(member: Agent, act: AdminActor) -> str:
    """Send another invitation, if the first was not accepted, and return its token. Raises NotNow."""
    with database.atomic():
        if store.access(store.member(member.id)) is not Access.INVITED:
            raise NotNow
        token = invitations.send(member, act.now)
        store.record(act.by, AdminAction.INVITED_AGAIN, act.now, subject=member)
    return token


def change(member: Agent, place: Place, act: AdminActor) -> None:
    """Change the rank and service of an agent; what this opens waits for a second person. Raises LastAdministrator."""
    before = place_of(member)
    if before == place:
        return
    with database.atomic():
        if before.rank is Rank.ADMINISTRATOR and place.rank is not Rank.ADMINISTRATOR:
            act.require_another_administrator(member)
        Agent.update(rank=str(place.rank), service=place.service).where(Agent.id == member.id).execute()
        facts = place.facts() | {f"{key}_before": value for key, value in before.facts().items()}
        store.record(act.by, AdminAction.CHANGED, act.now, subject=member, facts=facts)
        if act.by is not None and acceptance.opens_more(place.rank, place.service, member):
            acceptance.propose(store.member(member.id), act.by, act.now)


def close(member: Agent, act: AdminActor) -> None:
    """Close an account and end its sessions and links. Raises LastAdministrator, NotNow."""
    with database.atomic():
        act.require_another_administrator(member)
        if not Agent.update(active=False).where((Agent.id == member.id) & Agent.active).execute():
            raise NotNow
        sessions.end_all(member)
        links.spend_all(member.id, act.now)
        store.record(act.by, AdminAction.CLOSED, act.now, subject=member)


def reopen(member: Agent, act: AdminActor) -> None:
    """Reopen a closed account with its password and codes; invite again an agent without password. Raises NotNow."""
    with database.atomic():
        if not Agent.update(active=True).where((Agent.id == member.id) & ~Agent.active).execute():
            raise NotNow
        store.record(act.by, AdminAction.OPENED, act.now, subject=member)
        if not member.password_hash:
            invitations.send(member, act.now)


def reset_second_factor(member: Agent, act: AdminActor) -> None:
    """Erase password, authenticator, passkeys and recovery codes of an account and send a new invitation.

    The password is erased too: access to the mailbox and an old password must not be enough.
    Raises LastAdministrator, NotNow.
    """
    with database.atomic():
        act.require_another_administrator(member)
        active = (Agent.id == member.id) & Agent.active & (Agent.password_hash != "")
        if not Agent.update(password_hash="", totp_secret="").where(active).execute():
            raise NotNow
        sessions.end_all(member)
        passkeys.remove_all(member)
        RecoveryCode.delete().where(RecoveryCode.agent == member).execute()
        invitations.send(member, act.now)
        store.record(act.by, AdminAction.RESET, act.now, subject=member)


def write_texts(service: Service, texts: Mapping[str, str], act: AdminActor) -> None:
    """Change the public texts of a service; the administration record has each text before and after."""
    with database.atomic():
        row = row_lock(Service.select().where(Service.id == service.id)).get()
        changed = {key: text for key, text in texts.items() if getattr(row, key) != text}
        if not changed:
            return
        facts = {key: [getattr(row, key), text] for key, text in changed.items()}
        Service.update(**changed).where(Service.id == service.id).execute()
        store.record(act.by, AdminAction.SERVICE, act.now, service=service, facts=facts)
