"""After filing, until the decision: an answer corrected, a document added, the application withdrawn."""

from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.services.applications import corrections
from app.services.certificates import attestations
from app.storage.models import Account, Attestation, Correction, Document, Dossier, Event, Notice
from tests import factories
from tests.answers import ANSWERS
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.intake.files import picture
from tests.on_offer import STUDENT_RENEWAL
from tests.services.certificates.test_rights_coverage import TODAY
from tests.services.certificates.test_rights_coverage import dossier as with_rights
from tests.web.agent_pages import act, address, enter, member
from tests.web.forms import filled, sent
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

PERSONAL, STUDIES, RESOURCES = STUDENT_RENEWAL.steps[:3]
OPEN = [State.FILED, State.IN_REVIEW, State.COMPLEMENT_REQUESTED, State.COMPLEMENT_RECEIVED]
OVER = [State.FAVOURABLE, State.UNFAVOURABLE, State.CARD_AVAILABLE, State.HANDED_OVER, State.WITHDRAWN]


@pytest.fixture
def filed(app: Flask) -> Dossier:
    """An application of a student."""
    return factories.filed()


def to(dossier: Dossier, rest: str, lang: str = "fr") -> str:
    return f"/{lang}/suivi/{dossier.reference}/{rest}"


def put(dossier: Dossier, state: State) -> None:
    card = {"place": "Lyon", "amount": 10_000}
    Dossier.update(state=str(state), card=card).where(Dossier.id == dossier.id).execute()


def correct(client: PageClient, dossier: Dossier, step: Any, lang: str = "fr", **changes: Any) -> Any:
    """Open a step again, change it, send it."""
    path = to(dossier, f"modifier/{step.slug}", lang)
    assert client.get(path).status_code == 200
    return client.post(path, filled(step, ANSWERS, **changes))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_answer_is_corrected_and_the_agent_sees_both(
    lang: str, filed: Dossier, visitor: Any, clock: Clock
) -> None:
    client = visitor().sign_in(filed.account)
    shown = words(client.get(to(filed, "modifier", lang)).text)
    assert "29 rue du Professeur-Rochaix" in shown
    answer = correct(
        client, filed, PERSONAL, lang, address="31 rue du Professeur-Rochaix", phone="07 98 76 54 32"
    )
    assert answer.status_code == 303, words(answer.text)
    assert "31 rue du Professeur-Rochaix" in words(client.get(answer.location).text)
    row = Dossier.get_by_id(filed.id)
    assert row.sealed["address"] == "31 rue du Professeur-Rochaix"
    assert row.sealed["school"] == filed.sealed["school"]
    assert row.filed_on == filed.filed_on
    (version,) = Correction.select()
    assert version.changes == {
        "address": ["29 rue du Professeur-Rochaix", "31 rue du Professeur-Rochaix"],
        "phone": ["+33612345678", "+33798765432"],
    }
    assert Account.get_by_id(filed.account_id).phone == "+33798765432"
    desk = enter(visitor(), member(filed.service), clock)
    page = words(desk.get(address(filed, lang=lang)).text)
    assert '<del><bdi lang="" translate="no">29 rue du Professeur-Rochaix</bdi></del>' in page
    assert '<ins><bdi lang="" translate="no">31 rue du Professeur-Rochaix</bdi></ins>' in page


def test_nothing_changed_is_no_version(filed: Dossier, visitor: Any) -> None:
    client = visitor().sign_in(filed.account)
    assert correct(client, filed, PERSONAL).status_code == 303
    assert Correction.select().count() == 0
    assert Event.select().where(Event.action == "correct").count() == 0


