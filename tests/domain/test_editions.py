"""What an edition asks, and which procedure a dossier or an address gets."""

from dataclasses import replace

import pytest

from app.domain import procedures
from app.domain.journeys.editions import Registry, as_of
from app.domain.journeys.journey import Journey, Page, Step, SupportingDocument
from app.domain.journeys.questions import EDITION, Kind, Option, Question, When
from tests.editions import NEXT, later, retire, without_document
from tests.on_offer import STUDENT_RENEWAL, VISITOR_RENEWAL

# --- what an edition asks

WAYS = (Option("car", "En voiture"), Option("train", "En train"))


def asking(*questions: Question) -> Journey:
    """A procedure of one step of questions, and the summary."""
    steps = (Step("un", "Un", "", questions), Step("recapitulatif", "Fin", "", page=Page.SUMMARY))
    return replace(STUDENT_RENEWAL, steps=steps, _by_slug={})


def keys(journey: Journey, edition: int) -> list[str]:
    return [q.key for step in as_of(journey, edition).steps for q in step.questions]


def test_a_question_is_asked_from_an_edition_to_another():
    journey = asking(Question("x", Kind.TEXT, "X", missing="Répondez.", since=2, until=3))
    assert [keys(journey, edition) for edition in range(1, 5)] == [[], ["x"], ["x"], []]


def test_a_form_without_questions_is_no_step():
    journey = asking(Question("x", Kind.TEXT, "X", missing="Répondez.", until=1))
    assert [step.slug for step in as_of(journey, 1).steps] == ["un", "recapitulatif"]
    assert [step.slug for step in as_of(journey, 2).steps] == ["recapitulatif"]
    assert as_of(journey, 2).step("un") is None


def test_an_option_is_offered_from_an_edition_to_another():
    journey = asking(
        Question(
            "way", Kind.CHOICE, "?", missing="Répondez.", options=retire(WAYS, "car", Option("bus", "En bus"))
        )
    )
    offered = [
        [o.key for o in as_of(journey, edition).steps[0].questions[0].options] for edition in (EDITION, NEXT)
    ]
    assert offered == [["car", "train"], ["bus", "train"]]


def test_what_stands_under_a_retired_option_is_asked_of_nobody():
    journey = asking(
        Question("way", Kind.CHOICE, "?", missing="Répondez.", options=retire(WAYS, "car")),
        Question("whose", Kind.CHOICE, "?", missing="Répondez.", options=WAYS, when=When("way", "car")),
        Question("plate", Kind.TEXT, "?", missing="Répondez.", when=When("whose", "train")),
        Question("seat", Kind.TEXT, "?", missing="Répondez.", when=When("way", "train")),
    )
    assert keys(journey, EDITION) == ["way", "whose", "plate", "seat"]
    assert keys(journey, NEXT) == ["way", "seat"]


def test_what_stands_under_a_question_not_asked_is_asked_of_all():
    journey = asking(
        Question("way", Kind.CHOICE, "?", missing="Répondez.", options=WAYS, until=EDITION),
        Question("seat", Kind.TEXT, "?", missing="Répondez.", when=When("way", "train")),
    )
    before, after = (as_of(journey, edition).steps[0].questions[-1] for edition in (EDITION, NEXT))
    assert (before.when, after.when) == (When("way", "train"), None)


def test_one_key_may_be_asked_in_another_way_from_an_edition_on():
    words = Question("words", Kind.TEXT, "?", required=False)
    journey = asking(*retire([words], "words", replace(words, required=True, missing="Répondez.")))
    assert [as_of(journey, edition).steps[0].questions[0].required for edition in (EDITION, NEXT)] == [
        False,
        True,
    ]
    assert keys(journey, NEXT) == ["words"]


def test_a_supporting_document_is_asked_for_from_an_edition_to_another():
    journey = without_document(STUDENT_RENEWAL, "transcripts", SupportingDocument("grades", "Notes"))
    before, after = ({d.key for d in as_of(journey, edition).documents} for edition in (EDITION, NEXT))
    assert before - after == {"transcripts"}
    assert after - before == {"grades"}


# --- which procedure


OTHER = replace(VISITOR_RENEWAL, slug="visiteur-long", since=NEXT)
GONE = replace(VISITOR_RENEWAL, until=EDITION, replaced_by="visiteur-long")


def test_a_retired_procedure_is_still_known_and_no_longer_on_offer(monkeypatch):
    monkeypatch.setattr(procedures, "registry", later(GONE, OTHER))
    assert procedures.current("visiteur") is None
    assert procedures.journey("visiteur", EDITION) == procedures.latest("visiteur") == as_of(GONE, EDITION)
    with pytest.raises(KeyError):
        procedures.journey("visiteur", NEXT)
    assert "visiteur" in [journey.slug for journey in procedures.known()]
    offered = [journey.slug for journey in procedures.on_offer()]
    assert "visiteur" not in offered
    assert "visiteur-long" in offered
    assert procedures.replacement("visiteur") == procedures.current("visiteur-long")
    assert procedures.replaces("visiteur-long") == ("visiteur",)
    assert procedures.replacement("etudiant") == procedures.current("etudiant")
    assert procedures.replacement("nulle-part") is procedures.latest("nulle-part") is None


def test_a_replacement_that_is_retired_too_leads_further():
    chain = [
        replace(GONE, until=1, replaced_by="b"),
        replace(GONE, slug="b", until=2, replaced_by="c"),
        replace(GONE, slug="c", until=None),
        replace(GONE, slug="round", until=1, replaced_by="round"),
        replace(GONE, slug="alone", until=1, replaced_by=""),
    ]
    found = Registry(chain, 3)
    assert found.replacement("visiteur") == found.current("c")
    assert found.replaces("c") == ("visiteur", "b")
    assert found.replacement("round") is found.replacement("alone") is None


def test_what_a_procedure_does_changes_by_a_second_declaration():
    old = replace(STUDENT_RENEWAL, until=EDITION)
    new = replace(STUDENT_RENEWAL, since=NEXT, invalidates=True)
    found = Registry([old, VISITOR_RENEWAL, new], NEXT)
    assert [found.journey("etudiant", edition).invalidates for edition in (EDITION, NEXT)] == [False, True]
    assert found.current("etudiant") == found.latest("etudiant") == found.journey("etudiant", NEXT)
    assert [journey.slug for journey in found.known()] == ["etudiant", "visiteur"]
    with pytest.raises(ValueError, match="« etudiant » is declared twice in edition 1"):
        Registry([STUDENT_RENEWAL, old], NEXT)
