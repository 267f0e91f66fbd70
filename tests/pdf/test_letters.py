"""Names come out of the paper as they went in, letter for letter; what cannot be printed is refused."""

import unicodedata

import pytest

from app.pdf import MissingGlyph, attestation_pdf, list_pdf
from app.pdf.engine import letters, printable, spelled
from tests.pdf.facts import CHECK_URL, NAMES, OPERATOR, facts
from tests.pdf.reading import text_of


def test_the_sample_is_large():
    assert len(NAMES) == len(set(NAMES)) >= 200
    scripts = {unicodedata.name(letter).split()[0] for name in NAMES for letter in name if letter.isalpha()}
    assert {"LATIN", "GREEK", "CYRILLIC"} <= scripts


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_name_is_extracted_identical_in_both_weights(form):
    names = [unicodedata.normalize(form, name) for name in NAMES]
    bold = text_of(list_pdf("Noms", "", [(name, "") for name in names], "", "fr", False))
    regular = text_of(list_pdf("Noms", "", [("–", name) for name in names], "", "fr", False))
    assert [name for name in NAMES if name not in bold] == []
    assert [name for name in NAMES if name not in regular] == []


@pytest.mark.parametrize("name", NAMES[::12])
def test_the_holder_is_extracted_identical_from_an_attestation(name):
    given, _, surname = name.partition(" ")
    page = attestation_pdf(facts(given_names=given, surname=surname), CHECK_URL, False, OPERATOR)
    assert name in text_of(page)


def test_every_latin_greek_and_cyrillic_letter_has_a_glyph():
    blocks = [(0x20, 0x24F), (0x370, 0x3E1), (0x3F0, 0x52F), (0x1E00, 0x1FFF)]
    expected = {chr(code) for start, end in blocks for code in range(start, end + 1)}
    printed = {letter for letter in expected if unicodedata.category(letter) not in ("Cc", "Cn")}
    assert printed - letters() == set()
    assert set("ƏəƠơƯưʻʼ’ʾʿ«»·–−€№\u00a0\u202f\u2011") <= letters()


@pytest.mark.parametrize("letter", "محمد王გԱአ한😀\ufffe\x07")
def test_a_letter_without_glyph_is_refused_by_its_code_point(letter):
    with pytest.raises(MissingGlyph, match=f"U\\+{ord(letter):04X}"):
        attestation_pdf(facts(surname=f"AB{letter}C"), CHECK_URL, False, OPERATOR)


def test_decomposed_letters_are_composed():
    assert printable("Nguye\u0302\u0303n") == "Nguyễn"


def test_free_text_is_spelled_rather_than_lost():
    assert spelled("我 ok") == "[U+6211] ok"
    assert spelled("Nguyễn\n") == "Nguyễn\n"
