"""Rows of a bulk dossier's history: events, audit records, documents and requests."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from app.demonstration.outcome_mix import PATHS
from app.domain.actions import TRANSITIONS
from app.domain.actions.stages import OPENERS, ended
from app.domain.dossiers import audit
from app.domain.dossiers.states import Role, State
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import CARD_REMINDERS, COMPLEMENT_DAYS
from app.storage.models import AuditRecord, Complement, ComplementItem, Document, Event, StageTime
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
    StageTime: (
        *("dossier_id", "service_id", "agent_id", "journey", "stage", "opened_by_id"),
        *("ended_on", "days", "outcome"),
    ),
}


@dataclass(frozen=True)
class _Finished:
    """A stage that a path finishes: the places of the actions that begin and end it, and the state it ends in."""

    stage: str
    begun: int
    ended: int
    outcome: str


def _finished(path: Sequence[str]) -> tuple[_Finished, ...]:
    """Return the stages that the actions of a path finish, as the service notes them."""
    found, state = [], State.DRAFT
    for place, action in enumerate(path):
        role = Role.APPLICANT if action in BY_APPLICANT else Role.AGENT
        move = next(m for m in TRANSITIONS if (m.action, m.origin, m.role) == (action, state, role))
        for stage in ended(move):
            begun = max(n for n, earlier in enumerate(path[:place]) if earlier in OPENERS[stage])
            found.append(_Finished(str(stage), begun, place, str(move.target)))
        state = move.target
    return tuple(found)


FINISHED = {state: _finished(("submit", *path)) for state, path in PATHS.items()}

Rows = dict[type[Table], list[tuple[Any, ...]]]
MOST_EVENTS = 1 + max(map(len, PATHS.values()))


@dataclass(frozen=True)
class Origin:
    """The day of the bulk data, and the ids after which its rows begin."""

    today: date
    events: int
    complements: int


@dataclass(frozen=True)
class History:
    """The history of one dossier to generate; `place` is its index in the bulk data."""

    place: int
    dossier: int
    service: int
    journey: str
    agent: int | None
    state: State
    filed_on: date
    slots: Sequence[str]

    @property
    def actions(self) -> tuple[str, ...]:
        """Its actions, from the filing on."""
        return ("submit", *PATHS[self.state])


class HistoryRows:
    """Collects the rows of a batch."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.rows: Rows = {table: [] for table in COLUMNS}

    def add(self, random: Random, history: History) -> tuple[str, str, tuple[str | None, str | None, int]]:
        """Add the rows of a dossier's history.

        Returns when it was begun, when it was last saved, and of its card, once announced: JSON, the day since which it
        can be collected, and the days of the last reminder: nobody of bulk data is written to.
        """
        filed_at = datetime.combine(history.filed_on, time(8), UTC) + timedelta(
            seconds=random.randrange(36_000)
        )
        days = (self.origin.today - history.filed_on).days
        actions = history.actions
        # At most 25 days from the first action to the last, spread evenly; a younger dossier acted on until today.
        step = timedelta(seconds=86_400 * min(25, days) // len(actions) + random.randrange(3600))
        previous, at, asked = audit.BEGINNING, filed_at, 0
        for place, action in enumerate(actions):
            at = filed_at + place * step
            facts = self._facts(action, history, at)
            previous = self._chain(history, place + 1, action, at, facts, previous)
            if action == "ask":
                asked = self._ask(history, at, facts)
            elif action == "answer":
                self._answered(asked, at)
        self._stage_times(history, filed_at, step)
        self._documents(history, filed_at)
        since = filed_at + actions.index("announce") * step if "announce" in actions else None
        card = (json.dumps(CARD, ensure_ascii=False), since.date().isoformat()) if since else (None, None)
        return _stored(filed_at - timedelta(days=1)), _stored(at), (*card, max(CARD_REMINDERS))

    def _facts(self, action: str, history: History, at: datetime) -> dict[str, Any] | None:
        if action == "ask":
            due = at.date() + timedelta(days=COMPLEMENT_DAYS)
            return {"slots": history.slots[-1:], "count": 1, "due_on": due.isoformat()}
        if action == "answer":
            return {"slots": history.slots[-1:]}
        return CARD if action == "announce" else None

    def _chain(
        self,
        history: History,
        place: int,
        action: str,
        at: datetime,
        facts: dict[str, Any] | None,
        previous: str,
    ) -> str:
        """Add an event and its audit record, and return the record's digest."""
        number = self._event(history, place)
        by_applicant, reason = action in BY_APPLICANT, REASONS.get(action, "")
        role, agent = (
            str(Role.APPLICANT if by_applicant else Role.AGENT),
            None if by_applicant else history.agent,
        )
        service = history.service if agent else None
        chained = {"event": number, "content": audit.content(action, role, agent, at, reason, facts)}
        digest = audit.Entry(
            history.dossier, place, at, role, agent, service, action, chained, previous
        ).digest
        stored, event_facts = _stored(at), facts and json.dumps(facts, ensure_ascii=False)
        record_facts = f'{{"event": {number}, "content": "{chained["content"]}"}}'
        self.rows[Event].append((number, history.dossier, action, role, agent, stored, reason, event_facts))
        record = (
            history.dossier,
            place,
            stored,
            role,
            agent,
            service,
            action,
            record_facts,
            previous,
            digest,
        )
        self.rows[AuditRecord].append(record)
        return digest

    def _event(self, history: History, place: int) -> int:
        return self.origin.events + MOST_EVENTS * history.place + place

    def _stage_times(self, history: History, filed_at: datetime, step: timedelta) -> None:
        for done in FINISHED[history.state]:
            first, last = (paris_day(filed_at + place * step) for place in (done.begun, done.ended))
            agent = None if history.actions[done.ended] in BY_APPLICANT else history.agent
            stage = (history.journey, done.stage, self._event(history, done.begun + 1))
            end = (last.isoformat(), (last - first).days, done.outcome)
            self.rows[StageTime].append((history.dossier, history.service, agent, *stage, *end))

    def _ask(self, history: History, at: datetime, facts: dict[str, Any] | None) -> int:
        number = self.origin.complements + history.place + 1
        due = (facts or {})["due_on"]
        self.rows[Complement].append((number, history.dossier, history.agent, _stored(at), due, None))
        self.rows[ComplementItem].append((number, history.slots[-1], REASONS["ask"]))
        return len(self.rows[Complement]) - 1

    def _answered(self, place: int, at: datetime) -> None:
        self.rows[Complement][place] = (*self.rows[Complement][place][:-1], _stored(at))

    def _documents(self, history: History, at: datetime) -> None:
        received = _stored(at - timedelta(hours=1))
        for slot in history.slots:
            key = f"foule/{history.dossier}/{slot}"
            digest = f"{history.dossier:064x}"
            self.rows[Document].append(
                (
                    history.dossier,
                    slot,
                    f"{slot}.jpg",
                    key,
                    "image/jpeg",
                    180_000,
                    1,
                    digest,
                    "clean",
                    received,
                )
            )


def _stored(at: datetime) -> str:
    """Return an instant as storage.database.UtcField stores it."""
    return at.replace(tzinfo=None).isoformat(" ")
