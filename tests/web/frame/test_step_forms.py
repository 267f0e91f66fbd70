"""The forms of declared steps: what is validated, kept and shown again, and that no form holds another's answers."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Option, Question, When
from app.forms.steps import StepForm, form_class

LODGING = Step(
    "logement",
    "Logement",
    "",
    (
        Question(
            "housing",
            Kind.CHOICE,
            "Logement",
            missing="Choisissez.",
            options=(Option("rent", "Loué"), Option("own", "À moi")),
        ),
        Question("amount", Kind.MONEY, "Loyer", missing="Écrivez le loyer.", when=When("housing", "rent")),
        Question("moved_on", Kind.DATE, "Depuis", missing="Écrivez le jour."),
        Question("seen", Kind.LONG_TEXT, "Remarque", required=False),
    ),
)
MOVED = {"moved_on-day": "7", "moved_on-month": "9", "moved_on-year": "2026"}


@pytest.fixture(autouse=True)
def french(app: Flask) -> Iterator[None]:
    """Sentences need a request to be in a language."""
    with app.test_request_context("/fr/"):
        yield


def sent(**fields: str) -> StepForm:
    """The form as a browser sends it."""
    return form_class(LODGING)(MultiDict(fields), Case({}, today=date(2026, 11, 23)))


def test_answers_are_read_into_stored_values() -> None:
    form = sent(housing="rent", amount="700,50", **MOVED)
    assert form.validate()
    assert form.answers == {"housing": "rent", "amount": 70050, "moved_on": "2026-09-07", "seen": ""}


def test_a_question_left_out_is_neither_validated_nor_kept() -> None:
    form = sent(housing="own", amount="beaucoup", **MOVED)
    assert form.validate()
    assert "amount" not in form.answers
    assert form["amount"].value == "beaucoup"


def test_what_cannot_be_read_has_one_sentence_and_stays_on_the_page() -> None:
    form = sent(housing="rent", amount="beaucoup", **MOVED)
    assert not form.validate()
    assert form.errors == {"amount": ["Écrivez un montant en euros, par exemple 640,50."]}
    assert form["amount"].value == "beaucoup"
    assert "amount" not in form.answers


def test_leaving_forgives_what_was_not_answered_and_nothing_else() -> None:
    form = sent(housing="rent", **{**MOVED, "moved_on-month": "13"})
    assert not form.validate()
    assert form.unanswered("amount")
    form.accept_unanswered()
    assert list(form.errors) == ["moved_on"]
    assert "amount" not in form.answers


def test_an_answer_that_cannot_be_read_leaves_the_stored_one_to_decide_what_is_asked() -> None:
    stored = Case({"housing": "rent"}, today=date(2026, 11, 23))
    form = form_class(LODGING)(MultiDict(MOVED), stored)
    assert not form.validate()
    assert "amount" not in form.asked  # nothing ticked is an answer, and it was read
    assert form_class(LODGING)(None, stored).asked >= {"amount"}


def test_a_form_that_was_not_sent_shows_the_stored_answers() -> None:
    form = form_class(LODGING)(known={"housing": "own", "amount": 70000, "moved_on": "2026-09-07"})
    assert [field.value for field in form] == ["own", "700", ("7", "09", "2026"), ""]
    assert form.errors == {}


def test_an_error_of_the_outside_stands_beside_its_field() -> None:
    form = sent(housing="own", **MOVED)
    form.validate()
    form.add_error("housing", "Déjà pris.")
    assert form.errors == {"housing": ["Déjà pris."]}
    assert "housing" not in form.answers


def test_a_form_knows_nothing_of_the_one_before() -> None:
    """Fields are copies of those bound first: no value, text or error goes from one person to the next."""
    first = sent(housing="rent", amount="beaucoup", seen="secret", **MOVED)
    first.validate()
    first.add_error("seen", "Non.")
    second, blank = sent(housing="own", **MOVED), form_class(LODGING)()
    assert second.validate()
    assert [second["amount"].value, second["seen"].value] == ["", ""]
    assert [blank["seen"].data, blank["seen"].value, blank["amount"].value] == [None, "", ""]
    assert blank.errors == {}
    assert first["seen"].value == "secret"


def test_a_question_cannot_take_a_name_that_forms_need() -> None:
    step = Step("conflit", "", "", (Question("answers", Kind.TEXT, "Réponses", required=False),))
    with pytest.raises(ValueError, match="answers"):
        form_class(step)
