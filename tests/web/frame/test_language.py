"""Addresses and languages: every page leads to itself in another language, whatever was typed."""

import re

import pytest
from flask import Flask

from tests.clients import PageClient


@pytest.mark.parametrize("path", ["/fr/%00", "/fr/aide?q=%3Cb%3E%22", "/fr/%E2%80%AE"])
def test_a_strange_address_makes_sound_links(app: Flask, path: str) -> None:
    page = PageClient(app).get(path).text
    links = re.findall(r'<a href="(/en/[^"]*)"', page)
    assert links
    assert all(link.isprintable() and "<" not in link for link in links)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("path", ["/fr/suivi/a%00b", "/fr/attestations/a%00b", "/fr/agents/dossiers/%00"])
def test_a_nul_finds_nothing_before_anything_is_asked(app: Flask, path: str) -> None:
    """PostgreSQL fails on it; who is not signed in is not even sent to the door."""
    assert PageClient(app).get(path).status_code == 404


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("asked", "home"),
    [
        ("", "/fr/"),
        ("en", "/en/"),
        ("en-GB,en;q=0.9,fr;q=0.8", "/en/"),
        ("fr-CA,en;q=0.9", "/fr/"),
        ("FR-be, en", "/fr/"),
        ("en;q=0.3, fr-CH;q=0.7", "/fr/"),
        ("de,en;q=0.5,fr;q=0.3", "/en/"),
        ("ar,de", "/ar/"),
        ("zh-TW, fr;q=0.5", "/zh/"),
        ("pt,de", "/fr/"),
        ("*", "/fr/"),
        ("en;q=0", "/fr/"),
        ("\x00;;q=é", "/fr/"),
    ],
)
def test_the_first_page_is_in_the_language_that_the_browser_asks_for(
    app: Flask, asked: str, home: str
) -> None:
    answer = PageClient(app).get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.location) == (302, home)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_of_no_language_leads_home_in_another(app: Flask) -> None:
    assert '<a href="/en/"' in PageClient(app).get("/dev/messages").text
