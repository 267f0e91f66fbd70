"""Each paper in two invented languages: its sentences come from a catalogue, those of French papers stay French."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask

from app.domain.journeys.variants import deciding
from app.domain.procedures import JOURNEYS
from app.domain.rules.rights import RIGHTS
from app.jobs.prints import own_page
from app.languages import SOURCE, language_of
from app.pdf import attestation_pdf
from tests import pseudo
from tests.clients import PageClient
from tests.fixtures import NOON
from tests.pdf.facts import CHECK_URL, OPERATOR, facts
from tests.pdf.reading import said
from tests.speaking import speaking
from tests.web.frame.test_pseudo_languages import ALIKE, folder, settings  # noqa: F401 – fixtures
from tests.web.frame.test_pseudo_sentences import strange

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]


LATIN = re.compile("[A-Za-z]{3,}")


def foreign(parts: list[str], lang: str, known: str) -> list[str]:
    """The parts with a word that did not come from a catalogue.

    A line read from the right is said in the order of its letters on the paper, so that brackets of two lines do not
    meet: its words from elsewhere are those in Latin letters.
    """
    if lang == pseudo.LTR:
        return strange("\n".join(parts), known)
    bare = [ALIKE.sub("", part) for part in parts]
    return [part for part in bare if any(word not in known for word in LATIN.findall(part))]


def printed(pdf: bytes, lang: str) -> list[str]:
    """What a paper says in a language, part by part, lines joined."""
    return [part.words for part in said(pdf) if part.language == lang]


def addresses(lang: str) -> Iterator[str]:
    """The lists of documents: all of a procedure, and those of two cases, by the first and by the last answers."""
    for journey in JOURNEYS:
        yield f"/{lang}/titre/{journey.slug}/documents.pdf"
        for place in (0, -1):
            answers = {
                asked.key: asked.options[place].key for asked in deciding(journey, NOON.date()).questions
            }
            if answers:
                yield f"/{lang}/titre/{journey.slug}/ma-liste.pdf?{urlencode(answers)}"


@pytest.mark.parametrize("lang", [pseudo.LTR, pseudo.RTL])
def test_each_list_of_documents(visitor: Callable[[], PageClient], lang: str) -> None:
    client, found, read = visitor(), dict[str, str](), 0
    for address in addresses(lang):
        answer = client.get(address)
        if answer.status_code == 404:  # answers that do not go together
            continue
        parts = printed(answer.data, lang)
        assert any(pseudo.OPENS in part for part in parts), address
        for line in foreign(parts, lang, ""):
            found.setdefault(line, address)
        read += 1
    assert read > len(JOURNEYS) * 2
    assert not found


def test_each_certificate_and_its_holders_page(app: Flask) -> None:
    lang = pseudo.RTL  # the other one is of agents too, and has no such page
    months = language_of(lang).locale.months["format"]["wide"].values()
    for kind, situation in RIGHTS:
        paper = facts(kind=kind, situation=situation)
        known = " ".join((paper.holder, *months))
        with speaking(app, lang):
            own = own_page(paper)
        parts = said(attestation_pdf(paper, CHECK_URL, True, OPERATOR, own=own))
        assert {part.language for part in parts} == {SOURCE, "en", lang}
        assert not [part.words for part in parts if part.language != lang and pseudo.OPENS in part.words]
        assert not foreign([part.words for part in parts if part.language == lang], lang, known)
