"""An application from its filing to the card in hand: every page, letter, paper and figure, and all the worker does."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.procedures import journey
from app.storage import outbox
from app.storage.models import Agent, Attestation, Dossier, Notice
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.pdf.reading import text_of
from tests.services.outside import sweep
from tests.web.agent_pages import QUEUE, Visitor, act, address, enter, member
from tests.web.forms import picture, sent
from tests.web.procedures import words

FIGURES = "/fr/agents/chiffres"


@dataclass
class Course:
    """Both sides of an application, and the worker between them; `said` is what was answered, in words."""

    app: Flask
    clock: Clock
    caplog: pytest.LogCaptureFixture
    visitor: Visitor
    dossier: Dossier
    said: Sequence[str]

    @property
    def procedure(self) -> Any:
        """The procedure that the dossier pins."""
        return journey(self.dossier.journey, self.dossier.journey_version)

    @property
    def root(self) -> str:
        """Where the applicant follows it."""
        return f"/fr/suivi/{self.dossier.reference}"

    def work(self, **after: float) -> None:
        """Everything that the worker does by some time from now, with nothing that fails."""
        at = self.clock() + timedelta(**after)
        with self.caplog.at_level(logging.INFO):
            sweep(self.app, at)
            while jobs.run_once(self.app, at):
                pass
        told = [record.getMessage() for record in self.caplog.records if record.levelno >= logging.WARNING]
        assert told == []
        assert outbox.backlog() == {"waiting": 0, "failed": 0}

    def shows(self, client: PageClient, page: str, *wanted: str) -> None:
        """Look for words on a page."""
        shown = words(client.get(page).text)
        assert [label for label in wanted if label not in shown] == [], page

    def run(self, client: PageClient, slot: str) -> None:
        """All of it; `slot` is the document asked for again."""
        self.work()
        self.just_filed(client)
        agent = member()
        self.taken(agent)
        self.work(days=75)  # the permit ends meanwhile: rights are extended, and every session is over
        assert Attestation.select().where(Attestation.dossier == self.dossier.id).count() == 2
        self.asked_again(client.sign_in(self.dossier.account), agent, slot)
        self.work()
        self.decided(agent)
        self.work()
        self.looked_back(client)
        self.counted()

    def just_filed(self, client: PageClient) -> None:
        """The applicant's pages and the application as it is printed."""
        for page in ("/fr/suivi/", self.root, "/fr/suivi/demandes"):
            self.shows(client, page, self.procedure.title)
        self.shows(client, f"{self.root}/modifier", *self.said)
        paper = words(text_of(client.get(f"{self.root}/demande.pdf").data))
        assert [label for label in self.said if label not in paper] == []

    def taken(self, agent: Agent) -> None:
        """The queue, narrowed to the procedure, and the dossier."""
        desk = enter(self.visitor(), agent, self.clock)
        page = f"{QUEUE}?motif={self.dossier.journey}"
        self.shows(desk, page, str(self.dossier.reference), f"Motif : {self.procedure.title}")
        self.shows(desk, address(self.dossier), self.procedure.title, *self.said)
        assert act(desk, self.dossier, "take").status_code == 303

    def asked_again(self, client: PageClient, agent: Agent, slot: str) -> None:
        """A document asked for, given, and read."""
        desk = enter(self.visitor(), agent, self.clock)
        asked = act(desk, self.dossier, "ask", **{"ask": slot, f"{slot}_reason": "illegible"})
        assert asked.status_code == 303, words(asked.text)
        title = next(document.title for document in self.procedure.documents if document.key == slot)
        for page in ("/fr/suivi/", f"{self.root}/complement"):
            self.shows(client, page, title)
        assert client.post(f"{self.root}/complement/{slot}", {"files": sent(picture())}).status_code == 303
        assert client.post(f"{self.root}/complement/envoyer").status_code == 303
        self.shows(desk, address(self.dossier), title)

    def decided(self, agent: Agent) -> None:
        """Granted, and the card handed over."""
        desk = enter(self.visitor(), agent, self.clock)
        answer = act(desk, self.dossier, "approve", mention=min(self.procedure.mentions))
        assert answer.status_code == 303, words(answer.text)
        assert act(desk, self.dossier, "announce", place="Guichet 4", amount="120,50").status_code == 303
        assert act(desk, self.dossier, "hand_over").status_code == 303

    def looked_back(self, client: PageClient) -> None:
        """Every message that the applicant got."""
        for notice in Notice.select().where(Notice.dossier == self.dossier.id):
            assert client.get(f"/fr/suivi/messages/{notice.id}").status_code == 200
        self.shows(client, self.root, self.procedure.title)

    def counted(self) -> None:
        """The figures of the procedure, and the list that is taken away."""
        chief = enter(self.visitor(), member(rank="supervisor"), self.clock)
        self.shows(chief, f"{FIGURES}?motif={self.dossier.journey}", f'{self.dossier.journey}" selected')
        listed = chief.post(f"{FIGURES}/export", {"table": "dossiers", "motif": self.dossier.journey})
        lines = listed.data.decode("utf-8-sig").splitlines()
        assert [self.procedure.title in line for line in lines] == [False, True]
