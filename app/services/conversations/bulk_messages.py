"""One message to the people of several dossiers: a conversation with each, sent and recorded by itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.services.conversations import conversations
from app.services.conversations.attachments import StoredAttachments
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Agent
from app.storage.review import queue_lines


class Left(StrEnum):
    """Why nothing was sent about a dossier; the values appear in URLs."""

    CLOSED = "s"  # the person deleted their account: no reader is left
    SAME = "m"  # the person was written to about another dossier of the choice
    GONE = "p"  # it is no longer of the service


@dataclass(frozen=True)
class Readers:
    """The dossiers whose people will read a message, and those left with the reason."""

    chosen: Sequence[Any]
    left: Mapping[int, Left]

    @property
    def languages(self) -> dict[str, int]:
        """How many people read the site in each language, the most first."""
        return dict(Counter(dossier.account.language for dossier in self.chosen).most_common())


def readers(agent: Agent, ids: Sequence[int]) -> Readers:
    """Return the people of dossiers of the agent's service, each once."""
    left: dict[int, Left] = dict.fromkeys(ids, Left.GONE)
    chosen, seen = [], set()
    for dossier in queue_lines.chosen_with_people(agent.service_id, ids):
        left.pop(dossier.id, None)
        if dossier.account.closed_at is not None:
            left[dossier.id] = Left.CLOSED
        elif dossier.account_id in seen:
            left[dossier.id] = Left.SAME
        else:
            seen.add(dossier.account_id)
            chosen.append(dossier)
    return Readers(chosen, left)


def send(
    agent: Agent, ids: Sequence[int], texts: Mapping[str, str], now: datetime
) -> tuple[int, Mapping[int, Left]]:
    """Write to each person the text of their language; return to how many, and which dossiers were left.

    The same text sent again within conversations.AGAIN reaches each person once.
    """
    found = readers(agent, ids)
    left = dict(found.left)
    done = 0
    for dossier in found.chosen:
        with database.atomic():
            if dossiers.locked(dossier.id).service_id != agent.service_id:  # moved since the list was read
                left[dossier.id] = Left.GONE
                continue
            conversations.write(dossier, agent, texts[dossier.account.language], StoredAttachments(), now)
        done += 1
    return done, left
