"""What people do in the trials, page by page: students file with documents, visa holders pay, officers decide."""

import queue
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pyotp
from PIL import Image

from app.demonstration import stories
from app.demonstration.people import PASSWORD
from app.demonstration.staff import TOTP_SECRET
from app.domain.journeys.journey import Journey, Page, Step
from app.domain.journeys.questions import Case, Kind
from app.domain.procedures.student import STUDENT_RENEWAL
from app.domain.procedures.validation import VISA_VALIDATION
from app.domain.rules.calendar import paris_day
from app.forms.fields import FIELDS
from cluster import pages, seeding
from cluster.visitor import Answer, GivenUp, Journal, Visitor, told

PIECE = "application/partial-upload"
PIECES = 3  # of a file that is sent in pieces
QUEUE = "/fr/agents/"
LATER_SECONDS = 120  # within which what a page put off can be done


def today() -> date:
    """Return the day in Paris."""
    return paris_day(datetime.now(UTC))


def filled(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a step as a browser sends them."""
    fields: dict[str, Any] = {}
    for question in step.asked(answers):
        value = FIELDS[question.kind].format(answers.get(question.key))
        if question.kind is Kind.DATE:
            parts = zip(("day", "month", "year"), value, strict=True)
            fields |= {f"{question.key}-{part}": text for part, text in parts}
        else:
            fields[question.key] = value
    return fields


def photo(seed: int) -> bytes:
    """Return a small picture that no other person sends."""
    target = BytesIO()
    small = Image.frombytes("RGB", (32, 32), random.Random(seed).randbytes(32 * 32 * 3))
    small.resize((480, 640)).save(target, "JPEG", quality=70)
    return target.getvalue()


@dataclass
class Town:
    """Everybody, and what they tell each other: officers take what was filed."""

    port: int
    journal: Journal
    stop: threading.Event = field(default_factory=threading.Event)
    filed: "queue.Queue[str]" = field(default_factory=queue.Queue)
    done: list[str] = field(default_factory=list)  # applications that went all the way

    def visitor(self) -> Visitor:
        """Return a new browser."""
        return Visitor(self.port, self.journal, self.stop)


def sign_in(town: Town, identifier: str) -> Visitor:
    """Sign an applicant in."""
    visitor, page = town.visitor(), "/fr/compte/connexion"
    visitor.post(page, {"identifier": identifier, "password": PASSWORD}, page)
    visitor.get("/fr/suivi/")
    return visitor


def type_steps(
    town: Town, visitor: Visitor, procedure: Journey, who: str, answers: Mapping[str, Any]
) -> None:
    """Fill every form of a procedure in."""
    for step in procedure.steps:
        if step.page is Page.FORM:
            page = f"/fr/demande/{procedure.slug}/{step.slug}"
            fields = filled(step, answers)
            shown = visitor.get(page)
            form = pages.form_to(shown.text, page, page)
            seen = {"seen": form.fields["seen"][0]} if form and "seen" in form.fields else {}
            answer = visitor.post(page, fields | seen, page)
            if answer.status == 303 and answer.location.partition("?")[0] != page:
                keys = [question.key for question in step.asked(answers) if answers.get(question.key)]
                town.journal.note("answers", who=who, procedure=procedure.slug, keys=keys)


def multipart(token: str, name: str, content: bytes) -> tuple[bytes, str]:
    """Return the body of a form with one file, and its media type."""
    head = (
        f'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    )
    return head.encode() + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


def give(town: Town, visitor: Visitor, who: str, slot: str, content: bytes) -> None:
    """Send the file of a document with its form; after no answer, look whether it is there before sending it again."""
    page, name = "/fr/demande/etudiant/justificatifs", f"{slot}-{who}.jpg"
    began = time.monotonic()
    while True:
        shown = visitor.get(page).text
        if name in shown:
            break
        body, kind = multipart(pages.token(shown), name, content)
        answer = visitor.once(
            "POST", f"/fr/demande/etudiant/pieces/{slot}", body, {"Content-Type": kind, "Referer": page}
        )
        if answer.status == 303:
            break
        retried(visitor, answer, began, f"{slot} of {who}")
    town.journal.note("file", who=who, slot=slot, name=name)


def give_in_pieces(town: Town, visitor: Visitor, who: str, slot: str, content: bytes) -> None:
    """Send a file as the script of the page does: in pieces, which go on where they stopped, then the form."""
    page, name, began = "/fr/demande/etudiant/justificatifs", f"{slot}-{who}.jpg", time.monotonic()
    token = pages.token(visitor.get(page).text)
    headers = {"X-CSRFToken": token}
    address = ""
    while not address:
        body = f"name={name}&length={len(content)}".encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        begun = visitor.once("POST", "/fr/suivi/envois", body, headers | kind)
        if begun.status == 201:
            address = begun.location
        else:
            retried(visitor, begun, began, f"the first piece of {who}")
    there, size = 0, len(content) // PIECES + 1
    while there < len(content):
        more = headers | {"Content-Type": PIECE, "Upload-Offset": str(there)}
        answer = visitor.once("PATCH", address, content[there : there + size], more)
        if answer.status not in (204, 409):
            retried(visitor, answer, began, f"a piece of {who}")
            answer = visitor.once("HEAD", address, headers=headers)
        there = int(answer.headers.get("upload-offset", there))
    visitor.post(f"/fr/demande/etudiant/pieces/{slot}", {"sent": address.rpartition("/")[2]}, page)
    town.journal.note("file", who=who, slot=slot, name=name)


def retried(visitor: Visitor, answer: Answer, began: float, what: str) -> None:
    """Wait a moment before another try; GivenUp for a refusal, or after too long."""
    busy = answer.status == 422 and "retry-after" in answer.headers
    if not answer.failed and not busy:
        raise GivenUp(f"{what}: answered {answer.status} {answer.text[:200]!r}")
    if time.monotonic() - began > 150:
        raise GivenUp(f"{what}: no answer")
    visitor.stop.wait(1.0)


def later(visitor: Visitor, answer: Answer, began: float, what: str) -> None:
    """Wait a moment, also where a page puts something off: an e-photo that its desk did not send yet."""
    if answer.status in (409, 422) and time.monotonic() - began > LATER_SECONDS:
        raise GivenUp(f"{what}: still answered {answer.status} {told(answer.text)}")
    retried(visitor, Answer(0) if answer.status in (409, 422) else answer, began, what)


def student(town: Town, number: str, seed: int) -> None:
    """File a renewal: steps typed, a photo for each document, one of them in pieces, the code of the e-photo."""
    answers = stories.answers(today())
    visitor, root = sign_in(town, number), "/fr/demande/etudiant"
    type_steps(town, visitor, STUDENT_RENEWAL, number, answers)
    slots = [document.key for document in STUDENT_RENEWAL.needed(Case(answers, today=today()))]
    for place, slot in enumerate(slots):
        if place < 2:
            (give, give_in_pieces)[place](town, visitor, number, slot, photo(seed + place))
        else:
            page = f"{root}/justificatifs"
            visitor.post(f"{root}/pieces/{slot}/explication", {"why": f"Il arrive ({number})."}, page)
            town.journal.note("explanation", who=number, slot=slot)
    visitor.post(f"{root}/ephoto", {"code": seeding.photo_code(number)}, f"{root}/justificatifs")
    town.journal.note("photo", who=number, code=seeding.photo_code(number))
    town.filed.put(file(town, visitor, "etudiant", number))
    ask(town, visitor, number)


def file(town: Town, visitor: Visitor, slug: str, who: str) -> str:
    """Send an application off and return its reference."""
    root, began = f"/fr/demande/{slug}", time.monotonic()
    fields = [("csrf_token", pages.token(visitor.get(f"{root}/recapitulatif").text)), ("sworn", "yes")]
    while (answer := visitor.form(f"{root}/deposer", fields, f"{root}/recapitulatif")).status != 303:
        later(visitor, answer, began, f"the filing of {who}")  # a browser sends the form again
    place = answer.location
    while (shown := visitor.get(place)).status == 303:
        place = shown.location
    reference = place.partition("?")[0].rpartition("/")[2]
    if shown.status != 200 or reference not in shown.text or "/confirmation/" not in place:
        raise GivenUp(f"{who} was led to {place} by filing")
    town.journal.note("filed", who=who, procedure=slug, reference=reference)
    return reference


def ask(town: Town, visitor: Visitor, who: str) -> None:
    """Ask the service a question."""
    page, text = "/fr/aide/ecrire", f"Question de {who} : quand aurai-je une réponse ? Merci."
    shown = visitor.get(page)
    form = pages.form_to(shown.text, page, page)
    fields = {name: values for name, values in form.fields.items() if name != "csrf_token"} if form else {}
    visitor.post(page, fields | {"topic": "other", "text": text}, page)
    town.journal.note("question", who=who, text=text)


def visa_holder(town: Town, number: str) -> None:
    """Validate a visa: three steps, a stamp."""
    arrived = (today() - timedelta(days=8)).isoformat()
    answers = stories.answers(today()) | {
        "visa_ground": "etudiant",
        "visa_issued_on": (today() - timedelta(days=20)).isoformat(),
        "entered_on": arrived,
        "stamp": seeding.stamp(number),
    }
    visitor = sign_in(town, seeding.email(number))
    type_steps(town, visitor, VISA_VALIDATION, number, answers)
    reference = file(town, visitor, VISA_VALIDATION.slug, number)
    town.journal.note("paid", who=number, stamp=seeding.stamp(number), reference=reference)


def officer_in(town: Town, email: str) -> Visitor:
    """Sign an officer in."""
    visitor = town.visitor()
    door, lock = "/fr/agents/connexion", "/fr/agents/code"
    visitor.post(door, {"email": email, "password": PASSWORD}, door)
    visitor.post(lock, {"code": pyotp.TOTP(TOTP_SECRET).now()}, lock)
    return visitor


def officer(town: Town, number: int) -> None:
    """Take what was filed and decide it, until told to stop."""
    email = seeding.agent(number)
    visitor = officer_in(town, email)
    while True:
        try:
            reference = town.filed.get(timeout=0.5)
        except queue.Empty:
            if town.stop.is_set():
                return
            continue
        act(town, visitor, reference, "take", email)
        act(town, visitor, reference, "approve", email)
        town.done.append(reference)


def act(town: Town, visitor: Visitor, reference: str, action: str, who: str) -> None:
    """Do an act as its page proposes it; after no answer, open the page again, which says whether it is done."""
    page = f"{QUEUE}dossiers/{reference}/{action}"
    began = time.monotonic()
    while True:
        shown = visitor.get(page)
        form = pages.form_to(shown.text, page, page) if shown.status == 200 else None
        if form is None:  # no longer possible: it was done, the answer was lost
            break
        fields = [(name, value) for name, values in form.fields.items() for value in values]
        answer = visitor.form(page, fields, page)
        if answer.status == 303:
            break
        later(visitor, answer, began, f"{action} of {reference}")
    town.journal.note("act", who=who, reference=reference, action=action)
