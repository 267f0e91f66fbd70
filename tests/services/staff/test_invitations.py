"""Coming in for the first time, with recovery codes, and with a password that was forgotten."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from app.domain.dossiers.ranks import Rank
from app.keys import KeyPurpose
from app.services.access import known_browsers, sessions
from app.services.access.origins import Origin
from app.services.access.passwords import WeakPassword
from app.services.access.refusals import DeadLink, WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.staff import administration, agent_passwords, agents, invitations, recovery_codes
from app.services.staff.administration import AdminActor, Place
from app.storage import retention
from app.storage.models import Agent, AgentLink, Outbox, RecoveryCode, Session
from app.storage.people import agent_links as store
from tests import factories, statements
from tests.factories import PASSWORD
from tests.fixtures import NOON, RING

HERE = Origin("192.0.2.1")
NEW = "une barque verte sur la rive"
KEY, SEED = RING.of(KeyPurpose.CODES), "1.a seed"


@pytest.fixture
def token(app: Flask) -> str:
    """The link of an invitation sent at noon."""
    place = Place(Rank.AGENT, factories.service())
    return administration.invite("Éva Petit", "eva.petit@exemple.fr", place, AdminActor(None, NOON))[1]


def letters() -> list[str]:
    return [one.payload["template"] for one in Outbox.select().order_by(Outbox.id)]


def accepted(token: str, at=NOON) -> Agent:
    """The whole way in."""
    invitations.choose_password(invitations.live(token, at), NEW)
    link = invitations.live(token, at)
    return invitations.accept(
        link, pyotp.TOTP(link.totp_secret).at(at), recovery_codes.codes_from_seed(KEY, SEED), at
    )


def test_before_the_last_step_nothing_opens(token: str) -> None:
    invitations.choose_password(invitations.live(token, NOON), NEW)
    agent = Agent.get()
    assert (agent.password_hash, agent.totp_secret) == ("", "")
    with pytest.raises(WrongCredentials):
        agents.check_password(agent.email, NEW, HERE, NOON)
    with pytest.raises(WrongCode):
        agents.check_code(agent, "000000", HERE, NOON)


def test_the_whole_way_in(token: str) -> None:
    accepted(token)
    agent = agents.check_password("eva.petit@exemple.fr", NEW, HERE, NOON)
    with pytest.raises(WrongCode):  # the code of the invitation has served
        agents.check_code(agent, pyotp.TOTP(agent.totp_secret).at(NOON), HERE, NOON)
    later = NOON + timedelta(seconds=30)
    agents.check_code(agent, pyotp.TOTP(agent.totp_secret).at(later), HERE, later)
    with pytest.raises(DeadLink):
        invitations.live(token, NOON)


def test_a_link_of_an_invitation_ends_after_72_hours(token: str) -> None:
    assert invitations.live(token, NOON + timedelta(hours=71, minutes=59))
    with pytest.raises(DeadLink):
        invitations.live(token, NOON + timedelta(hours=72))
    with pytest.raises(DeadLink):
        agent_passwords.live(token, NOON)  # it is good for nothing else
    retention.delete_expired(NOON + timedelta(days=5))
    assert AgentLink.select().count() == 0


def test_secrets_differ_from_one_person_to_the_next(token: str) -> None:
    administration.invite("B", "b@exemple.fr", Place(Rank.ADMINISTRATOR, None), AdminActor(None, NOON))
    assert len({one.totp_secret for one in AgentLink.select()}) == 2


@pytest.mark.parametrize("password", ["court", "eva.petit@exemple.fr", "Éva Petit Éva Petit", "azertyuiopqs"])
def test_a_weak_password_is_refused(token: str, password: str) -> None:
    with pytest.raises(WeakPassword):
        invitations.choose_password(invitations.live(token, NOON), password)


def test_a_code_without_a_password_opens_nothing(token: str) -> None:
    link = invitations.live(token, NOON)
    with pytest.raises(DeadLink):
        invitations.accept(link, pyotp.TOTP(link.totp_secret).at(NOON), ["A"], NOON)


def test_guessing_the_code_of_an_invitation_waits(token: str) -> None:
    invitations.choose_password(invitations.live(token, NOON), NEW)
    for _ in range(6):
        with pytest.raises(WrongCode):
            invitations.accept(invitations.live(token, NOON), "000000", ["A"], NOON)
    with pytest.raises(TooSoon):
        accepted(token)


# Recovery codes


def test_ten_codes_of_a_seed_and_a_key() -> None:
    codes = recovery_codes.codes_from_seed(KEY, SEED)
    assert len(set(codes)) == 10
    assert all(len(code) == 14 for code in codes)
    assert codes == recovery_codes.codes_from_seed(KEY, SEED)
    assert not set(codes) & set(recovery_codes.codes_from_seed(RING.of(KeyPurpose.LINKS), SEED))
    assert recovery_codes.codes_from_seed(KEY, "2.a seed") == (), "its key is gone: no other codes instead"


def test_a_recovery_code_serves_once_however_it_is_typed(token: str) -> None:
    agent = accepted(token)
    code = recovery_codes.codes_from_seed(KEY, SEED)[0]
    assert code.replace("-", "") not in str(list(RecoveryCode.select().dicts()))
    agents.check_recovery_code(agent, f" {code.lower().replace('-', ' ')} ", HERE, NOON)
    assert store.recovery_codes_left(agent.id) == 9
    with pytest.raises(WrongCode):
        agents.check_recovery_code(agent, code, HERE, NOON)
    assert letters()[-1] == "mail/staff/recovery_code.txt"


def test_recovery_codes_are_salted_at_random_and_older_ones_go_on(token: str) -> None:
    """The digest of an agent's code tells nobody whether another deployment, or another set, has the same code."""
    agent = accepted(token)
    codes = recovery_codes.codes_from_seed(KEY, SEED)
    first = {code.digest for code in RecoveryCode.select()}
    recovery_codes.renew(agent, codes)
    salts = {code.salt for code in RecoveryCode.select()}
    assert len(salts) == 1
    assert len(bytes.fromhex(salts.pop())) == 16
    assert not first & {code.digest for code in RecoveryCode.select()}
    older = [recovery_codes.code_digest(agent, "", code) for code in codes]
    store.replace_recovery_codes(agent.id, "", older)
    agents.check_recovery_code(agent, codes[3], HERE, NOON)
    assert store.recovery_codes_left(agent.id) == 9


