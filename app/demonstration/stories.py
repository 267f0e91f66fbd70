"""The stories of the demonstration's dossiers, played through the service's own functions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image, ImageDraw, ImageFont

from app.demonstration.people import demo_code
from app.deployment import Gateways
from app.domain.dossiers.complements import CONFORM
from app.domain.dossiers.complements import reason as why_asked
from app.domain.dossiers.decisions import Granted, law, proposed, reason
from app.domain.journeys.journey import Journey
from app.domain.procedures import open_to, purpose_of
from app.domain.procedures.loss import LOSS
from app.domain.procedures.moving import MOVING
from app.domain.rules.calendar import paris_day
from app.pdf.families import FONTS_DIR, LATIN
from app.services.applications import complements, documents, dossiers, photos
from app.services.applications.applicant_overview import journey_of
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.filed import case_of
from app.services.received_files import Sent
from app.services.review import document_marks, notes
from app.services.review import dossier_view as reading
from app.storage.applications import complements as requests
from app.storage.models import Account, Agent, Dossier
from app.storage.review import dossier_view

ANSWERS: dict[str, Any] = {
    "identity_right": "yes",
    "usage_name": "",
    "family": "single",
    "children": "no",
    "passport_held": "yes",
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
    # For other grounds of stay: a procedure ignores answers to questions that are not its own.
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
    """The account, agent, gateways and instant of a story."""

    account: Account
    agent: Agent
    gateways: Gateways
    now: datetime

    def ago(self, days: int) -> datetime:
        """Return the instant some days before today."""
        return self.now - timedelta(days=days)

    def act(self, dossier: Dossier, days: int) -> Act:
        """Return an act of the agent, some days before today."""
        return Act(self.agent, self.ago(days), dossier_view.last_move(dossier.id))


def answers(today: date) -> dict[str, Any]:
    """Return a full set of answers with dates that fit today."""
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
    """Return a picture of a page with a title, marked as a specimen."""
    page = Image.new("RGB", (1240, 1754), "#fffefb")
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, 1180, 1694), outline="#827a6c", width=4)
    face, _bold = LATIN.files(FONTS_DIR)
    draw.text((120, 140), "SPÉCIMEN, SANS VALEUR", fill="#a52a12", font=ImageFont.truetype(face, 52))
    draw.text((120, 240), title[:48], fill="#221f1a", font=ImageFont.truetype(face, 40))
    for line in range(9):
        draw.rectangle((120, 360 + line * 70, 1100 - (line % 3) * 160, 384 + line * 70), fill="#d8d1c3")
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


def draft(scene: Scene, at: datetime, whole: bool = True, **others: Any) -> Dossier:
    """Create a draft of the procedure that continues a permit or visa; `others` replace the usual answers."""
    identity = scene.account.identity
    offered = open_to(identity, purpose_of(identity))
    journey = next(procedure for procedure in offered if procedure.continues(identity))
    return prepared(scene, journey, at, whole, **others)


def prepared(scene: Scene, journey: Journey, at: datetime, whole: bool = True, **others: Any) -> Dossier:
    """Create a draft of a procedure with all answers, and all or half of its documents."""
    dossier = dossiers.begin(scene.account, journey, at)
    journey = journey_of(dossier)
    usual = answers(scene.now.date()) | others
    dossiers.save_answers(dossier, journey.relevant(usual), at)
    needed = journey.needed(dossiers.load_draft(dossier, scene.now.date()).case)
    for document in needed if whole else needed[: len(needed) // 2]:
        give(scene, dossier, document.key, document.title, at)
    if whole and journey.photo(dossiers.load_draft(dossier, scene.now.date()).case):
        number = str(scene.account.foreign_number or scene.account.visa_number)
        photos.set_code(scene.gateways.ephoto, dossier, demo_code(number), at)
    return dossier


def give(scene: Scene, dossier: Dossier, slot: str, title: str, at: datetime) -> None:
    """Attach a specimen to a document of the dossier."""
    sent = Sent(f"{slot}.jpg", specimen(title))
    attached = documents.attach(dossier, slot, [sent], scene.gateways.scanner, scene.gateways.files, at)
    for _name, refused in attached.refused:
        raise ValueError(f"the specimen for {slot} was refused: {refused.reason}")


def filed(scene: Scene, days: int) -> Dossier:
    """File a dossier some days ago."""
    return dossiers.submit(draft(scene, scene.ago(days)), scene.ago(days))


def taken(scene: Scene, filed_ago: int, taken_ago: int) -> Dossier:
    """File a dossier, then take it as an agent."""
    dossier = filed(scene, filed_ago)
    instruction.take(dossier, scene.act(dossier, taken_ago))
    return dossier


def asked(scene: Scene) -> None:
    """Request a document."""
    dossier = taken(scene, 35, 20)
    request = why_asked("too_old", "L’attestation jointe date de plus de 6 mois.")
    instruction.ask(dossier, scene.act(dossier, 3), {"residence_statement": request})


def answered(scene: Scene) -> None:
    """Mark documents, write a note, request two of them; the applicant replaces one and explains the other."""
    dossier = taken(scene, 60, 45)
    wrong = {"passport": "illegible", "enrolment": "too_old"}
    view = reading.view_dossier(scene.agent, dossier.reference or "", scene.now)
    for document in view.requested_documents[:4]:
        mark = wrong.get(document.key, CONFORM)
        document_marks.mark(
            scene.agent, dossier.reference or "", document.key, mark, document.version, scene.ago(21)
        )
    note = "A appelé : son consulat rend le passeport fin de semaine."
    notes.write(view, scene.agent, note, scene.ago(20))
    reasons = {key: why_asked(mark, "") for key, mark in wrong.items()}
    instruction.ask(dossier, scene.act(dossier, 21), reasons)
    dossier = Dossier.get_by_id(dossier.id)
    give(scene, dossier, "passport", "Passeport, en entier", scene.ago(2))
    documents.explain(dossier, "enrolment", "Mon école délivre le certificat lundi.", scene.ago(2))
    items = {item.slot: item for item in requests.items(requests.pending(dossier.id).id)}
    complements.decide(items["passport"], "replace", scene.ago(2))
    complements.decide(items["enrolment"], "letter", scene.ago(2))
    complements.send(dossier, scene.ago(1))


def approved(scene: Scene) -> Dossier:
    """Take a favourable decision."""
    dossier = taken(scene, 80, 60)
    instruction.approve(dossier, scene.act(dossier, 5), permit(scene, dossier))
    return dossier


def permit(scene: Scene, dossier: Dossier) -> Granted | None:
    """Return the permit that a favourable decision grants with its form unchanged."""
    return Granted.from_json(
        proposed(journey_of(dossier), replace(case_of(dossier), today=paris_day(scene.now)))
    )


def produced(scene: Scene) -> None:
    """Approve a dossier and send its card to production."""
    dossier = taken(scene, 85, 70)
    instruction.approve(dossier, scene.act(dossier, 12), permit(scene, dossier))
    instruction.produce(dossier, scene.act(dossier, 6))


def closed(scene: Scene) -> None:
    """Request a document and close the dossier without an answer."""
    dossier = taken(scene, 90, 75)
    instruction.ask(dossier, scene.act(dossier, 60), {"enrolment": why_asked("not_given", "")})
    details = "Demandé : le certificat de scolarité de cette année, avec deux rappels."
    instruction.close(dossier, scene.act(dossier, 5), reason("no_answer", details), law("no_answer", ""))


def silent(scene: Scene) -> None:
    """File a dossier so long ago that silence is a refusal, and keep it under review."""
    taken(scene, 100, 60)


def available(scene: Scene) -> None:
    """Approve a dossier and announce its card."""
    dossier = taken(scene, 100, 80)
    instruction.approve(dossier, scene.act(dossier, 30), permit(scene, dossier))
    place = "Préfecture, accueil des étrangers, Lyon"
    instruction.announce(dossier, scene.act(dossier, 2), place, 10_000)


def refused(scene: Scene) -> None:
    """Take an unfavourable decision with its reason."""
    dossier = taken(scene, 70, 50)
    details = "Les relevés de notes ne montrent aucune inscription depuis deux ans."
    instruction.refuse(dossier, scene.act(dossier, 4), reason("studies", details), law("studies", ""))


def moved(scene: Scene) -> None:
    """File a renewal, then declare a move to Paris, which transfers it."""
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
    """Declare a permit lost: it is replaced, or renewed if it ends soon."""
    at, day = scene.ago(1), paris_day(scene.ago(2)).isoformat()
    description = "Oublié dans un bus, en rentrant des cours, et jamais rapporté."
    event: dict[str, Any] = {
        "event": "loss",
        "loss_words": description,
        "happened_on": day,
        "happened_at": "Lyon",
    }
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


def play(story: str, account: Account, agents: dict[str, Agent], app: Flask, now: datetime) -> None:
    """Play one story."""
    STORIES[story](Scene(account, agents["69"], app.extensions["gateways"], now))
