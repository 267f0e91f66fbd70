"""Accounts of the agents' side: invited, changed, closed, never the last administrator; the record of all of it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from peewee import DatabaseError

from app.domain.agent_forms.administration import Access, AdminAction
from app.domain.dossiers.ranks import Rank
from app.services.access import sessions
from app.services.access.refusals import AddressTaken
from app.services.staff import administration
from app.services.staff.administration import AdminActor, LastAdministrator, NotNow, Place
from app.storage import outbox_admin
from app.storage.database import database
from app.storage.models import AdministrationRecord, Agent, AgentLink, RecoveryCode, Session
from app.storage.people import administration as store
from app.storage.people.administration import NO_SERVICE, Wanted
from tests import factories
from tests.fixtures import NOON


@pytest.fixture
def act(app: Flask) -> AdminActor:
    """An administrator, at noon."""
    return AdminActor(factories.administrator(name="M. Vidal"), NOON)


def deeds() -> list[str]:
    return [one.deed for one in AdministrationRecord.select().order_by(AdministrationRecord.id)]


def again(agent: Agent) -> Agent:
    return store.member(agent.id)


def test_an_invited_person_has_nothing_that_opens(act: AdminActor) -> None:
    place = Place(Rank.AGENT, factories.service())
    made, token = administration.invite("Éva Petit", "eva@exemple.fr", place, act)
    kept = again(made)
    assert (kept.password_hash, kept.totp_secret) == ("", "")
    assert store.access(kept) is Access.INVITED
    assert kept.search == "eva petit eva@exemple.fr"
    assert token not in str(list(AgentLink.select().dicts()))
    record = AdministrationRecord.get()
    assert (record.agent, record.subject, record.facts) == (act.by, made, {"rank": "agent", "service": "69"})


def test_an_address_serves_once(act: AdminActor) -> None:
    taken = factories.agent(active=False)
    with pytest.raises(AddressTaken):
        administration.invite("A", taken.email, Place(Rank.ADMINISTRATOR, None), act)
    assert deeds() == []


def test_a_new_invitation_ends_the_one_before(act: AdminActor) -> None:
    made, _token = administration.invite("A", "a@exemple.fr", Place(Rank.ADMINISTRATOR, None), act)
    administration.invite_again(made, act)
    assert AgentLink.select().where(AgentLink.used_at.is_null()).count() == 1
    with pytest.raises(NotNow):
        administration.invite_again(factories.agent(), act)
    assert deeds() == ["invited", "invited_again"]


def test_rank_and_service_change_together_and_are_told(act: AdminActor) -> None:
    agent = factories.agent()
    administration.change(agent, Place(Rank.ADMINISTRATOR, None), act)
    assert (again(agent).rank, again(agent).service) == ("administrator", None)
    told = AdministrationRecord.get().facts
    assert told == {"rank": "administrator", "service": "", "rank_before": "agent", "service_before": "69"}
    administration.change(again(agent), Place(Rank.ADMINISTRATOR, None), act)
    assert deeds() == ["changed"]  # nothing changed, nothing is told


def test_closing_ends_sessions_and_links_and_opening_gives_back_what_there_was(act: AdminActor) -> None:
    agent = factories.agent()
    sessions.begin(NOON, agent=agent)
    AgentLink.create(
        digest="0" * 64, agent=agent, purpose="password", expires_at=NOON + timedelta(minutes=30)
    )
    administration.close(agent, act)
    assert store.access(again(agent)) is Access.CLOSED
    assert Session.select().count() == 0
    assert AgentLink.get().used_at == NOON
    with pytest.raises(NotNow):
        administration.close(agent, act)
    administration.reopen(again(agent), act)
    assert (store.access(again(agent)), again(agent).password_hash) == (Access.OPEN, agent.password_hash)
    with pytest.raises(NotNow):
        administration.reopen(agent, act)
    assert deeds() == ["closed", "opened"]


def test_who_never_came_in_is_invited_when_opened_again(act: AdminActor) -> None:
    made, _token = administration.invite("A", "a@exemple.fr", Place(Rank.ADMINISTRATOR, None), act)
    administration.close(made, act)
    administration.reopen(again(made), act)
    assert AgentLink.select().where(AgentLink.used_at.is_null()).count() == 1


def test_a_reset_leaves_nothing_of_before(act: AdminActor) -> None:
    agent = factories.agent()
    sessions.begin(NOON, agent=agent)
    RecoveryCode.create(agent=agent, digest="0" * 64)
    administration.reset_second_factor(agent, act)
    kept = again(agent)
    assert (kept.password_hash, kept.totp_secret) == ("", "")
    assert Session.select().count() + RecoveryCode.select().count() == 0
    assert AgentLink.get().purpose == "invitation"
    with pytest.raises(NotNow):
        administration.reset_second_factor(agent, act)


def test_the_last_administrator_who_can_enter_stays(act: AdminActor) -> None:
    assert act.by is not None
    last, place = act.by, Place(Rank.AGENT, factories.service())
    factories.administrator(active=False)
    administration.invite("A", "a@exemple.fr", Place(Rank.ADMINISTRATOR, None), act)  # cannot enter yet
    for leaving in (
        lambda: administration.close(last, act),
        lambda: administration.change(last, place, act),
        lambda: administration.reset_second_factor(last, act),
    ):
        with pytest.raises(LastAdministrator):
            leaving()
    assert store.access(again(last)) is Access.OPEN
    factories.administrator()
    administration.change(last, place, act)
    assert again(last).rank == "agent"


def test_a_terminal_can_close_the_last_one(act: AdminActor) -> None:
    assert act.by is not None
    administration.close(act.by, AdminActor(None, NOON))
    assert AdministrationRecord.get().agent is None


def test_two_who_close_each_other_at_once_leave_one(act: AdminActor) -> None:
    first, second = act.by, factories.administrator()
    assert first is not None
    ready, refused = Barrier(2), []

    def close(who: Agent, by: Agent) -> None:
        with database.connection_context():
            ready.wait()
            try:
                administration.close(who, AdminActor(by, NOON))
            except LastAdministrator:
                refused.append(who)

    both = [Thread(target=close, args=(second, first)), Thread(target=close, args=(first, second))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(refused) == 1
    assert len(store.administrators_who_can_enter()) == 1


def test_texts_are_changed_and_told_before_and_after(act: AdminActor) -> None:
    service = factories.service()
    administration.write_texts(service, {"help_place": "2 rue du Test", "site": service.site}, act)
    assert store.service("69").help_place == "2 rue du Test"
    assert AdministrationRecord.get().facts == {"help_place": ["", "2 rue du Test"]}
    administration.write_texts(store.service("69"), {"help_place": "2 rue du Test"}, act)
    assert deeds() == ["service"]


def test_what_was_there_before_is_read_under_the_lock(act: AdminActor) -> None:
    seen = factories.service()
    administration.write_texts(store.service("69"), {"help_place": "2 rue du Test"}, act)
    administration.write_texts(seen, {"help_place": ""}, act)  # as its page showed it
    assert store.service("69").help_place == ""
    told = [record.facts for record in AdministrationRecord.select().order_by(AdministrationRecord.id)]
    assert told == [{"help_place": ["", "2 rue du Test"]}, {"help_place": ["2 rue du Test", ""]}]


def test_the_record_cannot_be_changed_nor_removed(act: AdminActor) -> None:
    administration.close(factories.agent(), act)
    for query in (AdministrationRecord.update(deed="opened"), AdministrationRecord.delete()):
        with pytest.raises(DatabaseError, match="append-only"), database.atomic():
            query.execute()
    assert deeds() == ["closed"]
    outbox_admin.clear()  # a demonstration that begins anew: the record goes with its people
    assert deeds() == []


def test_lists_go_on_after_a_member_whatever_the_accents(
    act: AdminActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PAGE", 2)
    lyon, paris = factories.service(), factories.service("75", "Paris")
    names = ["Zoé", "Éric", "eva", "Zoé"]
    of_lyon = [factories.agent(lyon, name=name) for name in names]
    of_paris = factories.agent(paris, name="Anne")
    reached, after = [], None
    while True:
        extract = store.page(Wanted(), after)
        reached += [one.id for one in extract.rows]
        after = extract.after
        if after is None:
            break
    assert act.by is not None
    assert reached == [act.by.id, *(of_lyon[place].id for place in (1, 2, 0, 3)), of_paris.id]
    assert [one.id for one in store.page(Wanted("ERIC")).rows] == [of_lyon[1].id]
    assert [one.id for one in store.page(Wanted("", "75")).rows] == [of_paris.id]
    assert [one.id for one in store.page(Wanted("", NO_SERVICE)).rows] == [act.by.id]
    assert [one.id for one in store.page(Wanted(), 999_999).rows] == reached[:2]


def test_the_journal_goes_on_and_can_be_one_person_s(act: AdminActor) -> None:
    first, second = factories.agent(), factories.agent()
    for one in (first, second, first):
        store.record(act.by, AdminAction.CHANGED, NOON, subject=one, facts={"rank": "agent", "service": ""})
    extract = store.journal(2)
    assert [one.subject for one in extract.rows] == [first, second]
    assert [one.subject for one in store.journal(2, extract.after).rows] == [first]
    assert len(store.journal(9, subject=first.id).rows) == 2
