"""What happened to each dossier of a crowd: its events, the record that chains them, its documents and requests."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from app.demonstration.outcome_mix import PATHS
from app.domain.dossiers import audit
from app.domain.dossiers.states import Role, State
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.storage.models import AuditRecord, Complement, ComplementItem, Document, Event
from app.storage.models.table import Table

BY_APPLICANT = frozenset({"submit", "answer", "withdraw"})
REASONS = {
    "ask": "L’attestation jointe date de plus de 6 mois. Envoyez une attestation récente.",
    "refuse": "Les pièces jointes ne montrent pas les ressources demandées.",
}
CARD = {"place": "Préfecture, accueil des étrangers", "amount": 22_500}
COLUMNS: dict[type[Table], tuple[str, ...]] = {
    Event: ("id", "dossier_id", "action", "role", "agent_id", "at", "reason", "facts"),
    AuditRecord: (
        *("dossier_id", "position", "at", "role", "agent_id", "service_id", "action", "facts"),
        *("previous", "digest"),
    ),
    Document: (
        *(
            "dossier_id",
            "slot",
            "name",
            "key",
            "media_type",
            "size",
            "pages",
            "sha256",
            "scan",
            "received_at",
        ),
    ),
    Complement: ("id", "dossier_id", "agent_id", "asked_at", "due_on", "answered_at"),
    ComplementItem: ("complement_id", "slot", "reason"),
}


Rows = dict[type[Table], list[tuple[Any, ...]]]
MOST_EVENTS = 1 + max(map(len, PATHS.values()))


@dataclass(frozen=True)
class Origin:
    """The day of a crowd, and the numbers after which its rows begin."""

    today: date
    events: int
    complements: int


@dataclass(frozen=True)
class History:
    """What has to be told of one dossier; `place` is its own in the crowd."""

    place: int
    dossier: int
    service: int
    agent: int | None
    state: State
    filed_on: date
    slots: Sequence[str]


class HistoryRows:
    """Gathers the rows of a batch."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.rows: Rows = {table: [] for table in COLUMNS}

    def tell(self, random: Random, one: History) -> tuple[str, str, str | None]:
        """When it was begun and last saved, and its card as JSON, once announced."""
        filed_at = datetime.combine(one.filed_on, time(8), UTC) + timedelta(seconds=random.randrange(36_000))
        days = (self.origin.today - one.filed_on).days
        actions = ("submit", *PATHS[one.state])
        # Acts follow one another in days, or as the years of an old dossier allow; what is open has just moved.
        step = timedelta(seconds=86_400 * min(25, days) // len(actions) + random.randrange(3600))
        previous, at, asked = audit.BEGINNING, filed_at, 0
        for place, action in enumerate(actions):
            at = filed_at + place * step
            facts = self._facts(action, one, at)
            previous = self._chain(one, place + 1, action, at, facts, previous)
            if action == "ask":
                asked = self._ask(one, at, facts)
            elif action == "answer":
                self._answered(asked, at)
        self._documents(one, filed_at)
        card = json.dumps(CARD, ensure_ascii=False) if "announce" in actions else None
        return _kept(filed_at - timedelta(days=1)), _kept(at), card

    def _facts(self, action: str, one: History, at: datetime) -> dict[str, Any] | None:
        if action == "ask":
            due = at.date() + timedelta(days=COMPLEMENT_DAYS)
            return {"slots": one.slots[-1:], "count": 1, "due_on": due.isoformat()}
        if action == "answer":
            return {"slots": one.slots[-1:]}
        return CARD if action == "announce" else None

    def _chain(
        self, one: History, place: int, action: str, at: datetime, facts: dict[str, Any] | None, previous: str
    ) -> str:
        """One event and its record; the digest of the record."""
        number = self.origin.events + MOST_EVENTS * one.place + place
        mine, reason = action in BY_APPLICANT, REASONS.get(action, "")
        role, agent = str(Role.APPLICANT if mine else Role.AGENT), None if mine else one.agent
        service = one.service if agent else None
        told = {"event": number, "content": audit.content(action, role, agent, at, reason, facts)}
        digest = audit.Entry(one.dossier, place, at, role, agent, service, action, told, previous).digest
        kept, known = _kept(at), facts and json.dumps(facts, ensure_ascii=False)
        words = f'{{"event": {number}, "content": "{told["content"]}"}}'
        self.rows[Event].append((number, one.dossier, action, role, agent, kept, reason, known))
        record = (one.dossier, place, kept, role, agent, service, action, words, previous, digest)
        self.rows[AuditRecord].append(record)
        return digest

    def _ask(self, one: History, at: datetime, facts: dict[str, Any] | None) -> int:
        number = self.origin.complements + one.place + 1
        due = (facts or {})["due_on"]
        self.rows[Complement].append((number, one.dossier, one.agent, _kept(at), due, None))
        self.rows[ComplementItem].append((number, one.slots[-1], REASONS["ask"]))
        return len(self.rows[Complement]) - 1

    def _answered(self, place: int, at: datetime) -> None:
        self.rows[Complement][place] = (*self.rows[Complement][place][:-1], _kept(at))

    def _documents(self, one: History, at: datetime) -> None:
        received = _kept(at - timedelta(hours=1))
        for slot in one.slots:
            key = f"foule/{one.dossier}/{slot}"
            digest = f"{one.dossier:064x}"
            self.rows[Document].append(
                (one.dossier, slot, f"{slot}.jpg", key, "image/jpeg", 180_000, 1, digest, "clean", received)
            )


def _kept(at: datetime) -> str:
    """An instant as storage.database.UtcField keeps it."""
    return at.replace(tzinfo=None).isoformat(" ")
