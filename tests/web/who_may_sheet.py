"""The sheet that `who_may` plays against: states, acts, people and their browsers, applications."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from app.domain.dossiers.audit import OPENED
from app.domain.dossiers.states import State
from app.services.access import sessions
from app.services.access.sessions import digest
from app.storage.models import Account, Agent, AuditRecord, Dossier, Session
from app.web.access.sign_in import TOKEN
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import USUAL

FORM = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
APPLICANTS, MOST = 3, 4  # people, and applications of all of them together
TOWNS = {"69": {}, "75": {"postcode": "75013", "commune": "75113"}}

F, R, Q, A = State.FILED, State.IN_REVIEW, State.COMPLEMENT_REQUESTED, State.FAVOURABLE
N, C, W = State.UNFAVOURABLE, State.CLOSED, State.WITHDRAWN
P, V, H = State.IN_PRODUCTION, State.CARD_AVAILABLE, State.HANDED_OVER
# From where an act leads where: of any agent of the service, and of its supervisor alone.
ANY: dict[str, dict[State, State]] = {
    "take": {F: R},
    "ask": {R: Q},
    "cancel_request": {Q: R},
    "approve": {R: A},
    "refuse": {R: N},
    "close": {R: C, Q: C},
    "reopen": {C: R},
    "produce": {A: P},
    "announce": {A: V, P: V},
    "hand_over": {V: H},
    "hold": {H: H, N: N, C: C, W: W, A: A},
}
CHIEF: dict[str, dict[State, State]] = {
    "take_back": {A: R},
    "reopen": {N: R, W: R},
    "release": {H: H, N: N, C: C, W: W, A: A},
}
FIELDS: dict[str, dict[str, Any]] = {
    **USUAL,
    "ask": {**USUAL["ask"], "ask": "passport", "passport_reason": "illegible"},
    "refuse": {**USUAL["refuse"], "reason": "Les études ne sont pas prouvées."},
    "close": {**USUAL["close"], "reason": "Rien ne vient."},
    "announce": {"place": "Guichet 4", "amount": "100"},
    **{
        key: {"reason": "C’était une erreur."}
        for key in ("cancel_request", "reopen", "hold", "take_back", "release")
    },
}
ACTS = sorted(ANY.keys() | CHIEF.keys())
OPEN = {F, R, Q}
PAGES = ("", "/ecrire", "/dossier.zip")  # of an agent; the first alone is counted as an opening


class Browser(PageClient):
    """A browser that is signed in at once, and whose session ends only where the service ends it."""

    def __init__(self, app: Flask, clock: Clock, **person: Any) -> None:
        super().__init__(app)
        self.clock = clock
        self.session = sessions.begin(clock(), **person)
        Session.update(second_factor=True).where(Session.digest == digest(self.session)).execute()
        with self.client.session_transaction() as cookie:
            cookie[TOKEN] = cookie["_user_id"] = self.session  # the second is Flask-Login’s own

    def get(self, path: str, **options: Any) -> Any:
        """Open a page, in the time of a session."""
        self.prolong()
        return super().get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        """Send a form, in the time of a session."""
        self.prolong()
        return super().post(path, data, **options)

    def checked(self, response: Any) -> Any:
        """Keep the token; what pages owe is tried elsewhere, and takes ten times as long."""
        self._decode(response)
        assert response.status_code < 500, response.text[:2000]
        if response.mimetype == "text/html" and (found := FORM.search(response.get_data(as_text=True))):
            self.token = found.group(1)
        return response

    def prolong(self) -> None:
        """Make the session as new, where it has not ended."""
        own = Session.digest == digest(self.session)
        Session.update(seen_at=self.clock(), created_at=self.clock()).where(own).execute()


@dataclass
class Person:
    """Somebody with a browser; `service` and `chief` are those of the prefecture’s side."""

    row: Account | Agent
    browser: Browser
    service: str = ""
    chief: bool = False
    inside: bool = True  # their access is open, and their session with it

    def may_read(self, case: "Case") -> bool:
        """Return whether an application is one of this agent’s service."""
        return self.inside and self.service == case.service


@dataclass
class Case:
    """What the model knows of an application."""

    row: Dossier
    owner: int
    service: str
    state: State = F
    held: bool = False
    readers: set[int] = field(default_factory=set)  # agents who asked for it while it was their service’s

    def openings(self) -> list[int]:
        """Return who opened it, as the record has it."""
        opened = (AuditRecord.dossier == self.row.id) & (AuditRecord.action == OPENED)
        return [record.agent_id for record in AuditRecord.select().where(opened).order_by(AuditRecord.id)]