def test_an_option_that_asks_for_more_asks_for_it(filed: Dossier, visitor: Any) -> None:
    client = visitor().sign_in(filed.account)
    answer = correct(client, filed, PERSONAL, housing="hosted", host="")
    assert answer.status_code == 422
    assert 'id="host-error"' in answer.text
    answer = correct(client, filed, PERSONAL, housing="hosted", host="Mme Diallo")
    assert answer.status_code == 303
    assert Dossier.get_by_id(filed.id).sealed["host"] == "Mme Diallo"
    asked = client.get(to(filed, "documents")).text
    assert 'id="host_statement"' in asked, "what the new answer asks for"
    assert correct(client, filed, PERSONAL).status_code == 303
    assert "host" not in Dossier.get_by_id(filed.id).sealed, "what is no longer asked is no longer said"
    assert Correction.select().count() == 2


@pytest.mark.parametrize(
    ("lang", "said"),
    [("fr", "Cette adresse dépend d’un autre service"), ("en", "belongs to another service")],
)
def test_an_address_of_another_service_is_a_slip_or_a_move(
    lang: str, said: str, filed: Dossier, visitor: Any
) -> None:
    factories.service("38", "Grenoble")
    client = visitor().sign_in(filed.account)
    answer = correct(
        client, filed, PERSONAL, lang, postcode="38000", commune="38185", address="1 cours Berriat"
    )
    assert answer.status_code == 422
    assert said in words(answer.text).split('id="commune-error"')[1]
    assert "1 cours Berriat" in answer.text
    assert f'href="/{lang}/titre/domicile"' in answer.text, "where a move is declared"
    assert Correction.select().count() == 0
    fields = filled(PERSONAL, ANSWERS, postcode="38000", commune="38185", address="1 cours Berriat")
    path = to(filed, f"modifier/{PERSONAL.slug}", lang)
    assert client.post(path, {**fields, "same_home": "yes"}).status_code == 303
    row = Dossier.get_by_id(filed.id)
    assert (row.sealed["commune"], row.service.code) == ("38185", "38")
    assert Notice.get(Notice.kind == "moved").facts["target"] == "Service du séjour de Grenoble"


def test_what_the_register_says_stands_above_the_question_about_it(filed: Dossier, visitor: Any) -> None:
    client = visitor().sign_in(filed.account)
    assert "Huế" in client.get(to(filed, f"modifier/{PERSONAL.slug}")).text
    assert "Huế" not in client.get(to(filed, f"modifier/{STUDIES.slug}")).text


@pytest.mark.parametrize("state", OPEN)
def test_until_the_decision(state: State, filed: Dossier, visitor: Any) -> None:
    put(filed, state)
    client = visitor().sign_in(filed.account)
    assert to(filed, "modifier") in client.get("/fr/suivi/").text
    assert correct(client, filed, STUDIES, school="Université Jean Moulin").status_code == 303
    assert Dossier.get_by_id(filed.id).state == state


@pytest.mark.parametrize("state", OVER)
def test_no_longer(state: State, filed: Dossier, visitor: Any) -> None:
    put(filed, state)
    client = visitor().sign_in(filed.account)
    assert to(filed, "modifier") not in client.get(f"/fr/suivi/{filed.reference}").text
    for path in ("modifier", f"modifier/{STUDIES.slug}", "documents", "retirer", "complement"):
        assert client.get(to(filed, path)).location == f"/fr/suivi/{filed.reference}", "letters still name it"
    assert client.post(to(filed, f"modifier/{STUDIES.slug}"), filled(STUDIES)).status_code == 303
    assert client.post(to(filed, "retirer"), {"sure": "yes"}).status_code == 303
    assert Dossier.get_by_id(filed.id).state == state


def test_nobody_changes_the_application_of_another(filed: Dossier, visitor: Any) -> None:
    stranger = visitor().sign_in(factories.account())
    for path in ("modifier", f"modifier/{STUDIES.slug}", "documents", "retirer"):
        assert stranger.get(to(filed, path)).status_code == 404
    file = Document.select().where(Document.dossier == filed).first()
    for path in ("retirer", "documents/passport", f"documents/retirer/{file.id}", f"modifier/{STUDIES.slug}"):
        assert stranger.post(to(filed, path), {"sure": "yes"}).status_code == 404
    assert stranger.get(to(filed, "modifier/justificatifs")).status_code == 404


