"""The languages of the service, and what becomes of a sentence that one of them lacks."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.domain.text import C_, Name
from app.languages import DIRECTORY, KNOWN, OFFERED, SOURCE, State, language_of
from app.variables import languages
from app.web.localisation import catalogues, formats
from app.web.localisation.catalogues import (
    BEGINS,
    ENDS,
    SourceSentences,
    catalogue,
    compile_catalogue,
    marked_page,
    plain,
)
from app.web.localisation.direction import ordered
from app.web.pages.rendering import environment_of

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Bonjour"
msgstr "Labas"

msgid "%(num)s jour sur %(total)s"
msgstr "%(nun)s diena iš %(total)s"

msgid "Cent pour cent de %(amount)s"
msgstr "100 % rublių %(amount)s"

#, fuzzy
msgid "Merci"
msgstr "Ačiū"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of catalogues with a language that nobody maintains, half of it broken."""
    path = tmp_path / "lt" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return tmp_path


def test_what_would_break_a_page_is_left_out_and_named(folder: Path) -> None:
    left_out = compile_catalogue(folder / "lt" / "LC_MESSAGES" / "messages.po")
    assert left_out == ["%(num)s jour sur %(total)s", "Cent pour cent de %(amount)s"]
    known = catalogue(str(folder), "lt")
    assert known.gettext("Bonjour") == "Labas"
    for lacking in (*left_out, "Merci", "Au revoir"):
        assert known.gettext(lacking) == f"{BEGINS}{lacking}{ENDS}"


def test_compiled_catalogues_are_the_same_each_time(folder: Path) -> None:
    path = folder / "lt" / "LC_MESSAGES" / "messages.po"
    compile_catalogue(path)
    first = path.with_suffix(".mo").read_bytes()
    compile_catalogue(path)
    assert path.with_suffix(".mo").read_bytes() == first


def test_a_missing_sentence_says_its_language_where_an_element_can_stand() -> None:
    said = SourceSentences(marked=True).gettext("Merci")
    french = f'<span lang="{SOURCE}" dir="ltr">Merci</span>'
    assert marked_page(f"<p>{said}</p>") == f"<p>{french}</p>"
    assert marked_page(f'<title>{said}</title><a title="{said}">{said}</a>') == (
        f'<title>Merci</title><a title="Merci">{french}</a>'
    )
    assert marked_page(f'<option value="a" selected>{said}</option>') == (
        f'<option value="a" selected lang="{SOURCE}" dir="ltr">Merci</option>'
    )
    assert marked_page(f"<svg><text>{said}</text></svg>") == "<svg><text>Merci</text></svg>"
    assert marked_page(f"<textarea>{said}</textarea>") == "<textarea>Merci</textarea>"
    assert plain(f"Objet : {said}") == "Objet : Merci"


def test_none_and_one_are_singular_in_the_source_language() -> None:
    said = SourceSentences(marked=False)
    assert [said.ngettext("jour", "jours", number) for number in (0, 1, 2)] == ["jour", "jour", "jours"]


@pytest.mark.parametrize("code", ["uk", "zh", "ar", "es", "bn", "fa", "tr", "lt"])
def test_dates_amounts_and_sizes_of_any_language(code: str) -> None:
    """Nothing raises, every number is written in the digits of documents, and no English word is left."""
    shown = [
        formats.day(date(2027, 2, 1), code),
        formats.weekday(date(2027, 1, 31), code),
        formats.moment(datetime(2026, 10, 12, 12, 31, tzinfo=UTC), code),
        formats.euros(87750, code),
        formats.number(1234, code),
    ]
    assert all(any(digit in text for digit in "0123456789") for text in shown)
    assert " at " not in shown[2]
    assert "€" in shown[3]
    assert formats.file_size(1_420_000, code)


def test_each_language_says_its_name_and_direction() -> None:
    assert [language_of(code).name for code in ("fr", "en", "ar", "uk", "zh_Hans")] == [
        *("Français", "English", "العربية", "Українська", "中文 (简体)"),
    ]
    assert [language_of(code).direction for code in ("fr", "ar", "fa", "uk")] == ["ltr", "rtl", "rtl", "ltr"]
    assert SOURCE in OFFERED
    assert all(KNOWN[code].state is not State.DRAFT for code in OFFERED)


