"""The queue and the page of a dossier."""

import pytest
from flask import Flask

from app.storage.models import Document, Dossier
from tests import factories
from tests.clients import PageClient
from tests.web.agent_pages import QUEUE, address

# The queue


def test_the_queue_shows_the_dossier_in_both_languages(desk: PageClient, dossier: Dossier) -> None:
    for lang in ("fr", "en"):
        page = desk.get(f"/{lang}/agents/").text
        assert dossier.reference in page
        assert "Nguyễn" in page


def test_filters_answer_as_a_page_and_as_a_fragment(desk: PageClient, dossier: Dossier) -> None:
    found, lost = f"{QUEUE}?q=nguyen&motif=etudiant&etat=filed&agent=0", f"{QUEUE}?q=nobody"
    assert dossier.reference in desk.get(found).text
    assert dossier.reference not in desk.get(lost).text
    fragment = desk.get(found, headers={"HX-Request": "true"})
    assert dossier.reference in fragment.text
    assert "<html" not in fragment.text
    assert "HX-Request" in fragment.headers["Vary"]
    whole = desk.get(found, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole.text


@pytest.mark.parametrize(
    "query",
    [
        "vue=x",
        "etat=draft",
        "etat=x",
        "agent=x",
        "agent=99999999999999999999",
        "motif=x",
        "apres=x",
        "q=%00",
        "q=%25",
    ],
)
def test_a_strange_address_is_a_page(desk: PageClient, query: str) -> None:
    assert desk.get(f"{QUEUE}?{query}").status_code == 200


def test_a_name_is_text(desk: PageClient, dossier: Dossier) -> None:
    identity = {**dossier.identity, "surname": "<b>Bobby</b>"}
    Dossier.update(identity=identity).where(Dossier.id == dossier.id).execute()
    for path in (QUEUE, address(dossier), address(dossier, "take")):
        assert "&lt;b&gt;Bobby" in desk.get(path).text


# The dossier


def test_the_dossier_shows_answers_documents_and_history(desk: PageClient, dossier: Dossier) -> None:
    page = desk.get(f"{address(dossier)}?piece=passport").text
    for words in ("C1234567", "Université Lumière Lyon 2", "Passeport", "Dépôt par l’usager", "passport.jpg"):
        assert words in page
    assert "<h3>Récapitulatif" not in page  # a step without answers has no heading
    assert "C1234567" in desk.get(f"{address(dossier, lang='en')}?piece=unknown&fichier=x").text


def test_a_correction_asked_by_the_applicant_stands_out(desk: PageClient, dossier: Dossier) -> None:
    sealed = {**dossier.sealed, "identity_right": "no", "identity_error": "Mon prénom est <i>Ánh</i>."}
    Dossier.update(sealed=sealed).where(Dossier.id == dossier.id).execute()
    page = desk.get(address(dossier)).text
    assert "signale une erreur" in page
    assert "&lt;i&gt;Ánh" in page


def test_a_file_is_shown_and_never_run(app: Flask, desk: PageClient, dossier: Dossier) -> None:
    document = Document.get(Document.dossier == dossier)
    content = b"\xff\xd8\xff\xe0 pixels"
    factories.write(document, content)
    answer = desk.get(f"{address(dossier)}/fichiers/{document.id}")
    assert answer.status_code == 200
    assert answer.data == b"\xff\xd8\xff\xe0 pixels"
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert desk.get(f"{address(dossier)}/fichiers/{document.id}?page=1").status_code == 404, "no PDF"
    Document.update(scan="waiting").execute()
    assert desk.get(f"{address(dossier)}/fichiers/{document.id}").status_code == 404
    assert f'/fichiers/{document.id}"' not in desk.get(address(dossier)).text
    Document.update(scan="clean", sha256="0" * 64).execute()
    changed = desk.get(f"{address(dossier)}/fichiers/{document.id}")
    assert changed.status_code == 503
    assert "Dossiers à traiter" in changed.text, "the page knows its reader"


def test_a_lost_file_is_a_page(app: Flask, desk: PageClient, dossier: Dossier) -> None:
    document = Document.get(Document.dossier == dossier)
    app.extensions["gateways"].files.delete(document.key)
    assert desk.get(f"{address(dossier)}/fichiers/{document.id}").status_code == 404
