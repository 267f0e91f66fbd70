"""Every form of the demonstration sent empty: axe finds nothing in what it is told, on one screen after another."""

from collections.abc import Iterator

import html5lib
import pytest
from flask import Flask

from tests.accessibility.conftest import Shown, Visitors
from tests.clients import HTML, PageClient
from tests.crawl import crawl, is_paper, shape
from tests.e2e.audits import audit, audit_large
from tests.e2e.screens import NARROW, in_turn
from tests.fixtures import Clock
from tests.web.frame.test_every_page import browsers

pytestmark = [
    pytest.mark.engines("sqlite"),
    pytest.mark.slow,
    pytest.mark.every_screen,
    pytest.mark.timeout(1800),
]
_TYPED = ("input", "select", "textarea")
_NOT_TYPED = ("hidden", "submit", "button", "file")


def forms(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The address and hidden fields of each form of a page in which something is typed or chosen."""
    for form in html5lib.parse(text).iter(f"{HTML}form"):
        fields = [one for tag in _TYPED for one in form.iter(f"{HTML}{tag}")]
        typed = [one for one in fields if one.get("type", "") not in _NOT_TYPED]
        if form.get("method") == "post" and typed:
            yield (
                form.get("action"),
                {one.get("name"): one.get("value", "") for one in fields if one.get("type") == "hidden"},
            )


def pages_of(client: PageClient, start: str, lang: str) -> dict[str, str]:
    """The text of each page that links lead to."""
    pages: dict[str, str] = {}

    def fetch(address: str) -> str:
        if is_paper(address):
            return ""
        answer = client.client.get(address)  # checked by tests/web/frame/test_every_page.py
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return ""
        pages[address] = answer.text
        return str(answer.text)

    crawl(f"/{lang}{start}", lang, fetch, of_each=1)
    return pages


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_form_sent_empty_answers_with_a_page_that_axe_finds_fault_with(
    lang: str,
    seeded: Flask,
    shown: Shown,
    visitor: Visitors,
    clock: Clock,
) -> None:
    turns, seen, refused = in_turn(), set[str](), 0
    for start, client in browsers(seeded, visitor, clock):
        for address, text in pages_of(client, start, lang).items():
            for action, fields in forms(text):
                target = action or address
                kind = shape(target)
                if kind in seen or "/deconnexion" in target:
                    continue
                seen.add(kind)
                client.get(address)
                answer = client.post(target, fields)
                if answer.status_code != 422 or "<html" not in answer.text:
                    continue
                refused += 1
                next(turns).put_on(shown.page)
                shown.show(answer, target, client)
                audit(shown.page, known=False)
                NARROW.put_on(shown.page)
                audit_large(shown.page)
    assert refused > 30, refused
