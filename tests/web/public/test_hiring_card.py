"""An employer asks a prefecture to check a card: the copy, the law's clock, the answer by letter, nothing by page."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.jobs import sweeps
from app.services.calendar import erasures
from app.storage.files import FileMissing
from app.storage.models import Attachment, Conversation, HiringCheck, Message, Outbox
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.intake.files import picture
from tests.web.agent_pages import enter, member
from tests.web.forms import sent
from tests.web.procedures import words
from tests.web.public.test_hiring import EMPLOYER

pytestmark = pytest.mark.engines("sqlite")

FORM = "/fr/embauche/carte"
CARD = {
    "postcode": "69003",
    "surname": "Nguyễn",
    "given_names": "Thị Ánh",
    "born": "14/03/2002",
    "foreign_number": "9920 000 137",
}


@pytest.fixture(autouse=True)
def lyon(app: Flask) -> Any:
    """The prefecture of the employer's seat."""
    return factories.service()


@pytest.fixture
def desk(visitor: Any, clock: Clock, lyon: Any) -> PageClient:
    return enter(visitor(), member(lyon), clock)


def ask(client: Any, **changes: Any) -> Any:
    client.get(FORM)
    copy = {"files": [sent(picture(), "recto.jpg"), sent(picture(size=(310, 400)), "verso.jpg")]}
    return client.post(FORM, {**EMPLOYER, **CARD, **copy, **changes})


def reply(desk: PageClient, number: str, **fields: str) -> Any:
    page = desk.get(f"/fr/agents/embauches/{number}").text
    last = page.split('name="last" value="', 1)[1].split('"', 1)[0]
    return desk.post(f"/fr/agents/embauches/{number}", {"last": last, **fields})


def letters(kind: str) -> list[dict[str, Any]]:
    """Payloads of the letters of a kind."""
    return [row.payload for row in Outbox.select() if f"accounts/{kind}.txt" in json.dumps(row.payload)]


def test_a_request_has_a_date_an_owner_and_a_receipt(visitor: Any, desk: PageClient) -> None:
    client = visitor()
    answer = ask(client)
    assert answer.location == "/fr/embauche/recu", words(answer.text)
    check = HiringCheck.get()
    assert str(check.due_on) == "2026-11-25", "Tuesday and Wednesday after a Monday"
    assert Attachment.select().count() == 2
    page = words(client.get(answer.location).text)
    for text in (
        check.number,
        "25 novembre 2026",
        "Service du séjour de Lyon",
        "est réputée accomplie",
        check.code[:4],
    ):
        assert text in page, text
    queue = words(desk.get("/fr/agents/").text)
    assert "Embauches à vérifier" in queue
    assert check.number in desk.get("/fr/agents/embauches").text
    assert check.number not in desk.get("/fr/agents/questions").text, "a list of its own"
    shown = words(desk.get(f"/fr/agents/embauches/{check.number}").text)
    assert "L’employeur ·" in shown
    assert "L’usager ·" not in shown
    assert desk.get(f"/fr/agents/questions/{check.number}").location == f"/fr/agents/embauches/{check.number}"


def test_the_holidays_of_the_departement_count(app: Flask, visitor: Any, clock: Clock) -> None:
    factories.service("67", "Strasbourg")
    clock.at = datetime(2026, 12, 24, 12, tzinfo=NOON.tzinfo)
    client = visitor()
    hired = {"hired_on-day": "28", "hired_on-month": "12"}
    for postcode, due, said in (
        ("69003", "2026-12-28", "Respecté : au moins"),
        ("67000", "2026-12-29", "Non respecté : moins"),
    ):
        answer = ask(client, postcode=postcode, **hired)
        assert str(HiringCheck.get(HiringCheck.due_on == due).due_on) == due
        assert said in words(client.get(answer.location).text)


@pytest.mark.parametrize("outcome", ["authentic", "no_work", "unknown", "unreadable"])
def test_the_answer_is_a_letter_and_no_page(outcome: str, app: Flask, visitor: Any, desk: PageClient) -> None:
    client = visitor()
    ask(client)
    check = HiringCheck.get()
    assert reply(desk, check.number, outcome=outcome, text="").status_code == 303
    (letter,) = letters("hiring_answer")
    assert letter["to"] == "paie@exemple.fr"
    assert "Nguy" not in json.dumps(letter)
    shown = words(client.get("/fr/embauche/recu").text)
    assert "Réponse envoyée par e-mail le" in shown
    for told in ("autorise cet emploi", "ne reconnaît pas", "ne permet pas de répondre"):
        assert told not in shown, "only the letter says what was found"
    jobs.run_once(app, NOON + timedelta(hours=1))
    assert Outbox.select().where(Outbox.error != "").count() == 0
    assert HiringCheck.get().outcome == outcome
    assert "Répondues dernièrement" in words(desk.get("/fr/agents/embauches").text)


def test_an_answer_is_corrected_with_a_reason(visitor: Any, desk: PageClient) -> None:
    ask(visitor())
    number = HiringCheck.get().number
    reply(desk, number, outcome="unknown", text="")
    refused = reply(desk, number, outcome="authentic", text="")
    assert refused.status_code == 422
    assert "Écrivez pourquoi la réponse change" in words(refused.text)
    assert reply(desk, number, outcome="authentic", text="Le numéro était mal lu.").status_code == 303
    assert [letter["facts"]["corrects"] for letter in letters("hiring_answer")] == [0, 1]
    assert Message.select().where(Message.agent.is_null(False)).count() == 2, "both stay in the record"


