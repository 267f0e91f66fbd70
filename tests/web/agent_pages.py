"""An agent's browser: through both locks, to a dossier, into its acts."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pyotp
from werkzeug.test import TestResponse

from app.storage.models import Agent, Dossier, Service
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import Clock

QUEUE = "/fr/agents/"
DOOR = "/fr/agents/connexion"
CODE = "/fr/agents/code"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# What a form proposes, or what a test need not say.
USUAL: dict[str, dict[str, Any]] = {
    "ask": {"due_days": "30"},
    "approve": {
        "kind": "CST",
        "mention": "etudiant",
        "starts-day": "11",
        "starts-month": "2",
        "starts-year": "2027",
        "ends-day": "10",
        "ends-month": "2",
        "ends-year": "2028",
    },
    "refuse": {"ground": "other", "law": "article L.433-1 du CESEDA"},
    "close": {"ground": "no_answer"},
}
Visitor = Callable[[], PageClient]


def member(of: Service | None = None, **columns: Any) -> Agent:
    """A member of a service, with an authenticator."""
    return factories.agent(of, totp_secret=SECRET, **columns)


def enter(client: PageClient, agent: Agent, clock: Clock) -> PageClient:
    """Through both locks; the code of a new half minute each time, since a code serves once."""
    clock.advance(seconds=60)
    client.make_known(agent)
    client.get(DOOR)
    assert client.post(DOOR, {"email": agent.email, "password": PASSWORD}).status_code == 303
    client.get(CODE)
    answer = client.post(CODE, {"code": pyotp.TOTP(agent.totp_secret).at(clock())})
    assert answer.status_code == 303, answer.text
    return client


def address(dossier: Dossier, action: str = "", lang: str = "fr") -> str:
    """The page of a dossier, or of an act on it."""
    return f"/{lang}/agents/dossiers/{dossier.reference}{'/' if action else ''}{action}"


def act(client: PageClient, dossier: Dossier, action: str, query: str = "", **fields: Any) -> TestResponse:
    """Open the page of an act and send it."""
    where = f"{address(dossier, action)}{'?' if query else ''}{query}"
    client.get(where)
    seen = dossier_view.last_move(dossier.id)
    fields = {**USUAL.get(action, {}), **fields}
    return client.post(where, {"seen": str(seen), **fields})


def targets(page: str) -> list[str]:
    """Where the links and forms of a page lead."""
    return [unescape(found) for found in re.findall(r'(?:href|action)="([^"]*)"', page)]
