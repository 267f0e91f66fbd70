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


def test_a_page_of_no_language_leads_home_in_another(app: Flask) -> None:
    assert '<a href="/en/"' in PageClient(app).get("/dev/messages").text
