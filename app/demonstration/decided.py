"""Applications of the past months, most of them decided, as data for the figures.

They are written transition by transition, without the pages' side effects: their letters and certificates would have
no reader. The files of dossiers that wait for a decision are copies of one specimen, examined once.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from app.demonstration import people, stories
from app.demonstration.people import Applicant
from app.domain.actions.action import Action
from app.domain.actions.applicants import ANSWER, SUBMIT
from app.domain.actions.card import ANNOUNCE, HAND_OVER
from app.domain.actions.review import APPROVE, ASK, REFUSE, TAKE
from app.domain.dossiers.complements import REASONS, reason
from app.domain.dossiers.states import Role, State
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case
from app.domain.procedures import journey as journey_of
from app.domain.procedures import open_to, purpose_of
from app.domain.rules.calendar import NO_END, paris_day
from app.domain.rules.deadlines import Answers
from app.domain.rules.identifiers import make_reference
from app.domain.rules.parameters import WINDOW_CLOSES_DAYS
from app.intake import Accepted, examine
from app.services.filed import case_of, index_for_search
from app.services.operations import delays
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.files import FileStore, new_key
from app.storage.models import (
    Account,
    Agent,
    Complement,
    ComplementItem,
    Document,
    Dossier,
    PhotoCode,
    Service,
)
from app.storage.people import agents

DECIDED, WAITING = 36, 14
SURNAMES = ("Adeyemi", "Benali", "Costa", "Đỗ", "Eze", "Fofana", "García", "Hossain", "Ibrahim", "Jansons")
GIVEN = (("Amal", "F"), ("Bilal", "M"), ("Chiara", "F"), ("Davit", "M"), ("Élise", "F"), ("Farid", "M"))
COUNTRIES = (("Lagos", "NGA"), ("Oran", "DZA"), ("Dacca", "BGD"), ("Medellín", "COL"), ("Tbilissi", "GEO"))
KINDS = (("etudiant", "CST"), ("etudiant", "CST"), ("visiteur", "CST"), ("talent-famille", "CSP"))


@dataclass
class Progress:
    """A dossier that goes through transitions, each some days after the one before."""

    dossier: Dossier
    agent: Agent
    place: str  # address where the card is handed over
    at: datetime
    end: datetime

    def move(
        self, action: Action, days: int, role: Role = Role.AGENT, reason: str = "", **columns: Any
    ) -> bool:
        """Apply an action `days` later and return True, or False if it would lie after `end`."""
        self.at += timedelta(days=days)
        if self.at > self.end:
            return False
        agent = self.agent if role is Role.AGENT else None
        move = action.transition(State(self.dossier.state), role)
        dossiers.transition(self.dossier, move, self.at, agent=agent, reason=reason, **columns)
        return True


def create(service: Service, files: FileStore, now: datetime) -> None:
    """Create the past year of a service, the same one for the same day."""
    chance = Random(69)
    team = [agent for agent in agents.colleagues(service.id) if agent.rank == "agent"]
    with database.atomic():
        for number in range(DECIDED + WAITING):
            days = chance.randint(50, 200) if number < DECIDED else chance.randint(2, 45)
            filed = now - timedelta(days=days, hours=chance.randint(0, 5))
            dossier = _filed(number, service, filed)
            if number >= DECIDED:
                _give(dossier, files, filed)
            _advance(
                Progress(dossier, team[number % len(team)], service.collection_place, filed, now),
                chance,
                number,
            )
    delays.count_due(now)


def _filed(number: int, service: Service, at: datetime) -> Dossier:
    """Create a filed application of an invented person."""
    today = paris_day(at)
    holder = _holder(number)
    identity = people.record(holder, today)
    account = Account.create(
        foreign_number=holder.number,
        email=holder.email,
        password_hash="",
        language="fr",
        identity=identity,
        created_at=at,
    )
    offered = open_to(identity, purpose_of(identity))
    journey = next(procedure for procedure in offered if procedure.continues(identity))
    sealed = journey.relevant(stories.answers(today))
    dossier = Dossier.create(**_draft(account, journey, sealed, at))
    place = dossiers.next_number(f"{service.department}-{today.year}")
    reference = make_reference(service.department, today.year, place)
    delay = journey.answer_within(Case(sealed, today=today, identity=identity))
    dossiers.transition(
        dossier,
        SUBMIT.transition(State.DRAFT, Role.APPLICANT),
        at,
        sealed=sealed,
        service=service,
        reference=reference,
        filed_on=today,
        in_time=holder.ends_in >= WINDOW_CLOSES_DAYS,
        rights_end=today + timedelta(days=holder.ends_in),
        legal_answer_on=delay.after(today) if delay else None,
    )
    index_for_search(dossier)
    return dossier


@cache
def _page() -> Accepted:
    """Return the specimen as it is stored."""
    found = examine(stories.specimen("Justificatif"))
    if not isinstance(found, Accepted):
        raise ValueError(f"the specimen was refused: {found.reason}")
    return found


def _give(dossier: Dossier, files: FileStore, at: datetime) -> None:
    """Store a copy of the specimen for every document, and a photo code."""
    page, case = _page(), case_of(dossier)
    journey = journey_of(dossier.journey, dossier.journey_version)
    for document in journey.needed(case):
        key = new_key(at, secrets.token_hex(16))
        files.put(key, page.content)
        Document.create(
            dossier=dossier,
            slot=document.key,
            name=f"{document.key}.jpg",
            key=key,
            media_type=page.media_type,
            size=len(page.content),
            pages=page.pages,
            sha256=page.sha256,
            scan="clean",
            received_at=at,
        )
    code = str(dossier.identity["foreign_number"]).ljust(22, "0")
    PhotoCode.create(dossier=dossier, code=code, state="ready", given_at=at, checked_at=at)


def _holder(number: int) -> Applicant:
    given_name, sex = GIVEN[number % len(GIVEN)]
    place, country = COUNTRIES[number % len(COUNTRIES)]
    mention, kind = KINDS[number % len(KINDS)]
    digits, born = f"99200009{number:02d}", f"{1985 + number % 20}-0{1 + number % 9}-1{number % 10}"
    ends_in = 45 if number % 7 == 1 else 62 + number % 50  # one in seven comes late
    surname = SURNAMES[number % len(SURNAMES)]
    return Applicant(
        digits, surname, given_name, sex, born, place, country, ends_in, "", "", kind=kind, mention=mention
    )


def _draft(account: Account, journey: Journey, answers: Answers, at: datetime) -> dict[str, Any]:
    return {
        "account": account,
        "journey": journey.slug,
        "journey_version": journey.version,
        "state": str(State.DRAFT),
        "answers": answers,
        "identity": account.identity,
        "created_at": at,
        "saved_at": at,
    }


def _advance(progress: Progress, chance: Random, number: int) -> None:
    """Take the dossier, sometimes request a document, decide, and mostly hand a card over."""
    progress.move(TAKE, chance.randint(2, 25), agent_id=progress.agent.id)
    if number % 3 == 0:
        _complement(progress, chance, number)
    if number % 9 == 8:
        progress.move(REFUSE, chance.randint(20, 40), reason="Les ressources déclarées ne sont pas prouvées.")
        return
    if not progress.move(APPROVE, chance.randint(8, 45), rights_end=NO_END):
        return
    card = {"place": progress.place, "amount": 10_000}
    if progress.move(ANNOUNCE, chance.randint(10, 30), card=card):
        progress.move(HAND_OVER, chance.randint(3, 20))


def _complement(progress: Progress, chance: Random, number: int) -> None:
    """Request a document and answer the request; every fourth reason is in the agent's own words."""
    keys = [ready.key for ready in REASONS if ready.hint]
    text = reason(keys[number % len(keys)], "passport") if number % 4 else "Ajoutez la page du cachet."
    asked = progress.at + timedelta(days=3)
    if not progress.move(ASK, 3, reason=text):
        return
    due = paris_day(asked) + timedelta(days=30)
    row = Complement.create(dossier=progress.dossier, agent=progress.agent, asked_at=asked, due_on=due)
    ComplementItem.create(complement=row, slot="passport", reason=text, decision="keep")
    if progress.move(ANSWER, chance.randint(2, 20), Role.APPLICANT):
        Complement.update(answered_at=progress.at).where(Complement.id == row.id).execute()
