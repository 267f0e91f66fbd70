"""A question, an option and a document are retired: what was begun before goes on to its end."""

from typing import Any

import pytest
from flask import Flask

from app.domain import procedures
from app.domain.dossiers.states import State
from app.domain.journeys.journey import SupportingDocument
from app.domain.journeys.questions import EDITION, Kind, Option, Question
from app.storage.models import Dossier
from tests import factories
from tests.answers import ANSWERS
from tests.editions import NEXT, without_document, without_option, without_question
from tests.fixtures import Clock
from tests.generated import paths
from tests.on_offer import STUDENT_RENEWAL
from tests.web.agent_pages import Visitor
from tests.web.forms import filled
from tests.web.procedures import go_through, holder, words
from tests.web.to_the_end import Course

pytestmark = pytest.mark.engines("sqlite")
LANGS = pytest.mark.parametrize("lang", ["fr", "en"])
STUDIES = "motif-de-sejour"

# The students' renewal after a change of each kind.
CHANGED = without_document(
    without_option(
        without_option(
            without_question(
                STUDENT_RENEWAL,
                "school_city",
                Question("school_town", Kind.TEXT, "Commune de l’établissement", missing="Écrivez-la."),
            ),
            "degree",
            "licence",
            Option("bachelor", "Bachelor"),
        ),
        "housing",
        "hosted",
    ),
    "transcripts",
    SupportingDocument("grades", "Relevé des notes de l’année"),
)
BEFORE = ANSWERS | {"degree": "licence", "housing": "hosted", "host": "Madame Diallo"}
OLD_WORDS = ("Ville de l’établissement", "Lyon", "Licence", "Chez quelqu’un qui m’héberge", "Madame Diallo")
NEW_WORDS = ("Commune de l’établissement", "Bachelor", "Relevé des notes de l’année")


def test_a_filed_application_lives_on_with_what_it_was_asked(
    app: Flask, visitor: Visitor, clock: Clock, changed: Any, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = factories.filed(answers=BEFORE)
    changed(CHANGED)
    client = visitor().sign_in(dossier.account)
    page = f"/fr/suivi/{dossier.reference}/modifier/{STUDIES}"
    shown = words(client.get(page).text)
    assert OLD_WORDS[0] in shown
    assert not [label for label in NEW_WORDS if label in shown]
    step = STUDENT_RENEWAL.step(STUDIES)
    assert step
    answer = client.post(page, filled(step, BEFORE, school="Université Claude Bernard"))
    assert answer.status_code == 303, words(answer.text)
    sealed = Dossier.get_by_id(dossier.id).sealed
    assert (sealed["school"], sealed["degree"], sealed["school_city"]) == (
        "Université Claude Bernard",
        "licence",
        "Lyon",
    )
    assert "school_town" not in sealed
    dossier = Dossier.get_by_id(dossier.id)
    Course(app, clock, caplog, visitor, dossier, OLD_WORDS).run(client, "transcripts")


@LANGS
def test_a_draft_is_filed_as_it_was_begun(lang: str, app: Flask, visitor: Visitor, changed: Any) -> None:
    factories.service()
    person = holder(STUDENT_RENEWAL)
    dossier = factories.complete(factories.draft(person, BEFORE))
    changed(without_question(CHANGED, "observation"))  # asked in the step that files
    client = visitor().sign_in(person)
    root = f"/{lang}/demande/etudiant"
    step = STUDENT_RENEWAL.step(STUDIES)
    assert step
    shown = words(client.get(f"{root}/{STUDIES}").text)
    assert 'name="school_city"' in shown
    assert 'value="licence"' in shown
    assert 'name="school_town"' not in shown
    assert client.post(f"{root}/{STUDIES}", filled(step, BEFORE)).status_code == 303
    papers = client.get(f"{root}/justificatifs").text
    assert 'id="transcripts"' in papers
    assert 'id="grades"' not in papers
    client.get(f"{root}/recapitulatif")
    assert client.post(f"{root}/deposer", {"sworn": "yes"}).status_code == 303
    filed = Dossier.get_by_id(dossier.id)
    assert (filed.state, filed.journey_version) == (State.FILED, EDITION)
    assert filed.sealed["host"] == "Madame Diallo"


@LANGS
def test_a_new_application_is_asked_what_is_asked_now(
    lang: str, app: Flask, visitor: Visitor, changed: Any
) -> None:
    factories.service()
    changed(CHANGED)
    current = procedures.current("etudiant")
    assert current
    chosen = next(answers for answers in paths(current) if answers["degree"] == "bachelor")
    filed = go_through(current, chosen, lang, app, visitor())
    assert filed.journey_version == NEXT
    assert filed.sealed["school_town"]
    assert not {"school_city", "host"} & filed.sealed.keys()
    assert all(answers["housing"] != "hosted" for answers in paths(current))
    listed = words(visitor().get("/fr/titre/etudiant").text)
    assert NEW_WORDS[2] in listed


def test_an_option_that_is_gone_is_not_proposed_again(app: Flask, visitor: Visitor, changed: Any) -> None:
    filed = factories.filed(answers=BEFORE | {"address": "12 rue Tronchet"})
    Dossier.update(state=str(State.UNFAVOURABLE)).where(Dossier.id == filed.id).execute()
    changed(CHANGED)
    client = visitor().sign_in(filed.account)
    shown = words(client.get("/fr/demande/etudiant/informations-personnelles").text)
    assert "sont déjà là" in shown
    assert 'value="12 rue Tronchet"' in shown
    assert "Hébergé(e)" not in shown
    assert "Madame Diallo" not in shown