def test_a_recovery_code_is_nobody_else_s(token: str) -> None:
    accepted(token)
    with pytest.raises(WrongCode):
        agents.check_recovery_code(
            factories.agent(), recovery_codes.codes_from_seed(KEY, SEED)[0], HERE, NOON
        )


def test_new_codes_end_those_before(token: str) -> None:
    agent = accepted(token)
    recovery_codes.renew(agent, recovery_codes.codes_from_seed(KEY, "1.another"))
    with pytest.raises(WrongCode):
        agents.check_recovery_code(agent, recovery_codes.codes_from_seed(KEY, SEED)[0], HERE, NOON)
    agents.check_recovery_code(agent, recovery_codes.codes_from_seed(KEY, "1.another")[0], HERE, NOON)


@pytest.mark.parametrize("typed", ["", "-", "é" * 9000, "\x00", "７Ｋ２Ｍ"])
def test_what_is_no_recovery_code_is_refused(token: str, typed: str) -> None:
    with pytest.raises(WrongCode):
        agents.check_recovery_code(accepted(token), typed, HERE, NOON)


def test_codes_of_both_kinds_wait_together(token: str) -> None:
    agent = accepted(token)
    for _ in range(3):
        with pytest.raises(WrongCode):
            agents.check_recovery_code(agent, "A", HERE, NOON)
        with pytest.raises(WrongCode):
            agents.check_code(agent, "000000", HERE, NOON)
    with pytest.raises(TooSoon):
        agents.check_recovery_code(agent, recovery_codes.codes_from_seed(KEY, SEED)[0], HERE, NOON)


# A password forgotten, or changed


def test_nobody_and_closed_accesses_are_not_written_to(app: Flask) -> None:
    factories.agent(email="closed@exemple.fr", active=False)
    for address in ("nobody@exemple.fr", "closed@exemple.fr"):
        agent_passwords.ask_reset(address, HERE, NOON)
    posted = Outbox.select().where(Outbox.kind == "mail")
    assert [row.payload["to"] for row in posted] == ["", ""], "work for nothing, which the worker drops"


