"""The certificate of somebody who is blocked: what they declare, what the service saw, what the law says."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from app.storage.models import Conversation, Outbox
from tests import factories
from tests.web.procedures import words
from tests.web.public.test_messages import LANGUAGES, lyon, work, write

pytestmark = pytest.mark.engines("sqlite")
__all__ = ["lyon"]

BLOCKED = {
    "tried": "renewal",
    "since-day": "12",
    "since-month": "11",
    "since-year": "2026",
    "text": "Le bouton « Continuer » ne fait rien.",
    "helpers": ["phone", "place"],
    "page": "/fr/demande/etudiant",
}


@LANGUAGES
def test_a_certificate_of_being_blocked(lang: str, app: Flask, visitor: Any) -> None:
    account = factories.account()
    factories.draft(account)
    client = visitor().sign_in(account)
    answer = write(client, f"/{lang}/aide/bloque", **BLOCKED, postcode="69003")
    assert answer.status_code == 303, words(answer.text)
    asked = Conversation.get()
    early = client.get(f"/{lang}/suivi/questions/{asked.number}/certificat.pdf")
    assert early.status_code == 303, "not printed yet"
    work(app)
    page = words(client.get(answer.location).text)
    assert "certificat.pdf" in page
    first = client.get(f"/{lang}/suivi/questions/{asked.number}/certificat.pdf")
    assert first.mimetype == "application/pdf"
    text = " ".join("\n".join(one.extract_text() for one in PdfReader(BytesIO(first.data)).pages).split())
    for said in (
        asked.number,
        "23 novembre 2026",
        "12 novembre 2026",
        "Le bouton « Continuer » ne fait rien.",
        "R.431-2",
        "Compte créé",
        "Demande commencée",
        "Nguyễn Thị Ánh",
        "e-MERAUDE",
        "/fr/demande/etudiant",
    ):
        assert said in words(text), said
    work(app)
    assert client.get(f"/{lang}/suivi/questions/{asked.number}/certificat.pdf").data == first.data


def test_a_certificate_that_was_changed_is_given_to_nobody(app: Flask, visitor: Any) -> None:
    client = visitor().sign_in(factories.filed().account)
    answer = write(client, "/fr/aide/bloque", **BLOCKED)
    work(app)
    Conversation.update(sha256="0" * 64).execute()
    assert client.get(f"{answer.location}/certificat.pdf").status_code == 503
    Conversation.update(blocked=None).execute()
    assert client.get(f"{answer.location}/certificat.pdf").status_code == 404


def test_who_has_no_account_is_answered_about_a_block(app: Flask, visitor: Any) -> None:
    client = visitor()
    answer = write(client, "/fr/aide/bloque", **BLOCKED, email="anh@exemple.fr", postcode="69003")
    assert answer.status_code == 303
    work(app)
    assert Conversation.get().file_key
    assert Outbox.select().where(Outbox.error != "").count() == 0
    assert "certificat.pdf" in client.get("/fr/aide/ecrire/recu").text
    assert client.get("/fr/aide/bloque/certificat.pdf").mimetype == "application/pdf"
    assert visitor().get("/fr/aide/bloque/certificat.pdf").status_code == 404


@LANGUAGES
def test_nobody_yet_goes_with_no_other_answer(lang: str, visitor: Any) -> None:
    client = visitor().sign_in(factories.account())
    answer = write(
        client, f"/{lang}/aide/bloque", **BLOCKED | {"helpers": ["phone", "none"]}, postcode="69003"
    )
    assert answer.status_code == 422
    told = {"fr": "ne peut pas être cochée avec d’autres", "en": "cannot be ticked together with others"}[
        lang
    ]
    assert told in words(answer.text).split('id="helpers-error"', 1)[1].split("</p>", 1)[0]
    assert Conversation.select().count() == 0
