"""Writing to a service: by whom, to whom, what is kept, who reads it, what a certificate of being blocked says."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.gateways.antivirus import EICAR
from app.services.applications import dossiers
from app.services.conversations import conversations as service
from app.storage.files import FileMissing
from app.storage.models import Attachment, Conversation, Event, Message, Notice
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.generated import paths
from tests.intake.files import picture
from tests.on_offer import MOVING
from tests.services.outside import sweep
from tests.web.agent_pages import enter, member
from tests.web.forms import sent
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

ASKED = {"topic": "form", "text": "La page des documents ne s’ouvre pas.\nErreur 9F2C.", "page": "/fr/suivi/"}
ANYBODY = ASKED | {"email": "Anh@Exemple.fr", "postcode": "69003"}
LANGUAGES = pytest.mark.parametrize("lang", ["fr", "en"])


@pytest.fixture(autouse=True)
def lyon(app: Flask) -> Any:
    """The service that answers."""
    return factories.service()


def write(client: PageClient, path: str = "/fr/aide/ecrire", **fields: Any) -> Any:
    """Open the form and send it."""
    client.get(path)
    return client.post(path, fields)


def reply(desk: PageClient, number: str, text: str, **fields: Any) -> Any:
    """Open a conversation at the desk and answer."""
    page = desk.get(f"/fr/agents/questions/{number}").text
    last = page.split('name="last" value="', 1)[1].split('"', 1)[0]
    return desk.post(f"/fr/agents/questions/{number}", {"text": text, "last": last, **fields})


def letters(tmp_path: Path) -> str:
    """What every letter sent so far says."""
    mails = (message_from_bytes(one.read_bytes(), policy=default) for one in (tmp_path / "mail").glob("*"))
    return "\n".join(f"{one['Subject']}\n{one.get_content()}" for one in mails)


def work(app: Flask) -> None:
    jobs.run_once(app, NOON + timedelta(hours=1))


# --- asking


@LANGUAGES
def test_somebody_without_account_is_answered_by_mail(
    lang: str, app: Flask, visitor: Any, clock: Clock, tmp_path: Path
) -> None:
    client = visitor()
    answer = write(client, f"/{lang}/aide/ecrire", **ANYBODY)
    assert answer.location == f"/{lang}/aide/ecrire/recu"
    asked = Conversation.get()
    assert asked.number in client.get(answer.location).text
    assert (asked.email, asked.language, asked.account, asked.service.code) == (
        "anh@exemple.fr",
        lang,
        None,
        "69",
    )
    assert asked.page == "/fr/suivi/"
    work(app)
    assert asked.number in letters(tmp_path)

    desk = enter(visitor(), member(asked.service), clock)
    assert asked.number in desk.get("/fr/agents/questions").text
    page = desk.get(f"/fr/agents/questions/{asked.number}").text
    assert "Erreur 9F2C." in page
    assert "identité non vérifiée" in page
    assert 'type="file"' not in page, "a letter takes no files along"
    files = [sent(picture(), "a.png")]
    assert reply(desk, asked.number, "C’est réparé, réessayez.", files=files).status_code == 303
    assert Attachment.select().count() == 0
    work(app)
    assert "C’est réparé, réessayez." in letters(tmp_path)
    assert Conversation.get().waits_since is None
    assert asked.number in desk.get("/fr/agents/questions").text


@LANGUAGES
def test_a_person_reads_the_answer_in_their_space_and_goes_on(
    lang: str, app: Flask, visitor: Any, clock: Clock, tmp_path: Path
) -> None:
    dossier = factories.filed()
    client = visitor().sign_in(dossier.account)
    path = f"/{lang}/aide/ecrire?dossier={dossier.reference}"
    form = words(client.get(path).text)
    assert str(dossier.reference) in form
    assert 'name="email"' not in form
    assert 'name="postcode"' not in form
    answer = client.post(f"/{lang}/aide/ecrire", ASKED | {"dossier": dossier.reference})
    asked = Conversation.get()
    assert answer.location == f"/{lang}/suivi/questions/{asked.number}"
    assert asked.dossier_id == dossier.id
    desk = enter(visitor(), member(dossier.service), clock)
    secret = "Votre passeport est illisible."
    assert reply(desk, asked.number, secret).status_code == 303
    thread = words(client.get(answer.location).text)
    assert secret in thread
    assert Notice.select().where(Notice.kind == "answered", Notice.dossier == dossier).count() == 1
    work(app)
    assert secret not in letters(tmp_path), "what is said stays in the space"
    assert client.post(answer.location, {"text": "Merci, je la renvoie."}).status_code == 303
    assert Conversation.get().waits_since is not None
    told = [one.action for one in Event.select().where(Event.dossier == dossier).order_by(Event.id)]
    assert [one for one in told if one.startswith("message")] == [
        "message_sent",
        "message_answered",
        "message_sent",
    ]
    listed = words(client.get(f"/{lang}/suivi/questions").text)
    assert asked.number in listed


def test_the_page_before_is_named_and_its_secrets_are_not(visitor: Any) -> None:
    def named(before: str) -> str:
        text = visitor().get("/fr/aide/ecrire", headers={"Referer": before}).text
        return str(text.split('name="page" value="', 1)[1].split('"', 1)[0])

    assert named("http://localhost/fr/titre/etudiant?x=1") == "/fr/titre/etudiant"
    assert named("http://localhost/fr/nulle-part") == "/fr/nulle-part"
    assert named("http://localhost/fr/compte/nouveau-mot-de-passe/secret") == ""
    assert named("http://localhost/fr/aide/contact") == ""
    assert named("https://ailleurs.example/fr/titre/etudiant") == ""
    assert named("") == ""


# --- wrong


@LANGUAGES
@pytest.mark.parametrize(
    ("changes", "key", "french", "english"),
    [
        ({"text": ""}, "text", "Écrivez votre message", "Write your message"),
        ({"text": "..."}, "text", "avec des mots", "in words"),
        ({"topic": ""}, "topic", "Choisissez de quoi il s’agit", "Choose what it is about"),
        ({"topic": "weather"}, "topic", "réponses proposées", "answers offered"),
        ({"email": "anh@exemple"}, "email", "n’est pas complète", "is not complete"),
        ({"postcode": "00000"}, "postcode", "code postal", "postcode"),
        ({"text": "mot " * 1001}, "text", "trop longue", "too long"),
    ],
)
def test_wrong_answers_are_told_beside_their_field(
    changes: dict[str, str], key: str, french: str, english: str, lang: str, visitor: Any
) -> None:
    answer = write(visitor(), f"/{lang}/aide/ecrire", **ANYBODY | changes)
    assert answer.status_code == 422
    text = words(answer.text)
    beside = text.split(f'id="{key}-error"', 1)[1].split("</p>", 1)[0]
    assert (french if lang == "fr" else english) in beside
    assert changes.get("text", "Erreur 9F2C.").strip() in text, "what was typed stays"
    assert Conversation.select().count() == 0


def test_files_are_kept_and_shown_to_both_sides_alone(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    client = visitor().sign_in(dossier.account)
    client.get("/fr/aide/ecrire")
    files = [sent(picture(), "capture.png"), sent(b"hello", "x.txt"), sent(EICAR, "virus.pdf")]
    answer = client.post("/fr/aide/ecrire", ASKED | {"files": files})
    assert "refus=" in answer.location
    page = words(client.get(answer.location).text)
    assert "mais pas tous ses fichiers" in page
    file = Attachment.get()
    asked = Conversation.get()
    mine = f"/fr/suivi/questions/{asked.number}/fichiers/{file.id}"
    shown = client.get(mine)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert visitor().sign_in(factories.account()).get(mine).status_code == 404
    desk = enter(visitor(), member(dossier.service), clock)
    assert desk.get(f"/fr/agents/questions/{asked.number}/fichiers/{file.id}").status_code == 200
    paris = enter(visitor(), member(factories.service("75", "Paris")), clock)
    assert paris.get(f"/fr/agents/questions/{asked.number}/fichiers/{file.id}").status_code == 404
    assert paris.get(f"/fr/agents/questions/{asked.number}").status_code == 404
    assert asked.number not in paris.get("/fr/agents/questions").text


def test_four_files(visitor: Any) -> None:
    client = visitor()
    client.get("/fr/aide/ecrire")
    four = [sent(picture(), f"{n}.png") for n in range(4)]
    answer = client.post("/fr/aide/ecrire", ANYBODY | {"files": four})
    assert Attachment.select().count() == 3
    assert "3 fichiers au maximum" in words(client.get(answer.location).text)
    assert client.get("/fr/aide/ecrire/recu?refus=nonsense").status_code == 200


def test_a_stranger_who_writes_too_often_waits(visitor: Any) -> None:
    client = visitor()
    statuses = [write(client, **ANYBODY | {"text": f"Erreur {turn}, page"}).status_code for turn in range(8)]
    assert statuses[:5] == [303] * 5
    assert 429 in statuses
    assert Conversation.select().count() < 8


def test_an_account_stops_at_twenty_a_day(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    client = visitor().sign_in(dossier.account)
    for turn in range(service.MOST_A_DAY):
        assert write(client, **ASKED | {"text": f"Question {turn}, urgente"}).status_code == 303
    assert write(client, **ASKED).status_code == 429
    number = Conversation.select().first().number
    answer = write(client, f"/fr/suivi/questions/{number}", text="Et encore ceci")
    assert answer.status_code == 429
    assert "Et encore ceci" in answer.text
    clock.advance(seconds=86_401)
    client = visitor().sign_in(dossier.account)
    assert write(client, **ASKED).status_code == 303


def test_nobody_asks_about_the_application_of_another(visitor: Any) -> None:
    dossier = factories.filed()
    stranger = visitor().sign_in(factories.account())
    assert stranger.get(f"/fr/aide/ecrire?dossier={dossier.reference}").status_code == 404
    assert visitor().get(f"/fr/aide/ecrire?dossier={dossier.reference}").status_code == 404
    owner = visitor().sign_in(dossier.account)
    write(owner, **ASKED)
    number = Conversation.get().number
    assert stranger.get(f"/fr/suivi/questions/{number}").status_code == 404
    assert stranger.post(f"/fr/suivi/questions/{number}", {"text": "bonjour"}).status_code == 404
    assert Message.select().count() == 1
    assert owner.get("/fr/suivi/questions/Q-2026-%00").status_code == 404
    assert visitor().get("/fr/aide/ecrire/recu").status_code == 404


def test_a_question_follows_the_application_that_moves(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    isere = factories.service("38", "Grenoble")
    write(visitor().sign_in(dossier.account), f"/fr/aide/ecrire?dossier={dossier.reference}", **ASKED)
    Conversation.update(dossier=dossier).execute()
    there = {"postcode": "38000", "commune": "38185", "commune_name": "Grenoble"}
    of = {"journey": MOVING.slug, "journey_version": MOVING.version}
    move = factories.complete(factories.draft(dossier.account, paths(MOVING)[0] | there, **of), code="9" * 22)
    dossiers.submit(move, NOON)
    assert Conversation.get().service_id == isere.id


def test_strangers_questions_are_forgotten_after_a_year(app: Flask, visitor: Any) -> None:
    client = visitor()
    client.get("/fr/aide/ecrire")
    client.post("/fr/aide/ecrire", ANYBODY | {"files": [sent(picture(), "a.png")]})
    kept = visitor().sign_in(factories.filed().account)
    write(kept, **ASKED)
    key = Attachment.get().key
    sweep(app, NOON + timedelta(days=364))
    assert Conversation.select().count() == 2
    sweep(app, NOON + timedelta(days=366))
    assert [one.account is not None for one in Conversation.select()] == [True]
    files = app.extensions["gateways"].files
    with pytest.raises(FileMissing):
        files.read(key)
