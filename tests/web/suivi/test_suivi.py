"""The follow-up: the four states, the request for documents answered piece by piece, files and messages."""

import pytest

from app.domain.dossiers.endings import Settlement
from app.domain.dossiers.states import State
from app.services.decisions import instruction, undoing
from app.services.decisions.acts import Act
from app.storage.models import ComplementItem, Document, Dossier, Event
from app.storage.review import dossier_view
from tests import factories
from tests.services.decisions.test_undoing import CORRECTED, GRANTED
from tests.web.forms import picture, sent
from tests.web.procedures import words


@pytest.fixture
def dossier(app):
    return factories.filed()


@pytest.fixture
def applicant(visitor, dossier):
    return visitor().sign_in(dossier.account)


@pytest.fixture
def act(dossier, clock):
    agent = factories.agent()

    def make() -> Act:
        return Act(agent, clock.advance(minutes=1), dossier_view.last_move(dossier.id))

    return make


@pytest.fixture
def asked(dossier, act):
    """A request for two documents."""
    instruction.take(dossier, act())
    reasons = {"passport": "Ce document est illisible.", "residence_statement": "Elle est trop ancienne."}
    instruction.ask(dossier, act(), reasons)
    return f"/fr/suivi/{dossier.reference}/complement"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_letters_without_effect_stay_and_say_what_they_are_worth(applicant, dossier, act, lang):
    applicant.get("/fr/suivi/")
    chief = factories.agent(dossier.service, rank="supervisor")

    def page() -> str:
        return words(applicant.get(f"/{lang}/suivi/").text)

    def letters(text: str) -> int:
        return text.count("Lire la lettre<" if lang == "fr" else "Read the letter<")

    def again() -> Dossier:
        return Dossier.get_by_id(dossier.id)

    instruction.take(dossier, act())
    instruction.approve(again(), act(), GRANTED)
    undoing.amend(again(), act(), CORRECTED, "Une faute.")
    text = page()
    assert letters(text) == 2
    assert text.count("remplacée le" if lang == "fr" else "replaced on") == 1
    assert ("Lettres sans effet" if lang == "fr" else "Letters without effect") not in text
    undo = Act(chief, act().now, dossier_view.last_move(dossier.id), certificates=Settlement.ENDED)
    undoing.take_back(again(), undo, "Une erreur de personne.")
    text = page()
    assert letters(text) == 2
    assert ("elles ne prouvent plus rien" if lang == "fr" else "they no longer prove anything") in text
    assert ("vous recevez une autre lettre" if lang == "fr" else "you receive another letter") in text


@pytest.mark.parametrize(("lang", "title"), [("fr", "Dépôt de la demande"), ("en", "Application submitted")])
def test_each_state_has_its_date_and_its_sentence(applicant, dossier, act, lang, title):
    applicant.get("/fr/suivi/")

    def page() -> str:
        return applicant.get(f"/{lang}/suivi/").text

    assert title in page()
    instruction.take(dossier, act())
    assert 'class="now" aria-current="step"' in page()
    instruction.approve(dossier, act())
    assert applicant.get(f"/{lang}/suivi/{dossier.reference}").status_code == 200
    instruction.announce(dossier, act(), "1 place du Test", 10_000)
    text = page().replace("\u00a0", " ")
    assert "1 place du Test" in text
    assert ("100 €" if lang == "fr" else "€100") in text
    assert ("prête depuis le" if lang == "fr" else "has been ready since") in text
    instruction.hand_over(dossier, act())
    assert page().count('class="done"') == 4


def test_a_refusal_shows_its_reason(applicant, dossier, act):
    instruction.take(dossier, act())
    instruction.refuse(dossier, act(), "Aucune inscription depuis deux ans.")
    page = applicant.get("/fr/suivi/").text
    assert "Votre demande est refusée" in page
    assert "Aucune inscription depuis deux ans." in page
    assert "2 mois" in page
    for one in dossier.account.notices:
        assert applicant.get(f"/fr/suivi/messages/{one.id}").status_code == 200


