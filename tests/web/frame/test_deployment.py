"""What the answers of a real deployment carry, and what it believes of a request: said a second time on purpose."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request

from app.factory import create_app
from app.settings import Settings
from app.storage.database import database
from tests import factories
from tests.clients import PageClient, ThroughProxy
from tests.fixtures import Clock

pytestmark = pytest.mark.engines("sqlite")
Make = Callable[..., Flask]
DOOR = "/fr/compte/connexion"


@pytest.fixture
def deployed(production: Settings, clock: Clock) -> Iterator[Make]:
    """Make an application of its own, of a deployment under https unless told otherwise."""

    def make(**changes: Any) -> Flask:
        app = create_app(replace(production, **changes), clock)
        app.testing = True
        app.test_client_class = ThroughProxy
        return app

    yield make
    database.obj.close_all()


def cookie(app: Flask) -> set[str]:
    """The attributes of the one cookie, as they were sent."""
    (sent,) = app.test_client().get(DOOR).headers.getlist("Set-Cookie")
    assert sent.startswith("__Host-guichet=" if app.extensions["settings"].secure else "guichet=")
    return set(sent.split("; ")[1:])


def test_the_cookie_goes_by_https_to_no_script_and_with_no_request_of_another_site(deployed: Make) -> None:
    assert cookie(deployed()) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_without_https_the_cookie_comes_back_all_the_same(deployed: Make) -> None:
    assert cookie(deployed(origin="http://localhost")) == {"HttpOnly", "Path=/", "SameSite=Lax"}


@pytest.mark.parametrize("path", [DOOR, "/fr/nowhere", "/healthz"])
def test_every_answer_carries_these_headers(deployed: Make, path: str) -> None:
    headers = deployed().test_client().get(path).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    }
    said = {
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
        "Cache-Control": "no-store",
    }
    assert {name: headers[name] for name in said} == said
    assert "Cookie" in headers["Vary"]


def test_https_is_promised_by_who_has_it_alone(deployed: Make) -> None:
    headers = deployed(origin="http://localhost").test_client().get(DOOR).headers
    assert "Strict-Transport-Security" not in headers


def test_a_page_without_audience_is_everybodys_refusal(deployed: Make) -> None:
    """Who adds a page and forgets to say for whom it is has made it for nobody."""
    app = deployed(origin="http://localhost")
    app.add_url_rule("/fr/forgotten", "forgotten", lambda: "opened")
    factories.service()
    for browser in (PageClient(app), PageClient(app).sign_in(factories.account())):
        assert browser.client.get("/fr/forgotten").status_code == 403


@pytest.mark.parametrize(
    ("proxies", "address", "scheme"),
    [(0, "192.0.2.9", "http"), (1, "192.0.2.3", "https"), (2, "192.0.2.2", "https")],
)
def test_addresses_are_those_of_the_proxies_that_are_there(
    deployed: Make, proxies: int, address: str, scheme: str
) -> None:
    """Whoever sends the header themselves adds to its left: what is counted from the right is the proxies' own."""
    environment = "production" if proxies else "demonstration"
    app, seen = deployed(trusted_proxies=proxies, environment=environment), []
    app.before_request(lambda: seen.append((request.remote_addr, request.scheme, request.host)))
    sent = {
        "X-Forwarded-For": "192.0.2.1, 192.0.2.2, 192.0.2.3",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
    }
    app.test_client().get(DOOR, headers=sent, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert seen == [(address, scheme, "localhost")]


def test_the_token_of_a_form_lives_as_long_as_its_session(
    visitor: Callable[[], PageClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody reads a form for hours, or comes back to it: what they typed is taken."""
    browser = visitor()
    browser.get(DOOR)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 11 * 3600)
    assert browser.post(DOOR, {"identifier": "", "password": ""}).status_code == 422


AROUND: dict[str, dict[str, str]] = {
    "directly": {},
    "through one of two": {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"},
    "with an empty address": {"X-Forwarded-For": "192.0.2.1, ", "X-Forwarded-Proto": "https"},
    "without a scheme": {"X-Forwarded-For": "192.0.2.1, 192.0.2.2"},
}


@pytest.mark.parametrize("sent", AROUND.values(), ids=AROUND)
def test_what_comes_around_the_proxies_is_refused(deployed: Make, sent: dict[str, str]) -> None:
    app = deployed(trusted_proxies=2)
    app.test_client_class = None
    client = app.test_client()
    assert client.get(DOOR, headers=sent).status_code == 400
    assert client.post(DOOR, headers=sent, data={"identifier": "x"}).status_code == 400
    assert client.get("/healthz", headers=sent).status_code == 200, "a balancer asks the machine itself"
    through = {"X-Forwarded-For": "192.0.2.1, 192.0.2.2", "X-Forwarded-Proto": "https"}
    assert client.get(DOOR, headers=through).status_code == 200


def test_a_deployment_says_how_many_proxies_it_has(production: Settings) -> None:
    assert "TRUSTED_PROXIES" in replace(production, trusted_proxies=0).problems()
    assert replace(production, trusted_proxies=0, environment="demonstration").problems() == {}
