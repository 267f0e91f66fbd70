"""Forms of browsers that send no cookie or no Referer, of proxies, and of other sites: said plainly, never a loop."""

from typing import Any

import pytest
from flask import Flask

from app.storage.models import Attestation
from tests import factories
from tests.clients import PageClient
from tests.web.accounts import Visitor
from tests.web.procedures import words

SIGN_IN = "/{lang}/compte/connexion"


@pytest.mark.parametrize(
    ("lang", "title", "cure"),
    [
        ("fr", "Votre navigateur n’a pas envoyé de cookie", "autorisez les cookies pour ce site"),
        ("en", "Your browser sent no cookie", "allow cookies for this site"),
    ],
)
@pytest.mark.parametrize(
    "path", [SIGN_IN, "/{lang}/compte/creer", "/{lang}/aide/ecrire", "/{lang}/agents/connexion"]
)
def test_without_cookies_the_page_says_so_and_how_to_go_on(
    path: str, lang: str, title: str, cure: str, app: Flask, visitor: Visitor
) -> None:
    client = visitor()
    page = path.format(lang=lang)
    client.get(page)
    without = PageClient(app)
    without.token = client.token
    answer = without.post(page, {"identifier": "9920000101"})
    assert answer.status_code == 400
    text = words(answer.text)
    assert title in text
    assert cure in text
    assert app.extensions["settings"].contact_phone in text


def test_a_wrong_token_with_a_cookie_is_still_an_old_page(visitor: Visitor) -> None:
    client = visitor()
    client.get("/fr/compte/connexion")
    answer = client.post("/fr/compte/connexion", {"csrf_token": "x"})
    assert answer.status_code == 400
    assert "ouverte depuis longtemps" in words(answer.text)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_certificate_is_checked_without_a_cookie(lang: str, app: Flask) -> None:
    factories.filed()
    code = Attestation.get().code
    page = PageClient(app).get(f"/{lang}/verifier")
    assert "Set-Cookie" not in page.headers
    assert "csrf_token" not in page.text
    without = app.test_client(use_cookies=False)
    answer = without.post(f"/{lang}/verifier", data={"code": code})
    assert answer.status_code == 200
    assert without.post(f"/{lang}/verifier", data={"code": "K7QM42XD"}).status_code == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),  # privacy settings remove the Referer
        (
            {"Referer": "https://interne.proxy.example/fr/compte/connexion"},
            303,
        ),  # a proxy names the host otherwise
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Sec-Fetch-Site": "", "Origin": "https://sejour.example"}, 303),
        ({"Sec-Fetch-Site": "", "Origin": "http://localhost"}, 303),  # the one of the settings
        ({"Sec-Fetch-Site": "", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "", "Origin": "https://evil.example"}, 400),
        ({"Sec-Fetch-Site": "", "Origin": "https://sejour.example.evil.example"}, 400),
        ({"Sec-Fetch-Site": "", "Origin": "https://[::1"}, 400),
    ],
)
def test_over_https_the_token_and_the_site_decide_not_the_referer(
    headers: dict[str, str], status: int, app: Flask, visitor: Visitor
) -> None:
    person = factories.account()
    client = visitor()
    https: dict[str, Any] = {"base_url": "https://sejour.example", "headers": headers}
    client.get("/fr/compte/connexion", base_url="https://sejour.example")
    typed = {"identifier": person.foreign_number, "password": factories.PASSWORD}
    assert client.post("/fr/compte/connexion", typed, **https).status_code == status