def test_asking_for_the_unknown_is_the_same_work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many statements of each kind, and a letter either way: the time of the answer tells nothing."""
    known = factories.agent()
    factories.agent(email="closed@exemple.fr", active=False)
    factories.agent(email="invited@exemple.fr", password_hash="")
    work = {}
    for address in (known.email, "nobody@exemple.fr", "closed@exemple.fr", "invited@exemple.fr"):
        with statements.asked(monkeypatch) as sent:
            agent_passwords.ask_reset(address, HERE, NOON)
        work[address] = [sql.split()[0] for sql, _values in sent]
    assert all(done == work[known.email] for done in work.values()), work


def test_who_is_only_invited_is_told_to_ask_for_an_invitation(token: str) -> None:
    agent_passwords.ask_reset("eva.petit@exemple.fr", HERE, NOON)
    assert letters()[-1] == "mail/staff/not_ready.txt"
    assert AgentLink.select().count() == 1


def test_a_mailbox_is_not_flooded(app: Flask) -> None:
    agent = factories.agent()
    for _ in range(10):
        agent_passwords.ask_reset(agent.email, HERE, NOON)
    assert len(letters()) == 6


def asked(agent: Agent) -> str:
    agent_passwords.ask_reset(agent.email, HERE, NOON)
    return str(Outbox.select().order_by(Outbox.id.desc()).get().payload["facts"]["token"])


def test_a_new_password_by_link_ends_sessions_and_serves_once(app: Flask) -> None:
    agent = factories.agent()
    sessions.begin(NOON, agent=agent)
    link = asked(agent)
    agent_passwords.reset(link, NEW, HERE, NOON)
    assert agents.check_password(agent.email, NEW, HERE, NOON) == agent
    assert Session.select().count() == 0
    with pytest.raises(DeadLink):
        agent_passwords.reset(link, NEW, HERE, NOON)
    assert letters()[-1] == "mail/staff/password_changed.txt"


def test_a_link_ends_after_half_an_hour_and_with_the_access(app: Flask) -> None:
    agent = factories.agent()
    link = asked(agent)
    with pytest.raises(DeadLink):
        agent_passwords.live(link, NOON + timedelta(minutes=30))
    Agent.update(active=False).execute()
    with pytest.raises(DeadLink):
        agent_passwords.live(link, NOON)


def test_changing_asks_for_the_present_password_and_keeps_this_session(app: Flask) -> None:
    agent = factories.agent()
    for _ in range(2):
        agents.admit(agent, HERE, NOON)
    this = Session.select().order_by(Session.id).get()
    with pytest.raises(WrongCredentials):
        agent_passwords.change(agent, "wrong", NEW, this, HERE, NOON)
    with pytest.raises(WeakPassword):
        agent_passwords.change(agent, PASSWORD, "court", this, HERE, NOON)
    agent_passwords.change(agent, PASSWORD, NEW, this, HERE, NOON)
    assert [one.id for one in Session.select()] == [this.id]
    for _ in range(6):
        with pytest.raises(WrongCredentials):
            agent_passwords.change(Agent.get(), "wrong", NEW, this, HERE, NOON)
    with pytest.raises(TooSoon):
        agent_passwords.change(Agent.get(), NEW, PASSWORD, this, HERE, NOON)


def test_changing_makes_every_other_browser_unknown(app: Flask) -> None:
    agent = factories.agent()
    here, there = Origin("192.0.2.1", "one browser"), Origin("192.0.2.1", "another browser")
    for origin in (here, there):
        agents.admit(agent, origin, NOON)
    this = Session.select().order_by(Session.id).get()
    agent_passwords.change(agent, PASSWORD, NEW, this, here, NOON)
    assert [known_browsers.knows(agent, origin.browser) for origin in (here, there)] == [True, False]


def test_what_was_sent_before_the_account_opened_opens_nothing_after(token: str) -> None:
    agent = Agent.get()
    columns = {"agent": agent, "purpose": agent_passwords.PURPOSE, "expires_at": NOON + agent_passwords.LIFE}
    AgentLink.create(digest=sessions.digest("older"), **columns)
    assert agent_passwords.live("older", NOON)
    accepted(token)
    with pytest.raises(DeadLink):
        agent_passwords.live("older", NOON)


def test_a_password_chosen_by_a_link_makes_every_other_browser_unknown(token: str) -> None:
    agent, other = accepted(token), Origin("192.0.2.1", "another browser")
    known_browsers.remember(agent, other, NOON)
    agent_passwords.ask_reset(agent.email, Origin("192.0.2.1", "this browser"), NOON)
    link = Outbox.select().order_by(Outbox.id.desc()).get().payload["facts"]["token"]
    agent_passwords.reset(link, "un caillou bleu sous le pont", Origin("192.0.2.1", "this browser"), NOON)
    assert [known_browsers.knows(agent, browser) for browser in ("this browser", "another browser")] == [
        True,
        False,
    ]
