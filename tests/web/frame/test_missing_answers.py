"""What is said of an answer that is missing: what to do, naming the thing, and never the same twice in a form."""

from collections import Counter

import pytest
from flask import Flask

from app.domain.journeys.questions import Case, Kind, Question
from app.forms.validators import sentence
from tests.every_form import every_form
from tests.speaking import speaking
from tests.web.accounts import Visitor

ORDERS = {
    "fr": ("Choisissez", "Cochez", "Décrivez", "Dites", "Écrivez"),
    "en": ("Choose", "Tick", "Describe", "Say", "Write"),
}


@pytest.mark.parametrize("lang", ORDERS)
def test_each_question_of_a_form_says_what_to_do_and_no_two_the_same(lang: str, app: Flask) -> None:
    alike = []
    with speaking(app, lang):
        for name, step in every_form().items():
            problems = [q.problem("", Case({})) for q in step.questions if q.required]
            said = [sentence(problem) for problem in problems if problem]
            assert not [words for words in said if not words.startswith(ORDERS[lang])], name
            alike += [(name, words) for words, times in Counter(said).items() if times > 1]
    assert not alike


def test_a_required_question_without_its_sentence_is_no_question() -> None:
    with pytest.raises(ValueError, match="pets"):
        Question("pets", Kind.TEXT, "Avez-vous des animaux ?")
    assert not Question("pets", Kind.TEXT, "Avez-vous des animaux ?", required=False).missing


def test_the_summary_names_each_thing_once(visitor: Visitor) -> None:
    page = visitor().get("/fr/aide/service?postcode=").text
    assert '<a href="#postcode">Écrivez votre code postal.</a>' in page
    page = visitor().get("/fr/aide/service?postcode=12").text
    assert '<a href="#postcode">Code postal de votre adresse\u00a0: Un code postal a 5 chiffres' in page
