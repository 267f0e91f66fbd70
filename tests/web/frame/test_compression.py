"""Pages are compressed for everybody but for a request that another site made with the person's cookie."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from flask import Flask

from app.storage.models import Dossier
from tests.clients import PageClient

DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": zstd.decompress}


@pytest.mark.parametrize("coding", DECODERS)
def test_a_page_is_compressed_as_the_browser_asks(app: Flask, coding: str) -> None:
    plain = app.test_client().get("/fr/aide")
    sent = app.test_client().get("/fr/aide", headers={"Accept-Encoding": f"{coding};q=0.9, identity;q=0.1"})
    assert sent.headers["Content-Encoding"] == coding
    assert DECODERS[coding](sent.data) == plain.data
    assert len(sent.data) < len(plain.data) / 2
    assert {"Accept-Encoding", "Cookie"} <= {part.strip() for part in sent.headers["Vary"].split(",")}


@pytest.mark.parametrize("asked", ["", "identity", "br;q=0", "br;q=x;", "*;q=0"])
def test_a_browser_that_wants_none_gets_none(app: Flask, asked: str) -> None:
    answer = app.test_client().get("/fr/aide", headers={"Accept-Encoding": asked})
    assert answer.status_code == 200
    assert asked.startswith("br;q=x") or "Content-Encoding" not in answer.headers


BR = {"Accept-Encoding": "br"}
SAFE = ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {})
STRANGE = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "x"})


@pytest.fixture
def visit(visitor: Callable[[], PageClient], dossier: Dossier) -> PageClient:
    return visitor().sign_in(dossier.account)


@pytest.mark.parametrize("headers", SAFE)
def test_ones_own_pages_are_compressed(visit: PageClient, headers: dict[str, str]) -> None:
    answer = visit.client.get("/fr/suivi/", headers={**BR, **headers})
    assert answer.headers["Content-Encoding"] == "br"


@pytest.mark.parametrize("headers", STRANGE)
def test_a_page_that_another_site_asked_for_is_not(visit: PageClient, headers: dict[str, str]) -> None:
    for address in ("/fr/suivi/", "/fr/suivi/?guess=69000"):
        assert "Content-Encoding" not in visit.client.get(address, headers={**BR, **headers}).headers


@pytest.mark.parametrize("address", ["/fr/suivi/?guess=69000", "/fr/guess-69000"])
def test_neither_is_a_chosen_address_where_the_browser_does_not_say(visit: PageClient, address: str) -> None:
    assert "Content-Encoding" not in visit.client.get(address, headers=BR).headers


def test_without_the_cookie_there_is_nothing_to_guess(app: Flask) -> None:
    asked = {"Accept-Encoding": "br", "Sec-Fetch-Site": "cross-site"}
    assert app.test_client().get("/fr/aide?q=titre", headers=asked).headers["Content-Encoding"] == "br"


def test_errors_are_compressed_too(app: Flask) -> None:
    answer = app.test_client().get("/fr/rien", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 404
    assert answer.headers["Content-Encoding"] == "br"
