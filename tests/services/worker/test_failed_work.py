"""Work that fails for good: it ends, is shown to who can act, and has a way out."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.gateways.mail import Mail, MailRefused, MailUnavailable
from app.jobs import HANDLERS
from app.outside import Away
from app.presenters.staff.failed_work import SENTENCES
from app.services.messages import contact_details
from app.services.review import failed_work as service
from app.storage import failed_work, outbox, outbox_admin, retention
from app.storage.models import Agent, Dossier, Event, Outbox
from app.storage.review import queue
from app.storage.review.queue import Filters, View
from tests import factories
from tests.fixtures import NOON
from tests.services.outside import Post, only, with_gateways


class Refusing:
    """A mail server that knows nobody."""

    def __init__(self, error: type[Exception] = MailRefused) -> None:
        self.asked: list[str] = []
        self.error = error

    def send(self, mail: Mail) -> None:
        self.asked.append(mail.to)
        raise self.error("550 5.1.1")


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    filed = factories.filed()
    only("mail_notice")
    return filed


@pytest.fixture
def agent(dossier: Dossier) -> Agent:
    return factories.agent(factories.service())


def shown(agent: Agent) -> list[Any]:
    return list(queue.page(agent.service_id, agent.id, Filters(View.FAILED)).dossiers)


def run(app: Flask, *hours: float) -> None:
    for later in hours:
        jobs.run_once(app, NOON + timedelta(hours=later))


def test_a_refused_address_ends_the_letter_and_shows_it(app: Flask, dossier: Dossier, agent: Agent) -> None:
    server = Refusing()
    with_gateways(app, mail=server)
    run(app, 0, 1, 24, 24 * 365)
    assert len(server.asked) == 1, "not tried for ever"
    assert shown(agent) == [dossier]
    assert queue.views(agent.service_id, agent.id, factories.today())[View.FAILED].value == 1
    assert failed_work.unreached(dossier.account_id) == {"mail_notice"}
    (line,) = outbox_admin.backlog()
    assert "ended, needs you since 2026-11-23" in str(line)
    assert "550" in str(line)
    assert line.needs_operator(NOON)


def test_a_server_that_is_away_is_tried_on_and_no_agent_is_bothered(
    app: Flask, dossier: Dossier, agent: Agent
) -> None:
    server = Refusing(MailUnavailable)
    with_gateways(app, mail=server)
    run(app, *range(0, 200, 7))
    assert len(server.asked) > 20
    assert shown(agent) == []
    assert outbox_admin.backlog()[0].needs_operator(NOON), "it is the operator's"


def test_an_agent_tries_again(app: Flask, dossier: Dossier, agent: Agent) -> None:
    with_gateways(app, mail=Refusing())
    run(app, 0)
    post = Post()
    with_gateways(app, mail=post)
    found, work = service.of_service(agent, str(dossier.reference), Outbox.get().id)
    for _click in range(2):
        service.retry(found, work, agent, NOON + timedelta(hours=1))
    run(app, 1)
    assert len(post.letters) == 1
    assert shown(agent) == []
    assert Event.select().where(Event.action == service.RETRIED).count() == 1


def test_an_agent_settles_it_otherwise(app: Flask, dossier: Dossier, agent: Agent) -> None:
    with_gateways(app, mail=Refusing())
    run(app, 0)
    found, work = service.of_service(agent, str(dossier.reference), Outbox.get().id)
    service.settle(found, work, "Lettre remise au guichet.", agent, NOON)
    assert shown(agent) == []
    assert Event.get(Event.action == service.SETTLED).reason == "Lettre remise au guichet."
    with pytest.raises(Outbox.DoesNotExist):
        service.of_service(agent, str(dossier.reference), work.id)


def test_the_work_of_another_service_is_not_there(app: Flask, dossier: Dossier) -> None:
    with_gateways(app, mail=Refusing())
    run(app, 0)
    stranger = factories.agent(factories.service("75"))
    with pytest.raises(Dossier.DoesNotExist):
        service.of_service(stranger, str(dossier.reference), Outbox.get().id)


def test_a_corrected_telephone_gets_the_messages(app: Flask, dossier: Dossier) -> None:
    outbox.post("sms_notice", {"notice": 1}, NOON, dossier=dossier.id, account=dossier.account_id)
    outbox.end(Outbox.get(Outbox.kind == "sms_notice"), "SmsRefused", NOON)
    contact_details.change(dossier.account, "fr", "+33612345678", NOON)
    row = Outbox.get(Outbox.kind == "sms_notice")
    assert (row.failed_at, row.due_at) == (None, NOON)


def test_work_that_kills_its_workers_is_put_aside(app: Flask) -> None:
    outbox.post("mail", {"of": "poison"}, NOON)
    outbox.post("mail", {"of": "another"}, NOON + timedelta(minutes=1))
    now = NOON
    leased = []
    for _death in range(outbox.MOST_DEATHS + 3):
        now += outbox.LEASE + timedelta(seconds=1)
        for row in outbox.lease(now, most=1):
            leased.append(row.payload["of"])
            if row.payload["of"] == "another":
                outbox.complete(row, now)
    assert leased == ["poison"] * outbox.MOST_DEATHS + ["another"]
    poison = Outbox.get(Outbox.done_at.is_null())
    assert (poison.error, poison.failed_at is not None) == (outbox.DIED, True)


def test_a_paper_that_keeps_failing_is_shown(
    app: Flask, dossier: Dossier, agent: Agent, monkeypatch: Any
) -> None:
    Outbox.delete().execute()
    monkeypatch.setitem(HANDLERS, "print_attestation", lambda work: 1 / 0)
    outbox.post("print_attestation", {"attestation": 1}, NOON, dossier=dossier.id)
    run(app, 0, 0.01)
    assert shown(agent) == []
    run(app, 0.1)
    assert shown(agent) == [dossier]
    monkeypatch.setitem(HANDLERS, "print_attestation", lambda work: None)
    run(app, 48)
    assert shown(agent) == [], "mended by itself"


def test_every_kind_of_work_about_a_dossier_has_its_sentence() -> None:
    assert set(SENTENCES) == set(HANDLERS) - {"mail"}


def test_codes_and_links_do_not_outlive_their_letter(app: Flask) -> None:
    outbox.post("mail", {"facts": {"token": "secret"}}, NOON)
    outbox.end(Outbox.get(), "MailRefused", NOON)
    retention.delete_expired(NOON + timedelta(days=2))
    assert not Outbox.select()


def test_a_server_that_hangs_costs_no_tries(app: Flask, dossier: Dossier) -> None:
    """While it is left alone, letters are not asked of it: they go soon after it answers, however long that took."""

    class Resting:
        def send(self, mail: Mail) -> None:
            try:
                raise Away("mail server hangs")
            except Away as away:
                raise MailUnavailable(str(away)) from away

    with_gateways(app, mail=Resting())
    only("mail_notice")
    now = NOON
    for _ in range(9):
        assert jobs.run_once(app, now) == 1
        now += timedelta(seconds=11)
    row = Outbox.get()
    assert (row.tries, row.failed_at, row.error) == (0, None, "MailUnavailable: mail server hangs")
