"""The services of a crowd: how many of a thousand dossiers each has, its invented agents, answers of who lives there."""

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

# Where foreigners live, in thousandths, rounded: Paris and its surroundings, then the large towns. Others share the rest.
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
# Of a hundred dossiers; `kind` and `mention` are what the permit register says of the holder.
PROCEDURES = {
    "etudiant": 46,
    "visiteur": 11,
    "talent": 13,
    "talent-famille": 9,
    "domicile": 15,
    "perte-vol": 6,
}
HOLDERS = {
    "etudiant": ("CST", "etudiant"),
    "visiteur": ("CST", "visiteur"),
    "talent": ("CSP", "talent-salarie-qualifie"),
    "talent-famille": ("CSP", "talent-famille"),
    "domicile": ("CSP", "etudiant"),
    "perte-vol": ("CST", "etudiant"),
}
AGENTS = 4
DOCUMENTS = 3  # of each dossier: enough to read


class NoSuchService(Exception):
    """No service that takes applications has the code."""


@dataclass(frozen=True)
class BulkService:
    """A service with its share, its agents and, by procedure, the answers that its applicants give, as JSON."""

    service: int
    department: str
    share: float
    agents: Sequence[int]
    answers: dict[str, str]


def bulk_services(today: date, only: str = "") -> list[BulkService]:
    """Every service that takes applications, or the one of a code. Agents are made where there are not enough."""
    chosen = Service.select().where(Service.active).order_by(Service.code)
    found = list(chosen.where(Service.code == only) if only else chosen)
    if not found:
        raise NoSuchService(f"no service takes applications under the code {only}")
    rest = max(1, sum(1 for one in found if one.code not in SHARES))
    small = max(1, 1000 - sum(SHARES.values())) / rest
    return [
        BulkService(one.id, one.department, SHARES.get(one.code, small), _agents(one), _answers(one, today))
        for one in found
    ]


def pinned(slug: str) -> Journey:
    """A procedure of PROCEDURES, as it is now."""
    journey = current(slug)
    if journey is None:
        raise LookupError(slug)
    return journey


def case(slug: str, today: date) -> Case:
    """What the rules of a procedure know of one of the crowd, whose permit ends in a year."""
    kind, mention = HOLDERS[slug]
    until = (today + timedelta(days=365)).isoformat()
    held = {"permit_kind": kind, "mention": mention, "nationality": "TUN", "valid_until": until}
    return Case(stories.ANSWERS | _events(), today=today, identity=held)


def slots(slug: str, today: date) -> list[str]:
    """The supporting documents that a crowd gives in a procedure."""
    return [one.key for one in pinned(slug).needed(case(slug, today))][:DOCUMENTS]


def _agents(of: Service) -> list[int]:
    there = [
        one.id for one in Agent.select(Agent.id).where(Agent.service == of).order_by(Agent.id).limit(AGENTS)
    ]
    for place in range(len(there), AGENTS):
        made = Agent.create(
            service=of,
            email=f"foule-{of.code.lower()}-{place + 1}@exemple.fr",
            name=f"Agent {place + 1} (démo)",
            password_hash="",  # nobody enters
            totp_secret="",
        )
        there.append(made.id)
    return there


def _answers(of: Service, today: date) -> dict[str, str]:
    whole = stories.answers(today) | _events() | _home(of.department)
    return {slug: json.dumps(pinned(slug).relevant(whole), ensure_ascii=False) for slug in PROCEDURES}


def _events() -> dict[str, Any]:
    """What happened to those who moved or lost their permit."""
    moved = {"moved_on": "2026-01-15", "new_card": "yes"}
    lost = {
        "event": "loss",
        "loss_words": "Oublié dans un bus.",
        "happened_on": "2026-01-15",
        "happened_at": "Lyon",
    }
    return moved | lost | {"passport_too": "no"}


def _home(department: str) -> dict[str, str]:
    """A commune of the département, where one of its usual postcodes leads to one."""
    for postcode in (f"{department}000"[:5], f"{department}001"[:5], f"{department}100"[:5]):
        for town in communes.communes_of(postcode):
            return {"postcode": postcode, "commune": town.code}
    return {}
