"""One message to the people of several dossiers: each in their language, seen before it is sent, once."""

from typing import Any

import pytest
from flask import Flask

from app.domain.agent_forms.bulk_messages import READY_TEXTS
from app.storage.models import Account, Conversation, Dossier, Event, Message, Notice
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, enter, member
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

PAGE = "/fr/agents/lot/ecrire"


@pytest.fixture
def desk(app: Flask, visitor: Visitor, clock: Clock) -> PageClient:
    return enter(visitor(), member(factories.service()), clock)


@pytest.fixture
def three(app: Flask) -> list[Dossier]:
    """Two people who read French, one who reads Arabic."""
    dossiers = [factories.filed() for _ in range(3)]
    Account.update(language="ar").where(Account.id == dossiers[2].account_id).execute()
    return dossiers


def boxes(dossiers: list[Dossier]) -> list[str]:
    return [f"{one.id}.0" for one in dossiers]


def write(desk: PageClient, dossiers: list[Dossier], **fields: Any) -> Any:
    desk.get(PAGE, query_string={"dossiers": boxes(dossiers)})
    return desk.post(PAGE, {"dossiers": boxes(dossiers), **fields})


def test_the_queue_offers_it(desk: PageClient, three: list[Dossier]) -> None:
    assert "Écrire aux personnes choisies…" in words(desk.get("/fr/agents/").text)
    page = words(desk.get(PAGE, query_string={"dossiers": boxes(three)}).text)
    assert "3 personnes" in page
    assert "français (2)" in page


def test_nothing_is_sent_before_the_preview(desk: PageClient, three: list[Dossier]) -> None:
    answer = write(desk, three, ready="waiting")
    page = words(answer.text)
    assert answer.status_code == 200
    assert "Ce que les personnes lisent" in page
    assert "Un message envoyé ne peut pas être repris" in page
    assert "Envoyer à 3 personnes" in page
    assert Message.select().count() == 0


def test_each_reads_a_ready_text_in_their_language(desk: PageClient, three: list[Dossier]) -> None:
    answer = write(desk, three, ready="waiting", sure="yes")
    assert answer.status_code == 303
    assert "Le message est envoyé à 3 personnes." in words(desk.get(answer.location).text)
    french = READY_TEXTS["waiting"][1]
    said = {
        conversation.dossier_id: Message.get(Message.conversation == conversation).text
        for conversation in Conversation.select()
    }
    assert said[three[0].id] == said[three[1].id] == french
    arabic, _blank, below = said[three[2].id].splitlines()
    assert arabic != below == french
    for dossier in three:
        assert (
            Event.select().where((Event.dossier == dossier) & (Event.action == "message_written")).count()
            == 1
        )
        assert Notice.select().where((Notice.dossier == dossier) & (Notice.kind == "written")).count() == 1


def test_ones_own_words_are_french_for_all(desk: PageClient, three: list[Dossier]) -> None:
    refused = write(desk, three, ready="own", text="", sure="yes")
    assert refused.status_code == 422
    write(desk, three, ready="own", text="La ligne du service change lundi.", sure="yes")
    assert {row.text for row in Message.select()} == {"La ligne du service change lundi."}


def test_sent_twice_reaches_each_once(desk: PageClient, three: list[Dossier]) -> None:
    write(desk, three, ready="counter", sure="yes")
    write(desk, three, ready="counter", sure="yes")
    assert Message.select().count() == 3


def test_a_person_with_two_dossiers_reads_it_once(desk: PageClient, three: list[Dossier]) -> None:
    Dossier.update(account=three[0].account_id).where(Dossier.id == three[1].id).execute()
    answer = write(desk, three, ready="contact", sure="yes")
    assert Message.select().count() == 2
    assert "Même personne" in words(desk.get(answer.location).text)


def test_a_deleted_account_and_another_service_get_nothing(desk: PageClient, three: list[Dossier]) -> None:
    Account.update(closed_at=NOON).where(Account.id == three[0].account_id).execute()
    Dossier.update(service=factories.service("75", "Paris")).where(Dossier.id == three[1].id).execute()
    answer = write(desk, three, ready="contact", sure="yes")
    assert [row.dossier_id for row in Conversation.select()] == [three[2].id]
    page = words(desk.get(answer.location).text)
    assert "écrivez par la poste" in page
    assert "1 dossier n’est plus de votre service." in page


def test_nothing_ticked_and_odd_addresses(desk: PageClient, three: list[Dossier]) -> None:
    assert desk.get(PAGE).status_code == 422
    assert desk.get(PAGE, query_string={"dossiers": ["x", "9.9.9", "1" * 30]}).status_code == 422
    assert desk.get("/fr/agents/lot/ecrit?faits=%E2%82%AC&restes=9z,1s").status_code == 200