def test_two_agents_at_once(visitor: Any, desk: PageClient) -> None:
    ask(visitor())
    number = HiringCheck.get().number
    last = desk.get(f"/fr/agents/embauches/{number}").text.split('name="last" value="', 1)[1].split('"', 1)[0]
    page = f"/fr/agents/embauches/{number}"
    assert desk.post(page, {"last": last, "outcome": "authentic"}).status_code == 303
    late = desk.post(page, {"last": last, "outcome": "unknown", "text": "Autre avis."})
    assert late.status_code == 409
    assert HiringCheck.get().outcome == "authentic"
    assert desk.post(page, {"last": "9" * 40, "outcome": "unknown", "text": "Autre avis."}).status_code == 409


def test_without_an_answer_the_law_answers(app: Flask, visitor: Any, clock: Clock, lyon: Any) -> None:
    client = visitor()
    ask(client)
    sweeps.calendar(NOON + timedelta(days=2, hours=11))  # still the second working day in Paris
    assert HiringCheck.get().lapsed_at is None
    sweeps.calendar(NOON + timedelta(days=2, hours=13))
    sweeps.calendar(NOON + timedelta(days=2, hours=14))
    check = HiringCheck.get()
    assert check.lapsed_at is not None
    (letter,) = letters("hiring_lapsed")
    assert "est réputée accomplie" in letter["facts"]["deemed"]
    page = words(client.get("/fr/embauche/recu").text)
    assert "L’obligation de l’employeur est réputée accomplie." in page
    assert "Cela ne dit pas que la carte est authentique." in page
    clock.at = NOON + timedelta(days=2, hours=15)
    desk = enter(visitor(), member(lyon), clock)
    assert "délai passé" in words(desk.get("/fr/agents/embauches").text)
    assert reply(desk, check.number, outcome="unknown", text="").status_code == 303, (
        "a late answer still helps"
    )
    jobs.run_once(app, NOON + timedelta(days=3))
    assert Outbox.select().where(Outbox.error != "").count() == 0


def test_an_answer_in_time_stops_the_clock(visitor: Any, desk: PageClient) -> None:
    ask(visitor())
    reply(desk, HiringCheck.get().number, outcome="authentic", text="")
    sweeps.calendar(NOON + timedelta(days=9))
    assert letters("hiring_lapsed") == []


def test_the_copy_is_needed_and_what_was_typed_stays(visitor: Any) -> None:
    answer = ask(visitor(), files=[])
    assert answer.status_code == 422
    page = words(answer.text)
    assert "Joignez la copie de la carte, recto et verso." in page
    assert 'value="Nguyễn"' in page
    refused = ask(visitor(), files=[sent(b"not a picture", "carte.jpg")])
    assert refused.status_code == 422
    assert 'id="files-error"' in refused.text
    assert HiringCheck.select().count() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("postcode", "98800", "98800"),
        ("postcode", "99999", "code postal"),
        ("foreign_number", "12AB", "que des chiffres"),
        ("surname", "", "Écrivez le nom de la personne"),
    ],
)
def test_a_mistake_is_told_beside_its_field(field: str, value: str, told: str, visitor: Any) -> None:
    answer = ask(visitor(), **{field: value})
    assert answer.status_code == 422, words(answer.text)
    page = words(answer.text)
    assert f'id="{field}-error"' in page
    assert told in page or field == "postcode"


def test_sent_twice_is_one_request(visitor: Any) -> None:
    client = visitor()
    ask(client)
    ask(client)
    assert (HiringCheck.select().count(), Conversation.select().count()) == (1, 1)


def test_another_service_sees_nothing(visitor: Any, clock: Clock) -> None:
    ask(visitor())
    check = HiringCheck.get()
    paris = enter(visitor(), member(factories.service("75", "Paris")), clock)
    assert check.number not in paris.get("/fr/agents/embauches").text
    assert paris.get(f"/fr/agents/embauches/{check.number}").status_code == 404
    assert paris.post(f"/fr/agents/embauches/{check.number}", {"outcome": "authentic"}).status_code == 404


@pytest.mark.parametrize(("born", "known"), [("14/03/2002", True), ("15/03/2002", False)])
def test_only_the_number_with_the_birth_date_finds_the_person(born: str, known: bool, visitor: Any) -> None:
    dossier = factories.filed()
    number = dossier.account.foreign_number
    client = visitor()
    answer = ask(client, foreign_number=number, born=born)
    assert (HiringCheck.get().account_id is not None) is known
    other = visitor()
    unknown = ask(other, foreign_number="9999999999", born=born, company="Autre")
    assert answer.status_code == unknown.status_code == 303, "an employer cannot tell one from the other"
    page = words(visitor().sign_in(dossier.account).get(f"/fr/suivi/{dossier.reference}/consultations").text)
    assert ("un employeur a fait vérifier votre carte" in page) is known


def test_it_goes_with_its_copy_after_a_year(app: Flask, visitor: Any) -> None:
    ask(visitor())
    files = app.extensions["gateways"].files
    (key,) = {file.key for file in Attachment.select().limit(1)}
    erasures.sweep(files, NOON + timedelta(days=367))
    assert (HiringCheck.select().count(), Conversation.select().count(), Attachment.select().count()) == (
        0,
        0,
        0,
    )
    with pytest.raises(FileMissing):
        files.read(key)
