"""Texts that a service keeps: written and changed by its agents, offered where they write, seen by no other service."""

import pytest

from app.services.staff import saved_texts
from app.storage.models import SavedText
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor, address, enter, member, targets

TEXTS = "/fr/agents/textes"
WORDS = "Envoyez la copie intégrale, de moins de trois mois."


def kept(desk: PageClient, use: str, name: str = "Copie intégrale") -> SavedText:
    """A text written over its page."""
    desk.get(f"{TEXTS}/nouveau")
    answer = desk.post(f"{TEXTS}/nouveau", {"use": use, "name": name, "text": WORDS})
    assert answer.status_code == 303, answer.text
    return SavedText.select().order_by(SavedText.id.desc()).get()


def test_a_message_begins_with_it(desk: PageClient, taken: object, dossier: object) -> None:
    text = kept(desk, "message")
    write = f"{address(dossier)}/ecrire"
    (link,) = [link for link in targets(desk.get(write).text) if f"texte={text.id}" in link]
    assert WORDS in desk.get(link).text
    assert WORDS not in desk.get(write).text


def test_chosen_after_something_was_typed_it_is_shown(
    desk: PageClient, taken: object, dossier: object
) -> None:
    text = kept(desk, "message")
    write = f"{address(dossier)}/ecrire"
    desk.get(write)
    assert desk.post(write, {"text": "Bonjour, il manque", "leave": "1"}).status_code == 204
    assert "Bonjour, il manque" in desk.get(write).text
    assert f">\n{WORDS}</textarea>" in desk.get(f"{write}?texte={text.id}").text


def test_the_reason_of_a_request_begins_with_it(desk: PageClient, taken: object, dossier: object) -> None:
    text = kept(desk, "request")
    ask = f"{address(dossier, 'ask')}?piece=passport"
    (link,) = [link for link in targets(desk.get(ask).text) if f"texte={text.id}" in link]
    page = desk.get(link).text
    assert WORDS in page
    assert '<option value="other" selected' in page


def test_changed_deleted_and_named_once(desk: PageClient) -> None:
    text = kept(desk, "message")
    twice = desk.post(f"{TEXTS}/nouveau", {"use": "message", "name": text.name, "text": "Autre"})
    assert twice.status_code == 422
    assert 'id="name-error"' in twice.text
    desk.post(f"{TEXTS}/{text.id}", {"use": "message", "name": "Autre nom", "text": "Autre texte"})
    assert "Autre nom" in desk.get(TEXTS).text
    assert desk.post(f"{TEXTS}/{text.id}/supprimer").status_code == 303
    assert desk.get(f"{TEXTS}/{text.id}").status_code == 404
    assert SavedText.select().count() == 0


def test_no_more_than_can_be_read(desk: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(desk, "message")
    monkeypatch.setattr(saved_texts, "MOST", 1)
    assert desk.post(f"{TEXTS}/nouveau", {"use": "message", "name": "B", "text": "Autre"}).status_code == 422


def test_another_service_sees_none(desk: PageClient, visitor: Visitor, clock: Clock) -> None:
    text = kept(desk, "message")
    stranger = enter(visitor(), member(factories.service("75", "Paris")), clock)
    assert text.name not in stranger.get(TEXTS).text
    assert stranger.get(f"{TEXTS}/{text.id}").status_code == 404
    assert stranger.post(f"{TEXTS}/{text.id}/supprimer").status_code == 404
