"""The words of the administration are said in each language that is complete."""

import pytest

from app.languages import KNOWN, State
from app.reference.terms import Term, terms

COMPLETE = [code for code, language in KNOWN.items() if language.state is State.COMPLETE]


@pytest.mark.parametrize("code", COMPLETE)
def test_each_complete_language_has_a_word_for_each_term(code: str) -> None:
    assert len(terms()) >= 80
    assert not [term.french for term in terms() if not term.words.get(code)]


def test_the_first_word_is_shown_where_it_is_another_than_the_french() -> None:
    term = Term("visa", "autorisation d’entrer en France", {"uk": "віза; віз", "en": "Visa"})
    assert [term.word(code) for code in ("uk", "en", "fr", "falc", "tr")] == ["віза", "", "", "", ""]
