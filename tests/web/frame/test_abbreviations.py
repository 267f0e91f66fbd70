"""Every abbreviation that the service uses is explained: at the foot of the page, or in the letter or paper itself."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.domain.texts.abbreviations import ABBREVIATIONS
from app.settings import ROOT
from app.web.pages.abbreviations import PLACE, explained
from tests.clients import PageClient

# Words of every day and of files, diplomas, levels and tests, marks printed on papers, words in capitals of a language.
KNOWN = frozenset(
    "PDF QR SMS PNG JPG TIFF BMP HEIC AVIF GIF ZIP HTML CSV CSS IP MERAUDE FRA UE URSS AGPL SHA K7QM 42XD ROUGE BEZ"
    " BNO BTS BUT IUT A2 B1 B2 QCM DELF TCF".split()
)
_CAPITALS = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]+(?:-[A-Z]+)*(?![\w-])")
_WRITTEN = sorted(
    path for place in ("mail", "sms", "pdf") for path in (ROOT / "app/templates" / place).rglob("*.*")
)


def test_each_abbreviation_of_a_sentence_is_explained_or_known() -> None:
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        sentences = [message.id for message in read_po(file) if message.id]
    texts = [text for one in sentences for text in ((one,) if isinstance(one, str) else one)]
    used = {found for text in texts for found in _CAPITALS.findall(re.sub(r"%\(\w+\)s", " ", text))}
    assert sorted(used - ABBREVIATIONS.keys() - KNOWN) == []
    assert sorted(KNOWN & ABBREVIATIONS.keys()) == []


@pytest.mark.parametrize("path", _WRITTEN, ids=lambda path: path.stem)
def test_what_leaves_as_a_letter_or_a_paper_explains_its_own(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    used = [short for short in ABBREVIATIONS if re.search(rf"(?<![\w-]){short}(?![\w-])", text)]
    assert [short for short in used if ABBREVIATIONS[short].lower() not in text.lower()] == []


def draw(stand_for: object) -> str:
    return str(stand_for)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>La CAF doute. La CAF attend.</p>", [("CAF", "CAISSE D’ALLOCATIONS FAMILIALES")]),
        ("<p>CAF : Caisse d’Allocations Familiales</p>", ""),
        ('<p title="CAF">Code CAF-7, XCAF</p><script>CAF</script>', ""),
        ("<p>向CAF申请。</p>", [("CAF", "CAISSE D’ALLOCATIONS FAMILIALES")]),
        ("<p>un VLS-TS</p>", [("VLS-TS", "VISA DE LONG SÉJOUR VALANT TITRE DE SÉJOUR")]),
    ],
)
def test_a_page_says_what_it_has_not_said(page: str, said: object) -> None:
    assert explained(page + PLACE, str.upper, draw) == page + (str(said) if said else "")
    assert explained(page, str.upper, draw) == page, "a part of a page, or one that wants none"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "caisse d’allocations familiales"), ("en", "family benefits office")]
)
def test_it_stands_at_the_foot_in_the_language_of_the_page(
    visitor: Callable[[], PageClient], lang: str, words: str
) -> None:
    page = visitor().get(f"/{lang}/aide/reconnaitre").text
    assert words in page[page.index("<footer") :]
    assert PLACE not in page
