"""Nobody makes themselves a reader of dossiers: what one administrator gives waits for a second person."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from app.domain.dossiers.ranks import Rank
from app.services.access import sessions
from app.services.access.origins import Origin
from app.services.staff import acceptance, administration, agents, invitations
from app.services.staff.acceptance import NotTheirs
from app.services.staff.administration import AdminActor, Place
from app.storage.models import AdministrationRecord, Agent, Outbox
from app.storage.people import administration as store
from app.storage.people import agents as agent_store
from app.storage.people import sessions as session_store
from tests import factories
from tests.factories import PASSWORD
from tests.fixtures import NOON

HERE = Origin("192.0.2.1", "b" * 43)


@pytest.fixture
def act(app: Flask) -> AdminActor:
    return AdminActor(factories.administrator(), NOON)


def invited(act: AdminActor, rank: Rank = Rank.SUPERVISOR) -> Agent:
    """A second address of the administrator, through the whole invitation."""
    service = None if rank is Rank.ADMINISTRATOR else factories.service()
    made, token = administration.invite("Éva Petit", "eva@exemple.fr", Place(rank, service), act)
    invitations.choose_password(invitations.live(token, NOON), PASSWORD)
    link = invitations.live(token, NOON)
    invitations.accept(link, pyotp.TOTP(link.totp_secret).at(NOON), (), NOON)
    return store.member(made.id)


def enters(member: Agent) -> bool:
    """Whether a password and a session open anything."""
    token = sessions.begin(NOON, agent=member)
    opened = session_store.of_agent(sessions.digest(token)) is not None
    try:
        agents.check_password(member.email, PASSWORD, HERE, NOON)
    except agents.NotAccepted:
        assert not opened
        return False
    return opened


def letters() -> list[tuple[str, str]]:
    rows = Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)
    return [(row.payload["template"].rpartition("/")[2], row.payload["to"]) for row in rows]


@pytest.mark.parametrize("rank", list(Rank))
def test_one_administrator_alone_opens_nothing(act: AdminActor, rank: Rank) -> None:
    member = invited(act, rank)
    assert not enters(member)
    assert act.by is not None
    with pytest.raises(NotTheirs):
        acceptance.accept(member, act.by, NOON)
    with pytest.raises(NotTheirs):
        acceptance.accept(member, member, NOON)
    assert not enters(member)


def test_the_supervisor_is_told_and_accepts(act: AdminActor) -> None:
    supervisor = factories.agent(rank=Rank.SUPERVISOR)
    stranger = factories.agent(factories.service("75", "Paris"), rank=Rank.SUPERVISOR)
    member = invited(act)
    assert ("newcomer.txt", supervisor.email) in letters()
    assert acceptance.waiting_for(supervisor) == [member]
    assert acceptance.waiting_for(stranger) == []
    for wrong in (stranger, factories.agent(), factories.administrator()):
        with pytest.raises(NotTheirs):
            acceptance.accept(member, wrong, NOON)
    acceptance.accept(member, supervisor, NOON)
    assert enters(member)
    assert letters()[-1] == ("accepted.txt", member.email)
    with pytest.raises(NotTheirs):
        acceptance.decline(member, supervisor, NOON)


def test_a_service_without_supervisor_has_another_administrator(act: AdminActor) -> None:
    member, other = invited(act), factories.administrator()
    acceptance.accept(member, other, NOON)
    assert enters(member)


def test_the_command_line_needs_nobody(app: Flask) -> None:
    assert enters(invited(AdminActor(None, NOON)))


def test_a_declined_account_stays_shut_even_when_opened_again(act: AdminActor) -> None:
    supervisor = factories.agent(rank=Rank.SUPERVISOR)
    member = invited(act)
    acceptance.decline(member, supervisor, NOON)
    assert act.by is not None
    assert letters()[-1] == ("declined.txt", act.by.email)
    administration.reopen(store.member(member.id), act)
    assert not enters(store.member(member.id))


def test_a_declined_account_waits_for_nobody_any_more(act: AdminActor) -> None:
    supervisor = factories.agent(rank=Rank.SUPERVISOR)
    member = invited(act)
    acceptance.decline(member, supervisor, NOON)
    with pytest.raises(acceptance.NotTheirs):
        acceptance.accept(member, supervisor, NOON)


def test_moving_an_account_to_a_service_waits_and_ends_its_sessions(act: AdminActor) -> None:
    assert act.by is not None
    token = sessions.begin(NOON, agent=act.by)
    factories.administrator()
    administration.change(act.by, Place(Rank.SUPERVISOR, factories.service()), act)
    assert session_store.of_agent(sessions.digest(token)) is None
    assert not enters(store.member(act.by.id))


def test_another_rank_in_the_same_service_waits_for_nobody(act: AdminActor) -> None:
    member = factories.agent()
    administration.change(member, Place(Rank.SUPERVISOR, factories.service()), act)
    assert store.member(member.id).proposed_at is None


def test_who_waits_is_given_no_dossier_and_judges_nobody(act: AdminActor) -> None:
    member = invited(act)
    assert member.id not in {one.id for one in agent_store.colleagues(factories.service().id)}
    second = administration.invite(
        "A",
        "a@exemple.fr",
        Place(Rank.AGENT, factories.service()),
        AdminActor(factories.administrator(), NOON),
    )[0]
    with pytest.raises(NotTheirs):
        acceptance.accept(second, member, NOON + timedelta(minutes=1))
    assert AdministrationRecord.select().where(AdministrationRecord.deed == "accepted").count() == 0