def test_an_agent_who_decides_on_the_old_answers_is_told_first(
    filed: Dossier, visitor: Any, clock: Clock
) -> None:
    put(filed, State.IN_REVIEW)
    desk = enter(visitor(), member(filed.service), clock)
    page = desk.get(address(filed, "approve")).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    client = visitor().sign_in(filed.account)
    assert correct(client, filed, STUDIES, school="Université Jean Moulin").status_code == 303
    assert desk.post(address(filed, "approve"), {"seen": seen}).status_code == 409
    assert Dossier.get_by_id(filed.id).state == State.IN_REVIEW
    assert act(desk, filed, "approve").status_code == 303


# --- documents


def test_a_document_is_added_and_another_taken_out(filed: Dossier, visitor: Any, clock: Clock) -> None:
    client = visitor().sign_in(filed.account)
    client.get(to(filed, "documents"))
    answer = client.post(to(filed, "documents/passport"), {"files": sent(picture(), "page2.png")})
    assert answer.status_code == 303
    old = Document.select().where(Document.dossier == filed, Document.slot == "passport").first()
    assert client.post(to(filed, f"documents/retirer/{old.id}"), {}).status_code == 303
    assert Document.get_by_id(old.id).removed_at is not None, "the agent may have seen it"
    told = Event.select().where((Event.dossier == filed) & (Event.action == "add")).count()
    assert told == 2
    desk = enter(visitor(), member(filed.service), clock)
    assert "ajoute ou remplace un document" in words(desk.get(address(filed)).text)
    refused = client.post(to(filed, "documents/passport"), {"files": sent(b"hello", "x.txt")})
    assert refused.status_code == 422
    assert Event.select().where((Event.dossier == filed) & (Event.action == "add")).count() == told
    assert client.post(to(filed, "documents/no_such"), {"files": sent(picture(), "a.png")}).status_code == 404


def test_while_some_are_asked_for_they_are_given_there(filed: Dossier, visitor: Any) -> None:
    put(filed, State.COMPLEMENT_REQUESTED)
    client = visitor().sign_in(filed.account)
    assert client.get(to(filed, "documents")).location == f"/fr/suivi/{filed.reference}"
    sent_too_late = client.post(to(filed, "documents/passport"), {"files": sent(picture())})
    assert sent_too_late.location == f"/fr/suivi/{filed.reference}", "the page that says what is asked"
    assert Document.select().where(Document.removed_at.is_null(False)).count() == 0


# --- withdrawing


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_withdrawn_by_somebody_who_is_sure(lang: str, filed: Dossier, visitor: Any) -> None:
    client = visitor().sign_in(filed.account)
    path = to(filed, "retirer", lang)
    client.get(path)
    answer = client.post(path, {})
    assert answer.status_code == 422
    assert 'id="sure-error"' in answer.text
    assert client.post(path, {"sure": "yes"}).status_code == 303
    assert client.post(path, {"sure": "yes"}).status_code == 303, "a second click"
    assert Event.select().where(Event.action == "withdraw").count() == 1
    space = words(client.get(f"/{lang}/suivi/{filed.reference}").text)
    assert ("Vous avez retiré" if lang == "fr" else "You have withdrawn") in space
    assert ("Décision prise" if lang == "fr" else "Decision made") not in space, "none was"
    home = client.get(f"/{lang}/suivi/").text
    assert f"/{lang}/demande/{STUDENT_RENEWAL.slug}" in home, "a new one can be begun"


def test_nothing_is_issued_for_an_application_withdrawn(app: Flask) -> None:
    one = with_rights(TODAY)
    corrections.withdraw(one, NOON)
    assert attestations.issue_due_extensions(NOON) == 0
    assert Attestation.select().where(Attestation.kind == "prolongation").count() == 0