def test_a_request_is_answered_document_by_document(applicant, dossier, asked):
    page = applicant.get("/fr/suivi/").text
    assert "2 documents vous sont demandés" in page
    form = applicant.get(asked).text
    assert "Elle est trop ancienne." in form
    assert "par fichier, 10 fichiers par document" in form, "before a file is chosen"
    unsent = applicant.post(f"{asked}/envoyer")
    assert unsent.status_code == 422
    assert applicant.post(f"{asked}/passport", {"choice": "keep"}).status_code == 303
    answer = applicant.post(f"{asked}/residence_statement", {"files": sent(picture())})
    assert answer.status_code == 303
    assert "rien n’est encore envoyé" in applicant.get("/fr/suivi/").text
    assert applicant.post(f"{asked}/envoyer").status_code == 303
    assert Dossier.get_by_id(dossier.id).state == State.COMPLEMENT_RECEIVED
    old, new = Document.select().where(Document.slot == "residence_statement").order_by(Document.id)
    assert old.removed_at is not None
    assert new.removed_at is None
    assert Document.get(Document.slot == "passport").removed_at is None
    assert applicant.post(f"{asked}/envoyer").location == f"/fr/suivi/{dossier.reference}", "a second click"
    assert Event.select().where(Event.action == "answer").count() == 1


def test_a_letter_may_stand_for_the_document(applicant, dossier, asked):
    nothing = applicant.post(f"{asked}/passport", {"choice": "letter", "why": ""})
    assert nothing.status_code == 422
    assert "Écrivez une raison" in nothing.text
    assert (
        applicant.post(f"{asked}/passport", {"choice": "letter", "why": "Il est au consulat."}).status_code
        == 303
    )
    assert ComplementItem.get(ComplementItem.slot == "passport").decision == "letter"


def test_a_file_given_for_a_request_can_be_taken_back_until_it_is_sent(applicant, dossier, asked):
    applicant.post(f"{asked}/passport", {"files": sent(picture())})
    new = Document.select().where(Document.slot == "passport").order_by(Document.id.desc()).get()
    first = Document.select().where(Document.slot == "passport").order_by(Document.id).get()
    assert applicant.post(f"{asked}/retirer/{first.id}").status_code == 404
    assert applicant.post(f"{asked}/retirer/{new.id}").status_code == 303
    assert Document.get_by_id(new.id).removed_at is not None


def test_a_script_gets_the_slot_alone(applicant, dossier, asked):
    answer = applicant.post(f"{asked}/passport", {"files": sent(picture())}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="passport"' in answer.text
    assert 'hx-swap-oob="innerHTML:#count"' in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_what_was_not_asked_cannot_be_changed(applicant, dossier, asked):
    assert applicant.post(f"{asked}/transcripts", {"files": sent(picture())}).status_code == 404
    filed = applicant.post("/fr/demande/etudiant/pieces/passport", {"files": sent(picture())})
    assert filed.location == f"/fr/demande/confirmation/{dossier.reference}"


def test_after_an_answer_every_part_of_the_page_says_the_same(applicant, dossier, asked):
    """Sent too early, then completed: « Il manque encore : » stayed above « 2 sur 2 prêts »."""
    early = applicant.post(f"{asked}/envoyer")
    assert early.status_code == 422
    assert "Il manque encore :" in early.text
    applicant.post(f"{asked}/passport", {"choice": "keep"})
    page = applicant.get(asked).text
    slot = page.split('<li id="passport"', 1)[1].split("</li>", 1)[0]
    assert "Gardé" in slot
    assert "À joindre" not in slot
    script = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{asked}/envoyer"}
    refused = applicant.post(f"{asked}/residence_statement", {"files": sent(b"no picture")}, headers=script)
    assert "Il manque encore :" in refused.text.split("innerHTML:#missing", 1)[1]
    last = applicant.post(f"{asked}/residence_statement", {"files": sent(picture())}, headers=script)
    assert "2 sur 2." in last.text
    assert "Il manque encore :" not in last.text
