"""Countries and nationalities: every code that a register may send has its words, in both languages."""

import pytest
from babel import Locale
from flask import Flask

from app.reference import countries
from app.reference.other_codes import OTHER_CODES, SYNONYMS
from app.web.localisation import nationalities
from tests.speaking import speaking

LANGUAGES = ("fr", "en")
CODES = [
    ("VNM", "Viêt Nam", "Vietnam", "vietnamienne", "Vietnamese"),
    ("SUN", "Union soviétique (URSS)", "Soviet Union (USSR)", "soviétique", "Soviet"),
    ("YUG", "Yougoslavie", "Yugoslavia", "yougoslave", "Yugoslav"),
    ("SCG", "Serbie-et-Monténégro", "Serbia and Montenegro", "serbo-monténégrine", "of Serbia and Montenegro"),
    ("CSK", "Tchécoslovaquie", "Czechoslovakia", "tchécoslovaque", "Czechoslovak"),
    ("DDR", "République démocratique allemande", "German Democratic Republic", "est-allemande", "East German"),
    ("ZAR", "Zaïre", "Zaire", "zaïroise", "Zairian"),
    ("XXA", "", "", "apatride", "stateless"),
    ("XXB", "", "", "statut de réfugié (convention de 1951)", "refugee status (1951 Convention)"),
    ("XXC", "", "", "statut de réfugié (hors convention de 1951)", "refugee status (not under the 1951 Convention)"),
    ("XXX", "", "", "nationalité non précisée", "nationality not specified"),
    ("ESH", "Sahara occidental", "Western Sahara", "sahraouie", "Sahrawi"),
    ("PSE", "Territoires palestiniens", "Palestinian Territories", "palestinienne", "Palestinian"),
    ("TWN", "Taïwan", "Taiwan", "taïwanaise", "Taiwanese"),
    ("XKX", "Kosovo", "Kosovo", "kosovare", "Kosovar"),
    ("RKS", "Kosovo", "Kosovo", "kosovare", "Kosovar"),
    ("HKG", "R.A.S. chinoise de Hong Kong", "Hong Kong SAR China", "R.A.S. chinoise de Hong Kong", "Hong Kong SAR China"),
    ("QZZ", "code QZZ", "code QZZ", "code QZZ", "code QZZ"),
]  # fmt: skip


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("code", "place_fr", "place_en", "fr", "en"), CODES)
def test_a_code_in_words(app: Flask, code: str, place_fr: str, place_en: str, fr: str, en: str):
    for language, place, nationality in (("fr", place_fr, fr), ("en", place_en, en)):
        with speaking(app, language):
            assert nationalities.country(code, language) == place
            assert nationalities.nationality(code, language) == nationality
            assert nationalities.country_or_status(code, language) == (place or nationality)
    assert countries.printed_nationality(code) == (fr, en)


@pytest.mark.engines("sqlite")
def test_papers_and_the_english_catalogue_say_the_same(app: Flask):
    with speaking(app, "en"):
        for code, other in OTHER_CODES.items():
            if other.nationality:
                said = nationalities.nationality(code, "en")
                assert countries.printed_nationality(code) == (other.nationality, said)


def test_every_country_of_the_list_has_a_name_in_every_language():
    for language in (*LANGUAGES, "ar", "es"):
        assert all(name for _code, name, _hint in countries.options(language))
    assert len(countries.options("fr")) == 250, "the 249 of ISO 3166-1, and Kosovo"


def test_no_code_stands_in_two_tables():
    listed = {code for code, _name, _hint in countries.options("fr")}
    assert not listed & set(OTHER_CODES)
    assert not (listed | set(OTHER_CODES)) & set(SYNONYMS)
    assert set(SYNONYMS.values()) <= listed


def test_names_come_from_the_locale_data_of_their_language():
    found = countries.country("DEU")
    assert found is not None
    assert [found.name(one) for one in ("fr", "en", "ar")] == [
        "Allemagne", "Germany", Locale("ar").territories["DE"],
    ]  # fmt: skip
    assert found.nationality("ar") == Locale("ar").territories["DE"], "no adjective: the country's name"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", ["Espagne", "Estonie", "Eswatini", "État de la Cité du Vatican", "États-Unis", "Éthiopie"]),
        ("es", ["Níger", "Nigeria", "Niue", "Noruega"]),
        ("uk", ["Еквадор", "Ефіопія", "Єгипет", "Ємен", "Замбія", "Індія", "Йорданія", "Казахстан"]),
        ("zh", ["阿尔巴尼亚", "埃及", "巴西", "法国", "美国", "越南", "中国"]),
        ("fa", ["افغانستان", "ایران", "پولند", "تاجکستان", "چین", "عراق", "هند"]),
        ("tr", ["Cezayir", "Çad", "Fas", "Irak", "İran", "İtalya", "Japonya", "Suriye", "Şili"]),
    ],
)  # fmt: skip
def test_countries_are_in_the_order_of_each_alphabet(language: str, names: list[str]) -> None:
    shown = [name for _code, name, _hint in countries.options(language) if name in names]
    assert shown == [name for name in names if name in shown]
    assert len(shown) >= 4
