"""Closed dossiers, and those kept for a court."""

from dataclasses import replace

from app.services.applications import dossiers
from app.services.decisions import holding, instruction
from app.storage.models import Dossier
from tests.fixtures import NOON
from tests.services.applications.at_once.running import NONE, Verb
from tests.services.applications.at_once.steps import marking
from tests.services.applications.at_once.world import REASON, World


class Closed(World):
    """Closed without a decision, while a request was open."""

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        self.act(draft, instruction.take)
        self.act(draft, instruction.close, REASON)

    def verbs(self) -> dict[str, Verb]:
        return {
            "reopen": self.reopening(),
            "hold": self.by_agent("hold", REASON, step=marking("kept for a court")),
            "question": self.asking(),
        }

    def reopening(self) -> Verb:
        """Under review again."""
        return self.by_agent("reopen", REASON, step=lambda m: replace(m, letter=NONE))


class Held(Closed):
    """Closed, and kept for a court."""

    def prepare(self, draft: Dossier) -> None:
        super().prepare(draft)
        self.act(draft, holding.hold, REASON)

    def verbs(self) -> dict[str, Verb]:
        return {
            "reopen": self.reopening(),
            "release": self.by_agent("release", REASON, step=marking(without=("kept for a court",))),
        }
