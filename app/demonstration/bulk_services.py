"""The services of bulk data: their share of the dossiers, invented agents, and answers of their applicants."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.demonstration import stories
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case
from app.domain.procedures import current
from app.reference import communes
from app.storage.models import Agent, Service

# Shares of foreign residents by service, in thousandths, rounded; the other services share the rest.
SHARES = {
    "75": 90,
    "93": 75,
    "92": 50,
    "94": 45,
    "95": 38,
    "77": 32,
    "91": 34,
    "78": 30,
    "13": 42,
    "69": 42,
    "59": 35,
}
SHARES |= {
    "31": 25,
    "06": 25,
    "33": 24,
    "34": 22,
    "67": 20,
    "44": 18,
    "38": 18,
    "973": 15,
    "976": 15,
    "974": 8,
}
# Share of each procedure, in per cent.
PROCEDURES = {
    "etudiant": 46,
    "visiteur": 11,
    "talent": 13,
    "talent-famille": 9,
    "domicile": 15,
    "perte-vol": 6,
}
# Kind of permit and mention of a procedure's applicants in the register.
HOLDERS = {
    "etudiant": ("CST", "etudiant"),
    "visiteur": ("CST", "visiteur"),
    "talent": ("CSP", "talent-salarie-qualifie"),
    "talent-famille": ("CSP", "talent-famille"),
    "domicile": ("CSP", "etudiant"),
    "perte-vol": ("CST", "etudiant"),
}
AGENTS = 4
DOCUMENTS = 3  # number of documents of each dossier


class NoSuchService(Exception):
    """Raised when no active service has the code."""


@dataclass(frozen=True)
class BulkService:
    """A service with its share, its agents' ids and, by procedure, its applicants' answers as JSON."""

    service: int
    department: str
    share: float
    agents: Sequence[int]
    answers: dict[str, str]


def bulk_services(today: date, only: str = "") -> list[BulkService]:
    """Return every active service, or the one with a code; agents are added up to AGENTS each."""
    chosen = Service.select().where(Service.active).order_by(Service.code)
    found = list(chosen.where(Service.code == only) if only else chosen)
    if not found:
        raise NoSuchService(f"no service takes applications under the code {only}")
    rest = max(1, sum(1 for service in found if service.code not in SHARES))
    small = max(1, 1000 - sum(SHARES.values())) / rest
    return [
        BulkService(
            service.id,
            service.department,
            SHARES.get(service.code, small),
            _agents(service),
            _answers(service, today),
        )
        for service in found
    ]


def pinned(slug: str) -> Journey:
    """Return the current version of a procedure; LookupError if there is none."""
    journey = current(slug)
    if journey is None:
        raise LookupError(slug)
    return journey


def case(slug: str, today: date) -> Case:
    """Return the case of a bulk applicant, whose permit ends in a year, for a procedure's rules."""
    kind, mention = HOLDERS[slug]
    until = (today + timedelta(days=365)).isoformat()
    identity = {"permit_kind": kind, "mention": mention, "nationality": "TUN", "valid_until": until}
    return Case(stories.ANSWERS | _events(), today=today, identity=identity)


def slots(slug: str, today: date) -> list[str]:
    """Return the keys of the first DOCUMENTS supporting documents of a procedure."""
    return [document.key for document in pinned(slug).needed(case(slug, today))][:DOCUMENTS]


def _agents(service: Service) -> list[int]:
    ids = [
        agent.id
        for agent in Agent.select(Agent.id)
        .where((Agent.service == service) & (Agent.password_hash != ""))
        .order_by(Agent.id)
        .limit(AGENTS)
    ]
    for place in range(len(ids), AGENTS):
        made = Agent.create(
            service=service,
            email=f"foule-{service.code.lower()}-{place + 1}@exemple.fr",
            name=f"Agent {place + 1} (démo)",
            password_hash="!",  # no password has this digest: they are no longer invited, and never come in
            totp_secret="",
        )
        ids.append(made.id)
    return ids


def _answers(service: Service, today: date) -> dict[str, str]:
    answers = stories.answers(today) | _events() | _home(service.department)
    return {slug: json.dumps(pinned(slug).relevant(answers), ensure_ascii=False) for slug in PROCEDURES}


def _events() -> dict[str, Any]:
    """Return the answers about a move and a lost permit."""
    moved = {"moved_on": "2026-01-15", "new_card": "yes"}
    lost = {
        "event": "loss",
        "loss_words": "Oublié dans un bus.",
        "happened_on": "2026-01-15",
        "happened_at": "Lyon",
    }
    return moved | lost | {"passport_too": "no"}


def _home(department: str) -> dict[str, str]:
    """Return the postcode and commune of an address in a département, {} if no usual postcode has one."""
    for postcode in (f"{department}000"[:5], f"{department}001"[:5], f"{department}100"[:5]):
        for town in communes.communes_of(postcode):
            return {"postcode": postcode, "commune": town.code}
    return {}
