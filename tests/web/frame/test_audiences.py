"""Every address, asked for by nobody, an applicant, an agent, a supervisor and an administrator: real answers."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.domain.dossiers.ranks import Rank
from app.web.access.audiences import AUDIENCE, RANKS, Audience
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import DOOR, Visitor, enter, member

pytestmark = pytest.mark.engines("sqlite")
WHO = ("nobody", "applicant", *map(str, Rank))
HOMES = {"agent": "/fr/agents/", "supervisor": "/fr/agents/", "administrator": "/fr/administration/"}


@pytest.fixture
def browsers(visitor: Visitor, clock: Clock) -> dict[str, PageClient]:
    """One of each."""
    found = {"nobody": visitor(), "applicant": visitor().sign_in(factories.account())}
    for rank in Rank:
        columns = {"service": None} if rank is Rank.ADMINISTRATOR else {}
        found[str(rank)] = enter(visitor(), member(rank=str(rank), **columns), clock)
    return found


def path(app: Flask, rule: Rule) -> str:
    """An address of a rule, of things that need not exist."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        values[name] = 1 if f"<int:{name}>" in rule.rule else {"lang": "fr", "action": "take"}.get(name, "x")
    for value in ("x", "etudiant", "69"):  # what a converter of its own reads
        try:
            return app.url_map.bind("localhost").build(
                rule.endpoint, {key: value if one == "x" else one for key, one in values.items()}
            )
        except (LookupError, ValueError, AttributeError):
            continue
    return rule.rule.replace("<lang:lang>", "fr").replace("<step:step>", "sejour")


def asked(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every endpoint that is somebody's, with an address and a method that it takes."""
    for rule in app.url_map.iter_rules():
        if AUDIENCE[rule.endpoint] in (Audience.PUBLIC, Audience.DEMONSTRATION):
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule.endpoint, path(app, rule), method


def belongs(who: str, audience: Audience) -> bool:
    """Who may come in, said a second time on purpose."""
    return {
        Audience.APPLICANT: {"applicant"},
        Audience.AGENT: {"agent", "supervisor"},
        Audience.SUPERVISOR: {"supervisor"},
        Audience.ADMINISTRATOR: {"administrator"},
        Audience.STAFF: {"agent", "supervisor", "administrator"},
    }[audience] >= {who}


def admitted(answer: TestResponse) -> bool:
    """Whether the view ran, or only the form's token was missing."""
    location = answer.headers.get("Location", "")
    return answer.status_code not in (401, 403) and location.partition("?")[0] not in (
        DOOR,
        "/fr/compte/connexion",
    )


def test_every_address_opens_to_its_audience_and_to_nobody_else(
    app: Flask, browsers: dict[str, PageClient]
) -> None:
    seen = set()
    for endpoint, address, method in asked(app):
        audience = AUDIENCE[endpoint]
        for who, browser in browsers.items():
            # Without a token: nothing is done, and who is inside is told so after the audience let them in.
            answer = browser.open(address, method)
            assert admitted(answer) is belongs(who, audience), f"{who} {method} {address}: {answer.status}"
            if audience in RANKS and who in HOMES and not belongs(who, audience):
                assert answer.status_code == 403
                assert f'class="button" href="{HOMES[who]}"' in answer.text, "no way to their own pages"
                assert f'class="brand" href="{HOMES[who]}"' in answer.text
            seen.add((who, audience))
    assert len(seen) == len(WHO) * len({AUDIENCE[endpoint] for endpoint, _path, _method in asked(app)})


def test_the_door_leads_each_to_their_own_first_page(browsers: dict[str, PageClient]) -> None:
    for who, home in HOMES.items():
        assert browsers[who].get(DOOR).location == home
        assert browsers[who].get(home).status_code == 200
