"""Whatever somebody writes into an address, the service answers: numbers too large, letters too many, or none."""

from urllib.parse import quote

import pytest
from flask import Flask

from app.web.access.audiences import AUDIENCE, Audience
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor
from tests.web.frame.test_audiences import browsers

__all__ = ["browsers"]  # a fixture

HOSTILE = ("99999999999999999999999", "2147483647", "0", "\x00", "🙂\u202e", "a" * 3000, "..%2f..", "%ff%fe")
WHO = {
    Audience.APPLICANT: "applicant",
    Audience.AGENT: "agent",
    Audience.SUPERVISOR: "supervisor",
    Audience.ADMINISTRATOR: "administrator",
    Audience.STAFF: "agent",
}


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_no_address_makes_the_service_fail(
    app: Flask, browsers: dict[str, PageClient], visitor: Visitor, clock: Clock, hostile: str
) -> None:
    asked = 0
    for rule in app.url_map.iter_rules():
        names = [name for name in rule.arguments if name != "lang"]
        if not names:
            continue
        address = rule.rule.replace("<lang:lang>", "fr")
        for name in names:
            address = address.replace(_written(rule.rule, name), quote(hostile, safe="%"))
        who = WHO.get(AUDIENCE[rule.endpoint], "nobody")
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = browsers[who].client.open(address, method=method)
            assert answer.status_code < 500, f"{who} {method} {rule.rule}"
            asked += 1
    assert asked > 80


def _written(rule: str, name: str) -> str:
    """How an argument stands in the text of a rule."""
    for part in rule.split("<")[1:]:
        inside = part.partition(">")[0]
        if inside.rpartition(":")[2] == name:
            return f"<{inside}>"
    raise LookupError(name)


QUERY = (
    *(
        "vue",
        "q",
        "motif",
        "etat",
        "agent",
        "fin",
        "avant",
        "apres",
        "marques",
        "restes",
        "confies",
        "to",
        "jours",
    ),
    *(
        "piece",
        "fichier",
        "tourner",
        "zoom",
        "avec",
        "version",
        "dossier",
        "refus",
        "postcode",
        "commune",
        "code",
    ),
    *("service", "rang", "question", "fait", "sources", "family", "tard", "page", "id", "format", "periode"),
)


@pytest.mark.parametrize("hostile", ["\x00", "9" * 30, "-1", "🙂\u202e", "%ff"], ids=ascii)
def test_no_query_makes_the_service_fail(
    app: Flask, browsers: dict[str, PageClient], visitor: Visitor, clock: Clock, hostile: str
) -> None:
    asked = 0
    for rule in app.url_map.iter_rules():
        if set(rule.arguments) - {"lang"} or "GET" not in (rule.methods or set()):
            continue
        who = WHO.get(AUDIENCE[rule.endpoint], "nobody")
        query = "&".join(f"{name}={quote(hostile, safe='%')}" for name in QUERY)
        answer = browsers[who].client.get(f"{rule.rule.replace('<lang:lang>', 'fr')}?{query}")
        assert answer.status_code < 500, f"{who} {rule.rule}"
        asked += 1
    assert asked > 50


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
@pytest.mark.parametrize("address", ["http://[", "//[::1", "http://localhost]/x"])
def test_no_page_that_a_request_says_it_came_from_makes_the_service_fail(
    browsers: dict[str, PageClient], header: str, address: str
) -> None:
    for who, method, path in (
        ("nobody", "GET", "/fr/suivi/"),
        ("nobody", "POST", "/fr/demande/etudiant/deposer"),
        ("applicant", "POST", "/fr/aide/ecrire"),
    ):
        client = browsers[who]
        client.get("/fr/aide/ecrire")
        for script in ({}, {"HX-Request": "true"}):
            answer = client.client.open(
                path,
                method=method,
                headers={header: address, **script},
                data={"csrf_token": client.token, "text": "Bonjour"} if method == "POST" else None,
            )
            assert answer.status_code < 500, (path, script)


@pytest.mark.parametrize("path", ["/fr/suivi", "/fr//suivi/", "/fr/suivi//", "/"])
def test_no_redirection_of_the_router_names_the_host_that_was_sent(app: Flask, path: str) -> None:
    answer = app.test_client().open(base_url="http://evil.example", path=path)
    assert answer.status_code in (301, 302, 303, 307, 308)
    assert answer.location.startswith("/")
    assert "evil" not in answer.location
