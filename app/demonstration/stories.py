"""What happened to each dossier of the demonstration, told through the service's own verbs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image, ImageDraw, ImageFont

from app.deployment import Gateways
from app.domain.dossiers.complements import CONFORM
from app.domain.dossiers.complements import reason as why_asked
from app.domain.dossiers.decisions import Granted, law, proposed, reason
from app.domain.journeys.journey import Journey
from app.domain.procedures import open_to, purpose_of
from app.domain.procedures.loss import LOSS
from app.domain.procedures.moving import MOVING
from app.domain.rules.calendar import paris_day
from app.pdf.engine import FONTS_DIR, REGULAR
from app.services.applications import complements, documents, dossiers, photos
from app.services.applications.applicant_overview import journey_of
from app.services.applications.documents import Received, Sent
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.review import document_marks, notes
from app.services.review import dossier_view as reading
from app.services.review.dossier_view import case_of
from app.storage.applications import complements as requests
from app.storage.models import Account, Agent, Dossier
from app.storage.review import dossier_view

ANSWERS: dict[str, Any] = {
    "identity_right": "yes",
    "usage_name": "",
    "family": "single",
    "children": "no",
    "passport_number": "C1234567",
    "housing": "residence",
    "address": "29 rue du Professeur-Rochaix",
    "address_more": "chambre 214",
    "postcode": "69003",
    "commune": "69383",
    "phone": "+33612345678",
    "school_type": "university",
    "school": "Université Lumière Lyon 2",
    "school_city": "Lyon",
    "degree": "master",
    "degree_year": "2",
    "mobility": "no",
    "apprentice": "no",
    "last_diploma": "Licence, Université de Saint-Étienne (démo), France, 2025",
    "change_of_course": "",
    "exemption": "none",
    "sources": ["salary"],
    "salary_amount": 98_000,
    "free_housing": "no",
    "resources_note": "",
    # Of other grounds of stay: a procedure keeps only the answers to its own questions.
    "talent_mention": "talent-salarie-qualifie",
    "activity": "employed",
    "employer": "Atelier logiciel de la Saône (démo)",
    "contract": "open",
    "contract_starts": "2024-03-04",
    "job": "Ingénieure en logiciel",
    "annual_pay": 4_450_000,
    "diploma": "master",
    "kinship": "child",
    "came_as_minor": "yes",
    "principal_name": "Kowalczuk Halyna",
    "principal_number": "9920000999",
    "principal_mention": "talent-chercheur",
}


@dataclass(frozen=True)
class Scene:
    """All that a story needs."""

    account: Account
    agent: Agent
    outside: Gateways
    now: datetime

    def ago(self, days: int) -> datetime:
        """An instant some days before today."""
        return self.now - timedelta(days=days)

    def act(self, dossier: Dossier, days: int) -> Act:
        """The agent's hand, some days before today."""
        return Act(self.agent, self.ago(days), dossier_view.last_move(dossier.id))


def answers(today: date) -> dict[str, Any]:
    """A full set of answers whose dates fit today."""
    year = today.year if today.month >= 7 else today.year - 1
    return ANSWERS | {
        "passport_from": date(today.year - 6, 5, 2).isoformat(),
        "passport_until": date(today.year + 4, 5, 1).isoformat(),
        "entered_on": date(today.year - 3, 8, 28).isoformat(),
        "year_starts": date(year, 9, 7).isoformat(),
        "year_ends": date(year + 1, 6, 30).isoformat(),
        "principal_until": date(today.year + 2, 9, 30).isoformat(),
    }