def test_a_language_outside_the_file_is_a_draft() -> None:
    assert language_of("lt").draft


def test_each_environment_speaks_its_own_language(app: Flask) -> None:
    with app.app_context():
        assert environment_of("en").globals["page_language"] is KNOWN["en"]
    assert catalogues.forms(("a", "b")) == ("a", "b")


def test_a_context_makes_an_entry_of_its_own(folder: Path) -> None:
    path = folder / "lt" / "LC_MESSAGES" / "messages.po"
    path.write_text(PO + '\nmsgctxt "person"\nmsgid "Bonjour"\nmsgstr "Sveiki"\n', encoding="utf-8")
    compile_catalogue(path)
    known = catalogues.Translations.load(str(folder), ["lt"])
    known.add_fallback(SourceSentences(marked=False))
    assert [
        known.gettext(C_("person", "Bonjour")),
        known.pgettext("person", "Bonjour"),
        known.gettext("Bonjour"),
    ] == [*("Sveiki", "Sveiki", "Labas")]
    assert known.gettext(C_("file", "Merci")) == known.pgettext("file", "Merci") == "Merci"


def test_plain_french_says_what_it_lacks_as_french_does() -> None:
    plain_french = language_of("falc")
    assert (plain_french.name, plain_french.tag, plain_french.draft) == (
        "Français facile",
        "fr-x-falc",
        False,
    )
    assert "falc" in OFFERED
    assert languages(",".join(OFFERED)) == OFFERED
    assert formats.day(date(2027, 2, 1), "falc") == formats.day(date(2027, 2, 1), SOURCE)
    known = catalogue(str(DIRECTORY), "falc")
    assert known.gettext("Aucune entrée de ce nom") == "Aucune entrée de ce nom"
    with (DIRECTORY / "falc" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        kept = catalogues.read_po(file)
    said = [message for message in kept if message.id and all(catalogues.forms(message.string))]
    assert len(said) > 70
    assert all(known.gettext(message.id) == message.string for message in said if isinstance(message.id, str))


def test_a_reference_keeps_its_order_after_arabic_letters_and_addresses_stay_whole() -> None:
    page = (
        '<a href="/ar/suivi/69-2026-000003-9">طلب 69-2026-000003-9</a><textarea>69-2026-000003-9</textarea>'
    )
    assert ordered(page) == (
        '<a href="/ar/suivi/69-2026-000003-9">طلب \u206669-2026-000003-9\u2069</a><textarea>69-2026-000003-9</textarea>'
    )
    letter = "http://localhost/ar/suivi/69-2026-000003-9"
    assert ordered(letter) == letter


def test_a_name_is_in_no_language() -> None:
    assert SourceSentences(marked=True).gettext(Name("العربية")) == "العربية"


@pytest.mark.parametrize("code", list(KNOWN))
def test_a_date_ends_no_sentence(code: str) -> None:
    """« до 1 лютого 2027 р.. »: the abbreviation of « year » would double the full stop of a sentence."""
    assert not formats.day(date(2027, 2, 1), code).endswith(".")


@pytest.mark.parametrize("code", sorted(KNOWN.keys() - {SOURCE}))
def test_each_number_has_its_plural_form(code: str) -> None:
    with (DIRECTORY / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        counted = [one for one in catalogues.usable(catalogues.read_po(file)) if not isinstance(one.id, str)]
    known = catalogue(str(DIRECTORY), code)
    assert len(counted) > 30
    for message in counted:
        for number in (*range(120), 1_000_000):
            assert known.ngettext(*message.id, number) in message.string, number


def test_arabic_counts_in_the_order_of_cldr() -> None:
    known = catalogue(str(DIRECTORY), "ar")
    days = [known.ngettext("%(num)s jour", "%(num)s jours", number) for number in (1, 2, 3, 11, 100)]
    assert [text.split()[-1] for text in days] == ["يوم", "يومان", "أيام", "يومًا", "يوم"]
