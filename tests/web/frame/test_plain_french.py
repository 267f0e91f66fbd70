"""In « Français facile », no page of applicants or of the public falls back on the words of the code."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.languages import Language, State, language_of
from app.web.localisation import catalogues
from tests import pseudo
from tests.clients import PageClient
from tests.crawl import crawl
from tests.fixtures import Clock
from tests.web.frame.test_every_page import browsers, shown  # noqa: F401 – a fixture

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]
PLAIN = "falc"
EVERY = 8  # of the people of the demonstration


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The sentences that plain French was asked for and lacks: those that a draft would mark."""
    found: set[str] = set()
    known = {form for message in pseudo.sentences() for form in catalogues.forms(message.id)}

    class Fallback(catalogues.SourceSentences):
        def gettext(self, message: str) -> str:
            if self.begins and message in known:  # names printed on a permit are in no catalogue
                found.add(message)
            return catalogues.plain(super().gettext(message))

    def as_draft(code: str) -> Language:
        language = language_of(code)
        return replace(language, state=State.DRAFT) if code == PLAIN else language

    catalogues.catalogue.cache_clear()
    with monkeypatch.context() as changed:
        changed.setattr(catalogues, "SourceSentences", Fallback)
        changed.setattr(catalogues, "language_of", as_draft)
        yield found
    catalogues.catalogue.cache_clear()


def test_no_sentence_falls_back(
    shown: Flask,  # noqa: F811 – the fixture
    visitor: Callable[[], PageClient],
    clock: Clock,
    lacking: set[str],
) -> None:
    fallen: dict[str, str] = {}
    people = [one for one in browsers(shown, visitor, clock) if one[0] in ("/", "/suivi/")]
    for start, client in people[::EVERY]:

        def fetch(address: str, client: PageClient = client) -> str:
            if address.startswith(f"/{PLAIN}/agents"):
                return ""
            lacking.clear()
            answer = client.get(address, headers={"Accept-Language": PLAIN})
            assert answer.status_code in (200, 302, 303), f"{address}: {answer.status_code}"
            if answer.status_code != 200:
                return f'<a href="{urlsplit(answer.location).path}">'
            if answer.mimetype != "text/html":
                return ""
            fallen.update(dict.fromkeys(lacking, address))
            return answer.text

        crawl(f"/{PLAIN}{start}", PLAIN, fetch, of_each=1)
    assert fallen == {}
