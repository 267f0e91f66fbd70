"""Letters that do not arrive, as their person and their agent see it."""

import pytest
from flask import Flask

from app.storage import outbox
from app.storage.models import Dossier, Notice, Outbox
from tests import factories
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, address, enter, member
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """Filed; the letter that says so was refused."""
    filed = factories.filed()
    outbox.end(Outbox.get(Outbox.kind == "mail_notice"), "MailRefused: 550", NOON)
    return filed


def test_its_person_reads_it_and_can_change_the_address(visitor: Visitor, dossier: Dossier) -> None:
    client = visitor().sign_in(dossier.account)
    page = words(client.get("/fr/suivi/").text)
    assert f"L’adresse {dossier.account.email} refuse nos messages" in page
    assert "Changer mon adresse e-mail" in page
    Outbox.delete().execute()
    assert "refuse nos messages" not in client.get("/fr/suivi/").text


def test_an_agent_sees_it_and_has_two_ways_out(visitor: Visitor, dossier: Dossier, clock: Clock) -> None:
    agent = enter(visitor(), member(dossier.service), clock)
    number = Outbox.get(Outbox.kind == "mail_notice").id
    assert dossier.reference in agent.get("/fr/agents/?vue=envois-en-echec").text
    page = words(agent.get(address(dossier)).text)
    assert "n’a pas reçu l’e-mail « Votre demande est déposée »" in page
    way = f"{address(dossier)}/envois/{number}"
    assert agent.get(way).status_code == 200
    assert agent.post(way, {"reason": ""}).status_code == 422
    assert agent.post(f"{way}/reessayer").status_code == 303
    assert agent.post(way, {"reason": "Appelée ce matin."}).status_code == 404, "tried again meanwhile"
    outbox.end(Outbox.get_by_id(number), "MailRefused: 550", NOON)
    assert agent.post(way, {"reason": "Appelée ce matin."}).status_code == 303
    assert "n’a pas reçu l’e-mail" not in agent.get(address(dossier)).text
    assert Notice.select().exists(), "the message stays in the space"


def test_the_failed_work_of_another_service_is_not_there(
    visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    stranger = enter(visitor(), member(factories.service("75")), clock)
    way = f"{address(dossier)}/envois/{Outbox.get(Outbox.kind == 'mail_notice').id}"
    assert stranger.get(way).status_code == 404
    assert stranger.post(f"{way}/reessayer").status_code == 404
