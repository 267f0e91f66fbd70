"""Words in their normal form."""

import doctest

import pytest

from app.domain.rules import search_words
from app.domain.rules.search_words import of_person, of_reference, typed


def test_the_examples_hold() -> None:
    assert doctest.testmod(search_words).failed == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("  \t ", ()),
        ("%_\\", ()),
        ("Nguyễn nguyen", ("nguyen",)),
        ("69-2026-000123-6", ("6920260001236",)),
        ("9920 000 137", ("9920000137",)),
        ("٩٩٢٠ ٠٠٠ ١٣٧", ("9920000137",)),
        ("2A 2026 000123", ("2a2026000123",)),
        ("nguyen 9920 anh", ("nguyen", "9920", "anh")),
        ("l’été d'Œnone", ("lete", "doenone")),
        ("a\x00b\ud800c", ("a", "b", "c")),
        ("ß", ("ss",)),
    ],
)
def test_what_is_typed(text: str, words: tuple[str, ...]) -> None:
    assert typed(text) == words


@pytest.mark.parametrize("name", ["Nguyễn", "D’Almeida", "Ben-Ali", "Παπαδόπουλος", "Şahin", "O'Neil Ó"])
def test_a_name_typed_as_it_is_written_is_found(name: str) -> None:
    kept = of_person(name, "", "")
    assert all(any(one.startswith(word) for one in kept) for word in typed(name))


def test_a_reference_is_found_as_it_is_printed() -> None:
    assert set(typed("2A-2026-000123-6")) <= of_reference("2A-2026-000123-6")
