"""The normal form of typed text: in a time that grows with its length alone, and with everything that a script needs."""

import unicodedata

import pytest

from app.domain.text import clean, fold, plain

LONG = 200_000  # signs; a request may bring more, before any field has looked at its length


@pytest.mark.timeout(
    60
)  # of a second; by the square of the length it would take minutes, with the whole process
@pytest.mark.parametrize(
    "text",
    [
        "é" + " " * LONG + "a",
        "é" + "\n" * LONG + "a",
        "é" + "\u200c" * LONG + "a",
        "a" + "\u0301\u0323" * LONG,
        "a" + "\u0fb5\u0301\U0001e8d0" * LONG,
        "\ufdfa" * LONG,
        "é " * LONG,
        "\u1100\u1161\u11a8" * LONG,
    ],
    ids=["spaces", "lines", "joiners", "accents", "marks", "ligatures", "words", "hangul"],
)
@pytest.mark.parametrize("normal", [clean, plain])
def test_no_text_takes_long(normal, text: str) -> None:
    assert len(normal(text)) <= 18 * len(text)
    fold(normal(text[:1000]))


def test_the_outer_spaces_of_every_script_go() -> None:
    spaces = [sign for sign in map(chr, range(0x110000)) if sign.isspace()]
    assert len(spaces) > 20
    assert {clean(f"{sign}\u200cé{sign}\u200d") for sign in spaces} == {"é"}


def test_the_marks_that_scripts_put_on_a_letter_stay() -> None:
    """Hebrew has five on one; thirty are kept."""
    hebrew = "\u05e9\u05bc\u05c1\u05b8\u0591"
    assert clean(hebrew) == unicodedata.normalize("NFC", hebrew)
    assert clean("x" + "\u0316" * 30 + "y") == "x" + "\u0316" * 30 + "y"
    assert clean("x" + "\u0316" * 31 + "y") == "x" + "\u0316" * 30 + "y"