@cache
def specimen(title: str) -> bytes:
    """A picture of a page that says what it stands for, and that it is worth nothing."""
    page = Image.new("RGB", (1240, 1754), "#fffefb")
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, 1180, 1694), outline="#827a6c", width=4)
    face = FONTS_DIR / REGULAR
    draw.text((120, 140), "SPÉCIMEN, SANS VALEUR", fill="#a52a12", font=ImageFont.truetype(face, 52))
    draw.text((120, 240), title[:48], fill="#221f1a", font=ImageFont.truetype(face, 40))
    for line in range(9):
        draw.rectangle((120, 360 + line * 70, 1100 - (line % 3) * 160, 384 + line * 70), fill="#d8d1c3")
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


def draft(scene: Scene, at: datetime, whole: bool = True, **others: Any) -> Dossier:
    """The dossier that a permit or a visa calls for; `others` are answers that come before the usual ones."""
    identity = scene.account.identity
    journey = next(one for one in open_to(identity, purpose_of(identity)) if one.continues(identity))
    return prepared(scene, journey, at, whole, **others)


def prepared(scene: Scene, journey: Journey, at: datetime, whole: bool = True, **others: Any) -> Dossier:
    """A dossier of a procedure with all its answers, and all or half of its documents."""
    dossier = dossiers.begin(scene.account, journey, at)
    usual = answers(scene.now.date()) | others
    dossiers.save_step(dossier, journey.relevant(usual), lambda stored: True, at)
    needed = journey.needed(dossiers.load_draft(dossier, scene.now.date()).case)
    for one in needed if whole else needed[: len(needed) // 2]:
        give(scene, dossier, one.key, one.title, at)
    if whole and journey.photo(dossiers.load_draft(dossier, scene.now.date()).case):
        number = str(scene.account.foreign_number or scene.account.visa_number)
        photos.set_code(scene.outside.ephoto, dossier, number.ljust(22, "0"), at)
    return dossier


def give(scene: Scene, dossier: Dossier, slot: str, title: str, at: datetime) -> None:
    """One specimen in a slot."""
    sent = Sent(f"{slot}.jpg", specimen(title))
    outcome = documents.attach(dossier, slot, sent, scene.outside.scanner, scene.outside.files, at)
    if not isinstance(outcome, Received):
        raise ValueError(f"the specimen for {slot} was refused: {outcome.reason}")


def filed(scene: Scene, days: int) -> Dossier:
    """Filed some days ago."""
    return dossiers.submit(draft(scene, scene.ago(days)), scene.ago(days))


def taken(scene: Scene, filed_ago: int, taken_ago: int) -> Dossier:
    """Filed, then taken by an agent."""
    dossier = filed(scene, filed_ago)
    instruction.take(dossier, scene.act(dossier, taken_ago))
    return dossier


def asked(scene: Scene) -> None:
    """A document is asked for again."""
    dossier = taken(scene, 35, 20)
    words = why_asked("too_old", "L’attestation jointe date de plus de 6 mois.")
    instruction.ask(dossier, scene.act(dossier, 3), {"residence_statement": words})


def answered(scene: Scene) -> None:
    """Documents marked, asked for again, one replaced and one explained, colleagues told."""
    dossier = taken(scene, 60, 45)
    wrong = {"passport": "illegible", "enrolment": "too_old"}
    read = reading.view_dossier(scene.agent, dossier.reference or "")
    for requested in read.requested_documents[:4]:
        word = wrong.get(requested.key, CONFORM)
        document_marks.mark(
            scene.agent, dossier.reference or "", requested.key, word, requested.version, scene.ago(21)
        )
    words = "A appelé : son consulat rend le passeport fin de semaine."
    notes.write(read, scene.agent, words, scene.ago(20))
    reasons = {key: why_asked(word, "") for key, word in wrong.items()}
    instruction.ask(dossier, scene.act(dossier, 21), reasons)
    give(scene, dossier, "passport", "Passeport, en entier", scene.ago(2))
    documents.explain(dossier, "enrolment", "Mon école délivre le certificat lundi.", scene.ago(2))
    items = {one.slot: one for one in requests.items(requests.pending(dossier.id).id)}
    complements.decide(items["passport"], "replace", scene.ago(2))
    complements.decide(items["enrolment"], "letter", scene.ago(2))
    complements.send(dossier, scene.ago(1))


def approved(scene: Scene) -> Dossier:
    """A favourable decision."""
    dossier = taken(scene, 80, 60)
    instruction.approve(dossier, scene.act(dossier, 5), permit(scene, dossier))
    return dossier


def permit(scene: Scene, dossier: Dossier) -> Granted | None:
    """What a favourable decision grants when nothing is changed in its form."""
    return Granted.from_json(
        proposed(journey_of(dossier), replace(case_of(dossier), today=paris_day(scene.now)))
    )


def produced(scene: Scene) -> None:
    """A card being made."""
    dossier = taken(scene, 85, 70)
    instruction.approve(dossier, scene.act(dossier, 12), permit(scene, dossier))
    instruction.produce(dossier, scene.act(dossier, 6))


def closed(scene: Scene) -> None:
    """A request for documents that nobody answered, closed by the agent who made it."""
    dossier = taken(scene, 90, 75)
    instruction.ask(dossier, scene.act(dossier, 60), {"enrolment": why_asked("not_given", "")})
    words = "Demandé : le certificat de scolarité de cette année, avec deux rappels."
    instruction.close(dossier, scene.act(dossier, 5), reason("no_answer", words), law("no_answer", ""))


def silent(scene: Scene) -> None:
    """Filed so long ago that silence is a refusal, and still under review."""
    taken(scene, 100, 60)


def available(scene: Scene) -> None:
    """A card that waits."""
    dossier = taken(scene, 100, 80)
    instruction.approve(dossier, scene.act(dossier, 30), permit(scene, dossier))
    place = "Préfecture, accueil des étrangers, Lyon"
    instruction.announce(dossier, scene.act(dossier, 2), place, 10_000)


def refused(scene: Scene) -> None:
    """An unfavourable decision with its reason."""
    dossier = taken(scene, 70, 50)
    words = "Les relevés de notes ne montrent aucune inscription depuis deux ans."
    instruction.refuse(dossier, scene.act(dossier, 4), reason("studies", words), law("studies", ""))


def moved(scene: Scene) -> None:
    """A renewal that follows its person to Paris."""
    taken(scene, 30, 12)
    at = scene.ago(2)
    there: dict[str, Any] = {
        "housing": "hosted",
        "host": "M. Traoré (démo)",
        "address": "12 rue des Épinettes",
    }
    home: dict[str, Any] = {"address_more": "", "postcode": "75017", "commune": "75117"}
    day = paris_day(scene.ago(6)).isoformat()
    dossiers.submit(prepared(scene, MOVING, at, moved_on=day, new_card="no", **there, **home), at)


def lost(scene: Scene) -> None:
    """A permit declared lost: replaced, or renewed where it ends soon."""
    at, day = scene.ago(1), paris_day(scene.ago(2)).isoformat()
    words = "Oublié dans un bus, en rentrant des cours, et jamais rapporté."
    event: dict[str, Any] = {"event": "loss", "loss_words": words, "happened_on": day, "happened_at": "Lyon"}
    dossiers.submit(prepared(scene, LOSS, at, passport_too="no", **event), at)


STORIES: dict[str, Callable[[Scene], object]] = {
    "none": lambda scene: None,
    "draft": lambda scene: draft(scene, scene.ago(1), whole=False),
    "filed": lambda scene: filed(scene, 3),
    "review": lambda scene: taken(scene, 75, 10),
    "asked": asked,
    "answered": answered,
    "approved": approved,
    "available": available,
    "refused": refused,
    "closed": closed,
    "production": produced,
    "silent": silent,
    "moved": moved,
    "lost": lost,
}


def tell(story: str, account: Account, agents: dict[str, Agent], app: Flask, now: datetime) -> None:
    """Make one story happen."""
    STORIES[story](Scene(account, agents["69"], app.extensions["gateways"], now))
