"""The first line of each paper leads to a page, which says neither less nor more than the paper."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask

from app import jobs
from app.storage.applications import attestations as store
from app.storage.models import Conversation, DecisionLetter, Dossier
from tests import factories
from tests.clients import HTML, PageClient
from tests.fixtures import NOON
from tests.pdf.reading import read, said
from tests.web.agent_pages import Visitor, act
from tests.web.public.test_accueil import LIST, MARRIED
from tests.web.public.test_blocked import BLOCKED
from tests.web.public.test_messages import write

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]
# The element that is the paper on its page, and the words of one of both alone that say nothing of a person.
PAPERS = {
    "certificate": (
        "article",
        "Mentions Code Spécimen sans valeur Specimen no value",
        "DÉMONSTRATION spécimen DEMONSTRATION specimen aussi appelée API",
    ),
    "letter": ("article", "", ""),
    "application": ("section", "", ""),
    "block": ("details", "Lire cette attestation ici", "d’impossibilité d’utiliser"),
    "own list": ("ul", "", ""),
    "list": ("ul", "", ""),
}
LISTS = {
    "own list": f"/fr/{LIST}.pdf?{MARRIED}",
    "list": "/fr/titre/etudiant/documents.pdf",
}


@pytest.fixture
def papers(
    app: Flask, visitor: Visitor, taken: Dossier, desk: PageClient
) -> tuple[PageClient, dict[str, str]]:
    """Their holder's browser, and the address of each."""
    client = visitor().sign_in(taken.account)
    act(desk, taken, "refuse", reason="Les études ne sont pas prouvées.")
    factories.service()
    write(client, "/fr/aide/bloque", **BLOCKED)
    while jobs.run_once(app, NOON + timedelta(hours=1)):
        pass
    own = f"/fr/suivi/{taken.reference}"
    return client, {
        "certificate": f"/fr/attestations/{store.of_dossier(taken.id)[0].code}.pdf",
        "letter": f"{own}/lettres/{DecisionLetter.get().id}.pdf",
        "application": f"{own}/demande.pdf",
        "block": f"/fr/suivi/questions/{Conversation.get().number}/certificat.pdf",
        **LISTS,
    }  # fmt: skip


def counted(text: str) -> Counter[str]:
    """The words of a text, without what stands around them."""
    return Counter(filter(None, (word.strip(".,:;·•«»()/") for word in re.split(r"[\s\u00a0\u202f]+", text))))


def texts(part: Any) -> Iterator[str]:
    """The text of a part of a page, and of its pictures."""
    yield part.get("alt") or ""
    yield part.text or ""
    for child in part:
        if child.get("class") != "vh":
            yield from texts(child)
        yield child.tail or ""


def test_each_paper_is_a_page_too(papers: tuple[PageClient, dict[str, str]]) -> None:
    client, addresses = papers
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.mimetype == "application/pdf", name
        (first, *parts) = said(answer.data)
        assert first.kinds[-1] == "Link", (name, first)
        assert first.words.startswith("Ce document en page web"), name
        link = read(answer.data).pages[0]["/Annots"][0].get_object()["/A"]["/URI"]
        page = client.get(link.removeprefix("http://localhost"))
        assert page.status_code == 200, (name, urlsplit(link).path)
        place, only_page, only_paper = PAPERS[name]
        main = next(html5lib.parse(page.text).iter(f"{HTML}main"))
        found = [*main.iter(f"{HTML}{place}")][: 1 if name in LISTS else None]  # prices are a list too
        paper = counted(" ".join(text for part in found for text in texts(part)))
        told = (
            parts[2:] if name in LISTS else parts
        )  # the price after its title is told at length on the page
        printed = counted(" ".join(part.words for part in told))
        assert set(printed - counted(" ".join(texts(main)))) <= set(counted(only_paper)), name
        assert set(paper - printed) <= set(counted(only_page)), name
