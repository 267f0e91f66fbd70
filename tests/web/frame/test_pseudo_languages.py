"""Every page in two invented languages: nothing but what comes from a catalogue, and the direction of its script."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask

from app.languages import language_of
from app.reference.terms import terms
from app.settings import Settings
from app.storage.models import TABLES
from app.web.localisation import formats
from tests import pseudo
from tests.clients import HTML, PageClient
from tests.crawl import crawl, is_paper
from tests.fixtures import Clock
from tests.web.frame.test_every_page import browsers, shown  # noqa: F401 – a fixture

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]
WORD = re.compile(r"[^\W\d_]{3,}")
EVERY = 5  # of the people of the demonstration
# Words that are the same in every language: sites, formats and units, and the fields of a letter's text.
ALIKE = re.compile(r"[\w.-]+\.(?:fr|jpg|pdf)\b|\bPDF\b|\bZIP\b|\{\w+\}|\d\s[kM]B\b")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogues of both languages."""
    made = tmp_path_factory.mktemp("pseudo")
    pseudo.write(made)
    return made


@pytest.fixture
def settings(settings: Settings, folder: Path) -> Settings:
    """A demonstration that offers both."""
    return replace(settings, translations_dir=str(folder), languages=("fr", pseudo.LTR, pseudo.RTL))


def texts(element: Any, spoken: str) -> Iterator[str]:
    """Yield the texts of an element in a page's language: not those that say that they are in another, nor names."""
    if element.get("lang", spoken) != spoken or element.tag in (f"{HTML}bdi", f"{HTML}textarea"):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from texts(child, spoken)
        if child.tail:
            yield child.tail


def known_words(lang: str, settings: Settings) -> str:
    """Return what pages show that is no sentence: what people wrote, names, and what CLDR knows of a language."""
    locale = language_of(lang).locale
    names = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    names += [*locale.territories.values(), settings.operator]
    names += [formats.file_size(size, lang) for size in (1000, 2_000_000)]
    names += [language_of(code).name for code in settings.languages]
    names += [term.word(lang) for term in terms()]  # of the glossary of a language, not of its catalogue
    rows = [row for table in TABLES for row in table.select().tuples()]
    return json.dumps([names, rows], default=str, ensure_ascii=False)


@pytest.mark.parametrize("lang", [pseudo.LTR, pseudo.RTL])
def test_every_sentence_comes_from_a_catalogue(
    shown: Flask,  # noqa: F811 – the fixture
    visitor: Callable[[], PageClient],
    clock: Clock,
    lang: str,
) -> None:
    found: dict[str, str] = {}
    for start, client in browsers(shown, visitor, clock)[::EVERY]:

        def fetch(address: str, client: PageClient = client) -> str:
            if is_paper(address):
                return ""
            answer = client.get(address, headers={"Accept-Language": lang})
            assert answer.status_code in (200, 302, 303), f"{address}: {answer.status_code}"
            if answer.status_code != 200:
                return f'<a href="{urlsplit(answer.location).path}">'
            if answer.mimetype != "text/html":
                return ""
            tree = html5lib.parse(answer.text)
            assert tree.get("dir") == ("rtl" if lang == pseudo.RTL else "ltr")
            body = "\n".join(texts(tree.find(f"{HTML}body"), lang))
            for rest in ALIKE.sub("", pseudo.outside(body)).splitlines():
                if WORD.search(rest):
                    found.setdefault(rest, address)
            return answer.text

        crawl(f"/{lang}{start}", lang, fetch)
    known = known_words(lang, shown.extensions["settings"])
    strange = {
        text: address
        for text, address in found.items()
        if any(word not in known for word in WORD.findall(text))
    }
    assert not strange
