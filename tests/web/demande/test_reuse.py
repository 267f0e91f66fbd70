"""What was given once is not asked for again: files of an earlier application, and its answers to read over."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.rules.parameters import ADDRESS_AGAIN_DAYS, AGAIN_DAYS
from app.services.applications import dossiers
from app.services.applications.dossiers import AlreadyFiled
from app.storage.models import Account, Document, Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.generated import paths
from tests.intake.files import picture
from tests.on_offer import LOSS, MOVING
from tests.web.agent_pages import address, enter, member
from tests.web.forms import sent
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")
ROOT = "/fr/demande/domicile"


@pytest.fixture
def person(app: Flask) -> Account:
    """Somebody with an application filed, with a real passport in it, and another one at its documents."""
    filed = factories.filed()
    Document.delete().where(Document.slot == "passport").execute()
    put(app, filed, "passport")
    factories.draft(filed.account, paths(MOVING)[0], journey=MOVING.slug, journey_version=MOVING.version)
    return filed.account


def put(app: Flask, dossier: Dossier, slot: str, days: int = 30, **columns: Any) -> Document:
    """A file in the store, given some days ago."""
    place = Document.select().count()
    files = app.extensions["gateways"].files
    files.put(f"2026/10/{place:032x}.preview", b"a small picture")
    keys = {"key": f"2026/10/{place:032x}", "preview_key": f"2026/10/{place:032x}.preview"}
    return factories.document(dossier, slot, NOON - timedelta(days=days), b"a picture", **keys, **columns)


def at_documents(visitor: Any, person: Account, lang: str = "fr") -> tuple[PageClient, str]:
    """The step of the documents."""
    client = visitor().sign_in(person)
    return client, words(client.get(f"/{lang}/demande/domicile/justificatifs").text)


def draft_of(person: Account) -> Dossier:
    return Dossier.get((Dossier.account == person) & (Dossier.state == "draft"))


def again(client: PageClient, slot: str = "passport") -> Any:
    return client.post(f"{ROOT}/pieces/{slot}/reprendre", {})


@pytest.mark.parametrize(
    ("lang", "said"),
    [("fr", "Vous l’avez donné le 24 octobre 2026"), ("en", "You gave it on 24 October 2026")],
)
def test_a_document_given_before_is_offered_with_its_day(
    lang: str, said: str, person: Account, visitor: Any
) -> None:
    _, text = at_documents(visitor, person, lang)
    assert said in text
    assert text.count("/reprendre") == 2, "once for each of the action and its script"


def test_it_is_given_with_a_copy_of_its_own(app: Flask, person: Account, visitor: Any) -> None:
    client, _ = at_documents(visitor, person)
    assert again(client).status_code == 303
    assert again(client).status_code == 303, "a second click"
    old = Document.get((Document.slot == "passport") & (Document.dossier != draft_of(person)))
    new = Document.get(Document.dossier == draft_of(person))
    assert (new.slot, new.name, new.received_at) == ("passport", old.name, old.received_at)
    assert new.key != old.key
    client.get(f"{ROOT}/justificatifs")
    client.post(f"{ROOT}/retirer/{new.id}", {})
    files = app.extensions["gateways"].files
    assert files.read(old.key) == b"a picture", "what the other application holds is its own"
    assert files.read(old.preview_key) == b"a small picture"


def test_a_slot_that_is_filled_offers_nothing(person: Account, visitor: Any) -> None:
    client, _ = at_documents(visitor, person)
    client.post(f"{ROOT}/pieces/passport", {"files": sent(picture(), "autre.jpg")})
    assert "/reprendre" not in client.get(f"{ROOT}/justificatifs").text


@pytest.mark.parametrize(
    ("slot", "days", "offered"),
    [
        ("passport", AGAIN_DAYS, True),
        ("passport", AGAIN_DAYS + 1, False),
        ("home_bill", ADDRESS_AGAIN_DAYS, True),
        ("home_bill", ADDRESS_AGAIN_DAYS + 1, False),
        ("permit", 1, False),
    ],
)
def test_what_is_too_old_is_asked_for_anew(
    slot: str, days: int, offered: bool, app: Flask, person: Account, visitor: Any
) -> None:
    Document.delete().execute()
    put(app, Dossier.get(Dossier.reference.is_null(False)), slot, days)
    _, text = at_documents(visitor, person)
    assert f'id="{slot}"' in text
    assert ("/reprendre" in text) is offered


@pytest.mark.parametrize("columns", [{"scan": "waiting"}, {"letter": True}, {"removed_at": NOON}])
def test_what_is_not_the_document_itself_is_not_offered(
    columns: dict[str, Any], app: Flask, person: Account, visitor: Any
) -> None:
    Document.delete().execute()
    put(app, Dossier.get(Dossier.reference.is_null(False)), "passport", **columns)
    client, text = at_documents(visitor, person)
    assert "/reprendre" not in text
    assert again(client).status_code == 404


def test_nobody_gives_the_documents_of_another(app: Flask, person: Account, visitor: Any) -> None:
    stranger = factories.account()
    factories.draft(stranger, paths(MOVING)[0], journey=MOVING.slug, journey_version=MOVING.version)
    client, text = at_documents(visitor, stranger)
    assert "/reprendre" not in text
    assert again(client).status_code == 404
    assert again(client, "../passport").status_code == 404


def test_a_file_that_is_gone_leaves_the_slot_to_be_filled(app: Flask, person: Account, visitor: Any) -> None:
    for one in Document.select().where(Document.slot == "passport"):
        app.extensions["gateways"].files.delete(one.key)
    client, _ = at_documents(visitor, person)
    assert again(client).status_code == 303
    assert Document.select().where(Document.dossier == draft_of(person)).count() == 0


# --- answers


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Vos réponses du 23 novembre 2026 sont déjà là"),
        ("en", "Your answers of 23 November 2026 are already here"),
    ],
)
def test_answers_are_proposed_and_not_taken_for_granted(
    lang: str, said: str, app: Flask, visitor: Any
) -> None:
    filed = factories.filed()
    client = visitor().sign_in(filed.account)
    page = f"/{lang}/demande/perte-vol/adresse"
    factories.draft(
        filed.account,
        {k: v for k, v in paths(LOSS)[0].items() if k in {q.key for q in LOSS.steps[0].questions}},
        journey=LOSS.slug,
        journey_version=LOSS.version,
    )
    text = words(client.get(page).text)
    assert said in text
    assert 'value="29 rue du Professeur-Rochaix"' in text
    assert client.get(f"/{lang}/demande/perte-vol/justificatifs").status_code == 303, "nothing is saved yet"
    assert said not in words(client.get(f"/{lang}/demande/perte-vol/ce-qui-est-arrive").text)


def test_what_was_saved_in_this_application_comes_first(app: Flask, visitor: Any) -> None:
    filed = factories.filed()
    answers = paths(LOSS)[0] | {"address": "3 rue Neuve"}
    factories.draft(filed.account, answers, journey=LOSS.slug, journey_version=LOSS.version)
    text = visitor().sign_in(filed.account).get("/fr/demande/perte-vol/adresse").text
    assert 'value="3 rue Neuve"' in text
    assert "sont déjà là" not in text


def test_a_first_application_proposes_nothing(app: Flask, visitor: Any) -> None:
    factories.filed()  # somebody else's
    text = visitor().sign_in(factories.account()).get("/fr/demande/etudiant/informations-personnelles").text
    assert "sont déjà là" not in text
    assert "Professeur-Rochaix" not in text.replace("29 rue du Professeur-Rochaix</p>", "")


# --- one at a time


@pytest.mark.parametrize(("lang", "said"), [("fr", "déjà déposé"), ("en", "already submitted")])
def test_one_application_of_a_kind_at_a_time(lang: str, said: str, app: Flask, visitor: Any) -> None:
    filed = factories.filed()
    client = visitor().sign_in(filed.account)
    answer = client.get(f"/{lang}/demande/etudiant")
    assert answer.status_code == 303
    assert said in words(client.get(answer.location).text)
    second = factories.complete(factories.draft(filed.account), code="8" * 22)
    with pytest.raises(AlreadyFiled):
        dossiers.submit(second, NOON)
    Dossier.update(state="unfavourable").where(Dossier.id == filed.id).execute()
    assert client.get(f"/{lang}/demande/etudiant").location.endswith("/recapitulatif")


def test_one_can_move_twice(person: Account, visitor: Any) -> None:
    move = draft_of(person)
    columns = {
        "state": "filed",
        "filed_on": NOON.date(),
        "reference": "69-2026-000900-0",
        "service": factories.service(),
    }
    Dossier.update(**columns, sealed={}).where(Dossier.id == move.id).execute()
    answer = visitor().sign_in(person).get("/fr/demande/domicile")
    assert answer.location.endswith("/nouvelle-adresse")


def test_an_agent_sees_the_other_applications_of_the_person(
    person: Account, visitor: Any, clock: Clock
) -> None:
    filed = Dossier.get(Dossier.reference.is_null(False))
    of = {"journey": LOSS.slug, "journey_version": LOSS.version}
    lost = factories.complete(factories.draft(person, paths(LOSS)[0], **of), code="7" * 22)
    lost = dossiers.submit(lost, NOON)
    elsewhere = factories.filed(code="6" * 22)
    desk = enter(visitor(), member(filed.service), clock)
    text = desk.get(address(filed)).text
    assert str(lost.reference) in text
    assert str(elsewhere.reference) not in text
    Dossier.update(service=factories.service("75", "Paris")).where(Dossier.id == lost.id).execute()
    assert str(lost.reference) not in desk.get(address(filed)).text, "another service's stays its own"
