"""What holds on every page of a person: a title of its own, no list without items, the end of the session told."""

import re
from collections import defaultdict

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.accessibility.conftest import Shown, Visitors
from tests.accessibility.test_trees import signed_in
from tests.accessibility.trees import ADMINISTRATOR, AGENT, ASKED, CARD, DRAFT, SUPERVISOR
from tests.crawl import crawl, is_paper
from tests.fixtures import Clock
from tests.web.procedures import words

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]
_EMPTY_LIST = re.compile(r"<(ul|ol)\b[^>]*>\s*</\1>")
STARTS = {AGENT: "/agents/", SUPERVISOR: "/agents/", ADMINISTRATOR: "/administration/"}
OWN = re.compile(r"/fr/(suivi|demande|attestations|agents|administration)")


def found(pattern: str, text: str) -> str:
    """The words of the first element that a pattern finds."""
    match = re.search(pattern, text, re.S)
    return words(match[1]) if match else ""


@pytest.mark.parametrize("who", [DRAFT, ASKED, CARD, AGENT, SUPERVISOR, ADMINISTRATOR])
def test_titles_tell_pages_apart_no_list_is_empty_and_the_end_of_the_session_is_told(
    who: str, seeded: Flask, visitor: Visitors, clock: Clock
) -> None:
    client = signed_in(who, visitor, clock)
    titles: dict[str, set[str]] = defaultdict(set)

    def fetch(address: str) -> str:
        if is_paper(address) or not OWN.match(address):
            return ""
        answer = client.client.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return ""
        text = answer.text
        assert not _EMPTY_LIST.search(text), address
        assert 'id="session" role="alert" data-warn=' in text, address
        assert re.search(r'<script src="[^"]*/app\.[^"]*" defer>', text), address
        titles[found("<title>(.*?)</title>", text)].add(found("<h1[^>]*>(.*?)</h1>", text))
        return text

    crawl(f"/fr{STARTS.get(who, '/suivi/')}", "fr", fetch, of_each=1)
    assert len(titles) > 5
    assert {title: heads for title, heads in titles.items() if len(heads) > 1} == {}


def test_the_focus_comes_back_from_the_warning(
    seeded: Flask, shown: Shown, visitor: Visitors, clock: Clock
) -> None:
    page = shown.page
    page.clock.install(time=0)
    shown.open("/fr/suivi/coordonnees", signed_in(ASKED, visitor, clock))
    field, warning = page.locator("#phone"), page.locator("#session")
    for before, after in ((field, field), (None, page.locator("h1"))):
        if before:
            before.focus()
        else:
            page.evaluate("document.activeElement.blur()")
        expect(warning).to_be_hidden()
        page.clock.fast_forward(26 * 60 * 1000)
        expect(warning).to_be_visible()
        warning.get_by_role("button").click()
        expect(warning).to_be_hidden()
        expect(after).to_be_focused()


def test_a_printed_certificate_is_nothing_but_the_certificate(
    seeded: Flask, shown: Shown, visitor: Visitors, clock: Clock
) -> None:
    client = signed_in(ASKED, visitor, clock)
    code = re.search(r"/fr/attestations/(\w+)", client.get("/fr/suivi/69-2026-000003-9").text)
    assert code
    shown.open(code[0], client)
    shown.page.emulate_media(media="print")
    assert "demandé" not in shown.page.locator("main").inner_text()
    assert shown.page.locator("main > :visible").evaluate_all("all => all.map(one => one.className)") == [
        "paper"
    ]
