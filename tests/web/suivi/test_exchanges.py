"""Messages inside a dossier: begun by either side, seen by its service alone, and told apart once they wait."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.rules.parameters import UNANSWERED_DAYS
from app.services.applications import dossiers
from app.storage.applications import audit
from app.storage.models import Attachment, Conversation, Event, Message, Notice
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.generated import paths
from tests.intake.files import picture
from tests.on_offer import MOVING
from tests.web.agent_pages import address, enter, member
from tests.web.forms import sent
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

LANGUAGES = pytest.mark.parametrize("lang", ["fr", "en"])
SECRET = "Votre école nous a écrit : venez avec l’original."


def letters(app: Flask, tmp_path: Path, clock: Clock) -> str:
    """What every letter sent so far says."""
    jobs.run_once(app, clock())
    mails = (message_from_bytes(one.read_bytes(), policy=default) for one in (tmp_path / "mail").glob("*"))
    return "\n".join(f"{one['Subject']}\n{one.get_content()}" for one in mails)


def begin(desk: PageClient, dossier: Any, lang: str = "fr", **fields: Any) -> Any:
    """An agent writes first, from the page of the dossier."""
    here = address(dossier, "ecrire", lang)
    assert f'href="{here}"' in desk.get(address(dossier, lang=lang)).text
    desk.get(here)
    return desk.post(here, {"text": SECRET, **fields})


@LANGUAGES
def test_an_agent_begins_and_the_person_answers(
    lang: str, app: Flask, visitor: Any, clock: Clock, tmp_path: Path
) -> None:
    dossier = factories.filed(factories.account(language=lang))
    desk = enter(visitor(), member(dossier.service), clock)
    answer = begin(desk, dossier, lang, files=[sent(picture(), "courrier.png")])
    begun = Conversation.get()
    assert answer.location == f"/{lang}/agents/questions/{begun.number}"
    assert (begun.dossier_id, begun.account_id, begun.waits_since) == (dossier.id, dossier.account_id, None)
    assert Notice.select().where(Notice.kind == "written", Notice.dossier == dossier).count() == 1
    told = letters(app, tmp_path, clock)
    assert ("The service has written to you" if lang == "en" else "Le service vous écrit") in told
    assert begun.number in told
    assert "original" not in told, "what is said stays in the space"

    client = visitor().sign_in(dossier.account)
    space = words(client.get(f"/{lang}/suivi/{dossier.reference}").text)
    assert ("the service has written to you" if lang == "en" else "le service vous a écrit") in space
    notice = Notice.get(Notice.kind == "written")
    mine = f"/{lang}/suivi/questions/{begun.number}"
    assert f'href="{mine}"' in client.get(f"/{lang}/suivi/messages/{notice.id}").text
    assert SECRET in words(client.get(mine).text)
    file = Attachment.get()
    assert client.get(f"{mine}/fichiers/{file.id}").status_code == 200
    back = client.post(mine, {"text": "J’arrive lundi.", "files": [sent(picture(), "carte.png")]})
    assert back.status_code == 303
    assert Conversation.get().waits_since is not None
    assert begun.number in desk.get("/fr/agents/questions").text
    theirs = Attachment.select().order_by(Attachment.id.desc()).get()
    assert desk.get(f"/fr/agents/questions/{begun.number}/fichiers/{theirs.id}").status_code == 200
    actions = [one.action for one in Event.select().where(Event.dossier == dossier).order_by(Event.id)]
    said = [one for one in actions if one.startswith("message")]
    assert said == ["message_written", "message_sent"]
    assert audit.first_break(dossier.id) == ""


@LANGUAGES
@pytest.mark.parametrize("text", ["", "...", "mot " * 1001, "\x00"])
def test_an_empty_or_endless_message_is_told_beside_its_field(
    text: str, lang: str, visitor: Any, clock: Clock
) -> None:
    dossier = factories.filed()
    desk = enter(visitor(), member(dossier.service), clock)
    answer = begin(desk, dossier, lang, text=text)
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text
    assert Message.select().count() == 0


def test_files_are_examined_and_counted(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    desk = enter(visitor(), member(dossier.service), clock)
    four = [sent(picture(), f"{n}.png") for n in range(4)]
    answer = begin(desk, dossier, files=[sent(b"hello", "x.txt"), *four])
    assert Attachment.select().count() == 2, "three looked at, one of them no picture"
    assert "mais pas tous ses fichiers" in words(desk.get(answer.location).text)


def test_another_service_neither_sees_nor_writes(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    begin(enter(visitor(), member(dossier.service), clock), dossier, files=[sent(picture(), "a.png")])
    begun, file = Conversation.get(), Attachment.get()
    paris = enter(visitor(), member(factories.service("75", "Paris"), rank="supervisor"), clock)
    for path in (
        address(dossier),
        address(dossier, "ecrire"),
        f"/fr/agents/questions/{begun.number}",
        f"/fr/agents/questions/{begun.number}/fichiers/{file.id}",
    ):
        assert paris.get(path).status_code == 404, path
    assert paris.post(address(dossier, "ecrire"), {"text": SECRET}).status_code == 404
    last = {"text": SECRET, "last": str(Message.get().id)}
    assert paris.post(f"/fr/agents/questions/{begun.number}", last).status_code == 404
    assert begun.number not in paris.get("/fr/agents/questions").text
    stranger = visitor().sign_in(factories.account())
    assert stranger.get(f"/fr/suivi/questions/{begun.number}").status_code == 404
    assert stranger.get(f"/fr/suivi/questions/{begun.number}/fichiers/{file.id}").status_code == 404
    assert Message.select().count() == 1


def test_the_conversation_of_an_application_that_moves_is_lost_to_the_old_service(
    visitor: Any, clock: Clock
) -> None:
    dossier = factories.filed()
    isere = factories.service("38", "Grenoble")
    lyon = enter(visitor(), member(dossier.service), clock)
    begin(lyon, dossier)
    begun = Conversation.get()
    there = {"postcode": "38000", "commune": "38185", "commune_name": "Grenoble"}
    of = {"journey": MOVING.slug, "journey_version": MOVING.version}
    move = factories.complete(factories.draft(dossier.account, paths(MOVING)[0] | there, **of), code="9" * 22)
    dossiers.submit(move, NOON)
    here = f"/fr/agents/questions/{begun.number}"
    assert lyon.get(here).status_code == 404
    assert lyon.post(here, {"text": SECRET, "last": str(Message.get().id)}).status_code == 404
    assert begun.number not in lyon.get("/fr/agents/questions").text
    grenoble = enter(visitor(), member(isere), clock)
    assert SECRET in words(grenoble.get(here).text)
    assert f'href="{here}"' in grenoble.get(address(dossier)).text


def test_nobody_answers_before_reading_what_was_said_meanwhile(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    desk = enter(visitor(), member(dossier.service), clock)
    begin(desk, dossier)
    begun = Conversation.get()
    seen = Message.get().id
    client = visitor().sign_in(dossier.account)
    client.get(f"/fr/suivi/questions/{begun.number}")
    client.post(f"/fr/suivi/questions/{begun.number}", {"text": "Je n’ai plus l’original."})
    here = f"/fr/agents/questions/{begun.number}"
    late = desk.post(here, {"text": "Nous vous attendons.", "last": str(seen)})
    assert late.status_code == 409
    text = words(late.text)
    assert "Quelqu’un a écrit entre-temps" in text
    assert "Je n’ai plus l’original." in text
    assert "Nous vous attendons." in text, "what was typed stays"
    assert Message.select().count() == 2
    for junk in ("", "x", "9" * 40, "²"):
        assert desk.post(here, {"text": "Oui.", "last": junk}).status_code == 409
    fresh = late.text.split('name="last" value="', 1)[1].split('"', 1)[0]
    assert desk.post(here, {"text": "Nous vous attendons.", "last": fresh}).status_code == 303


@LANGUAGES
def test_what_waits_says_for_how_long_and_what_else_to_do(lang: str, visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    client = visitor().sign_in(dossier.account)
    client.get(f"/{lang}/aide/ecrire?dossier={dossier.reference}")
    fields = {"topic": "dossier", "text": "Où en est ma demande ?", "dossier": dossier.reference}
    assert client.post(f"/{lang}/aide/ecrire", fields).status_code == 303
    asked = Conversation.get()
    mine = f"/{lang}/suivi/questions/{asked.number}"
    ways = "What can I do without an answer" if lang == "en" else "Que faire sans réponse"
    assert ways not in words(client.get(mine).text)
    for days in (1, UNANSWERED_DAYS - 1, UNANSWERED_DAYS, 9):
        clock.at = NOON + factories.days(days)
        client = visitor().sign_in(dossier.account)
        said = {
            "fr": "depuis 1 jour" if days == 1 else f"depuis {days} jours",
            "en": "for 1 day" if days == 1 else f"for {days} days",
        }[lang]
        page = words(client.get(mine).text)
        assert said in page
        assert (ways in page) is (days >= UNANSWERED_DAYS)
        assert ("0 806 001 620" in page.split(ways)[-1]) is True
        assert said in words(client.get(f"/{lang}/suivi/questions").text)
        assert said in words(client.get(f"/{lang}/suivi/{dossier.reference}").text)
        desk = enter(visitor(), member(dossier.service), clock)
        waits = {"fr": "attend " + said, "en": said}[lang]
        for path in (f"/{lang}/agents/questions", address(dossier, lang=lang)):
            text = desk.get(path).text
            assert waits in words(text)
            assert ('class="tag bad"' in text.split(asked.number, 1)[1]) is (days >= UNANSWERED_DAYS), path


@LANGUAGES
def test_the_person_sees_that_their_message_was_opened(lang: str, visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    client = visitor().sign_in(dossier.account)
    client.get(f"/{lang}/aide/ecrire?dossier={dossier.reference}")
    fields = {"topic": "dossier", "text": "Où en est ma demande ?", "dossier": dossier.reference}
    client.post(f"/{lang}/aide/ecrire", fields)
    number = Conversation.get().number
    opened = "An officer opened it" if lang == "en" else "Un agent l’a ouvert"
    assert opened not in words(client.get(f"/{lang}/suivi/questions/{number}").text)
    desk = enter(visitor(), member(dossier.service), clock)
    desk.get(address(dossier))
    assert opened not in words(client.get(f"/{lang}/suivi/questions/{number}").text), "not the message itself"
    desk.get(f"/fr/agents/questions/{number}")
    assert opened in words(client.get(f"/{lang}/suivi/questions/{number}").text)
