"""Numbers copied from papers: every way people write them, and the sentence for every slip."""

import re

import pytest

from app.domain.rules.identifiers import (
    check_foreign_number,
    check_photo_code,
    check_stamp_number,
    group_foreign_number,
    is_reference,
    make_reference,
    normal_email,
)

CODE = "7K2M9QXA41TBZC83WD6R5H"
LETTERS = (
    "Le numéro étranger n’a que des chiffres. Le numéro de la carte, avec des lettres, est un autre numéro."
)


@pytest.mark.parametrize(
    "text",
    [
        "9920000137",
        " 9920000137\n",
        "99 20 00 01 37",
        "9920.000.137",
        "9920-000-137",
        "9920–000‑137",
        "9920\u00a0000\u202f137",
        "\u200e9920000137\u200f",
        "\uff19\uff19\uff12\uff10\uff10\uff10\uff10\uff11\uff13\uff17",
        "٩٩٢٠٠٠٠١٣٧",
        "۹۹۲۰۰۰۰۱۳۷",
        "९९२००००१३७",
        "N° 9920 000 137",
    ],
)
def test_a_foreign_number_however_it_is_written(text: str):
    assert check_foreign_number(text) == ("9920000137", None)


def test_old_cards_have_nine_digits():
    assert check_foreign_number("123 456 789") == ("123456789", None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Écrivez votre numéro étranger."),
        (" - ", "Écrivez votre numéro étranger."),
        ("20000137", "Ce numéro doit avoir 9 ou 10 chiffres, et non 8\u00a0: vérifiez le début."),
        ("99200001370", "Ce numéro doit avoir 9 ou 10 chiffres, et non 11\u00a0: vérifiez le début."),
        (
            "X4C7T91K2",
            LETTERS,
        ),
        (
            "992OOOO137",
            LETTERS,
        ),
    ],
)
def test_a_slip_in_a_foreign_number_is_told(text: str, sentence: str):
    _number, problem = check_foreign_number(text)
    assert problem is not None
    assert problem.text % problem.values == sentence


def test_a_number_is_shown_in_groups():
    assert group_foreign_number("9920000137") == "9920\u00a0000\u00a0137"
    assert group_foreign_number("123456789") == "123\u00a0456\u00a0789"


@pytest.mark.parametrize("text", [CODE, CODE.lower(), "7K2M 9QXA 41TB ZC83 WD6R 5H", f"\t{CODE}\u200b"])
def test_a_photo_code_however_it_is_written(text: str):
    assert check_photo_code(text) == (CODE, None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Écrivez le code imprimé sur la planche photo."),
        (CODE[:-1], "Ce code doit avoir 22 caractères, et non 21\u00a0: vérifiez qu’il n’en manque pas."),
        (CODE + "1", "Ce code doit avoir 22 caractères, et non 23\u00a0: vérifiez qu’il n’en manque pas."),
        (CODE[:-1] + "é", "Le code n’a que des lettres et des chiffres."),
        (CODE[:-1] + "!", "Le code n’a que des lettres et des chiffres."),
    ],
)
def test_a_slip_in_a_photo_code_is_told(text: str, sentence: str):
    _code, problem = check_photo_code(text)
    assert problem is not None
    assert problem.text % problem.values == sentence


def test_a_stamp_has_sixteen_digits():
    assert check_stamp_number("1234 5678 9012 3456") == ("1234567890123456", None)
    for text in ("", "1234 5678 9012 345", "12345678901234567", "1234 5678 9012 345X"):
        assert check_stamp_number(text)[1] is not None


@pytest.mark.parametrize(
    "text", ["Anh.Nguyen@Exemple.FR", " anh.nguyen@exemple.fr ", "anh.nguyen@exemple.fr"]
)
def test_an_address_has_one_form(text: str):
    assert normal_email(text) == "anh.nguyen@exemple.fr"


@pytest.mark.parametrize("code", ["01", "69", "2A", "2B", "971", "976"])
def test_a_reference_is_recognised(code: str):
    for number in (0, 1, 123, 999_999):
        reference = make_reference(code, 2026, number)
        assert re.fullmatch(rf"{code}-2026-{number:06d}-\d", reference)
        assert is_reference(reference)


def test_one_wrong_digit_is_seen_wherever_it_is():
    reference = make_reference("69", 2026, 123)
    for place, letter in enumerate(reference):
        if letter.isdigit():
            for other in set("0123456789") - {letter}:
                assert not is_reference(reference[:place] + other + reference[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "69-2026-000123", "69-2026-123-6", "69-2026-000123-66", "69 2026 000123 6"]
)
def test_what_is_no_reference(text: str):
    assert not is_reference(text)
