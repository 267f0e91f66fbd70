"""A procedure is retired: what was filed goes on to its end, what was begun leads to what replaces it."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.domain import procedures
from app.domain.dossiers.states import State
from app.domain.journeys.questions import EDITION, Kind
from app.services.applications import dossiers
from app.services.applications.dossiers import NoLongerOffered
from app.storage.models import Dossier
from tests import factories
from tests.editions import NEXT, without_question
from tests.fixtures import NOON, Clock
from tests.generated import forms, paths
from tests.on_offer import VISITOR_RENEWAL
from tests.web.agent_pages import Visitor
from tests.web.forms import filled, picture, sent
from tests.web.procedures import go_through, holder, words
from tests.web.to_the_end import Course

pytestmark = pytest.mark.engines("sqlite")
LANGS = pytest.mark.parametrize("lang", ["fr", "en"])

# The visitors' renewal, retired, and the one that replaces it.
GONE = replace(VISITOR_RENEWAL, until=EDITION, replaced_by="visiteur-long")
INSTEAD = replace(VISITOR_RENEWAL, slug="visiteur-long", title="Renouvellement, long séjour", since=NEXT)


TYPED = paths(VISITOR_RENEWAL)[0]
SAID = {"fr": "peut plus être déposée", "en": "an no longer be submitted"}


def test_an_application_of_a_retired_procedure_lives_on(
    app: Flask, visitor: Visitor, clock: Clock, changed: Any, caplog: pytest.LogCaptureFixture
) -> None:
    factories.service()
    client = visitor()
    dossier = go_through(VISITOR_RENEWAL, TYPED, "fr", app, client)
    changed(GONE, INSTEAD)
    step = next(form for form in forms(VISITOR_RENEWAL) if any(q.key == "stay_words" for q in form.questions))
    page = f"/fr/suivi/{dossier.reference}/modifier/{step.slug}"
    client.get(page)
    answer = client.post(page, filled(step, TYPED, stay_words="Écrire un livre"))
    assert answer.status_code == 303, words(answer.text)
    course = Course(app, clock, caplog, visitor, Dossier.get_by_id(dossier.id), ["Écrire un livre"])
    course.run(client, VISITOR_RENEWAL.documents[0].key)


def begun(app: Flask) -> tuple[Any, Dossier]:
    """An account with a draft of the procedure that is retired, every answer given, and a file."""
    factories.service()
    person = holder(VISITOR_RENEWAL)
    dossier = factories.draft(person, TYPED, journey="visiteur")
    factories.document(dossier, "passport")
    return person, dossier


@LANGS
def test_a_draft_of_a_retired_procedure_says_so_and_leads_on(
    lang: str, app: Flask, visitor: Visitor, changed: Any
) -> None:
    person, dossier = begun(app)
    changed(GONE, INSTEAD)
    client = visitor().sign_in(person)
    onward = f'href="/{lang}/demande/visiteur-long"'
    space = words(client.get(f"/{lang}/suivi/").text)
    assert SAID[lang] in space
    assert onward in space
    assert f'href="/{lang}/demande/visiteur"' not in space
    assert SAID[lang] in words(client.get(f"/{lang}/suivi/demandes").text)
    for rest in ("", "/informations-personnelles", "/recapitulatif", "/nulle-part"):
        answer = client.get(f"/{lang}/demande/visiteur{rest}")
        assert answer.status_code == 410
        assert SAID[lang] in words(answer.text)
        assert onward in answer.text
    assert client.post(f"/{lang}/demande/visiteur/deposer", {"sworn": "yes"}).status_code == 410
    with pytest.raises(NoLongerOffered):
        dossiers.submit(factories.complete(dossier), NOON)
    assert Dossier.get_by_id(dossier.id).state == State.DRAFT


@LANGS
def test_what_replaces_it_takes_over_answers_and_files(
    lang: str, app: Flask, visitor: Visitor, changed: Any
) -> None:
    person, _dossier = begun(app)
    changed(GONE, INSTEAD)
    client = visitor().sign_in(person)
    root = f"/{lang}/demande/visiteur-long"
    first = words(client.get(client.get(root).location).text)
    assert f'value="{TYPED["address"]}"' in first
    current = procedures.current("visiteur-long")
    assert current
    for step in forms(current):
        shown = words(client.get(f"{root}/{step.slug}").text)
        assert {"fr": "sont déjà là", "en": "are already here"}[lang] in shown
        assert client.post(f"{root}/{step.slug}", filled(step, TYPED)).status_code == 303
    new = Dossier.get(Dossier.journey == "visiteur-long")
    assert new.answers == {key: value for key, value in TYPED.items() if key in new.answers}
    assert new.journey_version == NEXT
    client.get(f"{root}/justificatifs")
    assert client.post(f"{root}/pieces/passport/reprendre").status_code == 303
    assert {document.slot for document in new.documents} == {"passport"}
    assert SAID[lang] not in words(client.get(f"/{lang}/suivi/").text), "what replaces it is begun"
    assert SAID[lang] in words(client.get(f"/{lang}/suivi/demandes").text), "and it is still there"


def test_an_answer_of_another_kind_is_not_taken_over(app: Flask, visitor: Visitor, changed: Any) -> None:
    person, _dossier = begun(app)
    dated = replace(
        next(q for q in VISITOR_RENEWAL.steps[1].questions if q.key == "stay_words"), kind=Kind.DATE
    )
    changed(GONE, without_question(INSTEAD, "stay_words", dated))
    client = visitor().sign_in(person)
    step = VISITOR_RENEWAL.steps[0]
    client.get(f"/fr/demande/visiteur-long/{step.slug}")
    client.post(f"/fr/demande/visiteur-long/{step.slug}", filled(step, TYPED))
    shown = client.get(f"/fr/demande/visiteur-long/{VISITOR_RENEWAL.steps[1].slug}").text
    assert 'name="stay_words-day"' in shown
    assert TYPED["stay_words"] not in shown


@LANGS
def test_nobody_takes_over_the_draft_of_another(
    lang: str, app: Flask, visitor: Visitor, changed: Any
) -> None:
    begun(app)
    changed(GONE, INSTEAD)
    client = visitor().sign_in(holder(VISITOR_RENEWAL))
    first = client.get(client.get(f"/{lang}/demande/visiteur-long").location).text
    assert TYPED["address"] not in first.replace(f"{TYPED['address']}</p>", "")


def test_what_was_being_typed_when_it_was_retired_is_kept(app: Flask, visitor: Visitor, changed: Any) -> None:
    person = holder(VISITOR_RENEWAL)
    step = VISITOR_RENEWAL.steps[0]
    begun = factories.draft(person, TYPED, journey="visiteur")
    client = visitor().sign_in(person)
    page = f"/fr/demande/visiteur/{step.slug}"
    client.get(page)
    changed(GONE, INSTEAD)
    typed = filled(step, TYPED, address="4 rue Neuve", passport_number="?")
    assert client.post(page, typed).status_code == 410
    kept = Dossier.get_by_id(begun.id).answers
    assert kept["address"] == "4 rue Neuve"
    assert kept["passport_number"] == TYPED["passport_number"], "what was wrong stays as it was"
    assert client.post("/fr/demande/visiteur/recapitulatif", typed).status_code == 410
    sent_by_script = client.post(
        "/fr/demande/visiteur/pieces/passport", {"files": sent(picture())}, headers={"HX-Request": "true"}
    )
    assert sent_by_script.headers["HX-Redirect"] == "/fr/demande/visiteur"
    stranger = visitor().sign_in(holder(VISITOR_RENEWAL))
    stranger.get("/fr/demande/visiteur")
    assert stranger.post(page, typed).status_code == 410
    assert Dossier.select().where(Dossier.journey == "visiteur").count() == 1, (
        "nothing begins with it any more"
    )


@LANGS
def test_what_nothing_replaces_leads_to_the_prefecture(
    lang: str, app: Flask, visitor: Visitor, changed: Any
) -> None:
    person = holder(VISITOR_RENEWAL)
    factories.draft(person, TYPED, journey="visiteur")
    changed(replace(GONE, replaced_by=""))
    client = visitor().sign_in(person)
    said = {"fr": "Rien ne la remplace ici", "en": "Nothing replaces it here"}[lang]
    for page in (f"/{lang}/suivi/", f"/{lang}/demande/visiteur"):
        assert said in words(client.get(page).text)
    assert visitor().get(f"/{lang}/titre/visiteur").status_code == 404


def test_the_public_pages_offer_what_replaces_it(app: Flask, visitor: Visitor, changed: Any) -> None:
    changed(GONE, INSTEAD)
    client = visitor()
    for page in ("", "/ma-liste", "/ma-liste.pdf", "/documents.pdf"):
        answer = client.get(f"/fr/titre/visiteur{page}")
        assert (answer.status_code, answer.location) == (302, f"/fr/titre/visiteur-long{page}")
    for page in ("/fr/demarches/titre", "/fr/aide/plan-du-site"):
        text = client.get(page).text
        assert "/fr/titre/visiteur-long" in text
        assert '/fr/titre/visiteur"' not in text
    assert client.get("/fr/titre/nulle-part").status_code == 404
    assert visitor().sign_in(factories.account()).get("/fr/demande/nulle-part").status_code == 404
