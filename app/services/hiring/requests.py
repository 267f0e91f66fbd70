"""Checks of a card that an employer asks a prefecture for: the request, the answer, the end of the time to answer.

Nothing about the card comes out of a page: what the prefecture found is in the letter that an agent sends.
"""

from datetime import datetime
from typing import Any

from app.domain.dossiers.hiring import DEEMED, Outcome, answer_due
from app.domain.public_forms.asking import HIRING as TOPIC
from app.domain.rules.births import born
from app.domain.rules.calendar import paris_day
from app.domain.rules.identifiers import normal_number
from app.services.access import throttles
from app.services.access.limits import HIRING
from app.services.applications.competence import service_at
from app.services.batch import for_each_isolated
from app.services.conversations.attachments import StoredAttachments
from app.services.conversations.conversations import StaleConversation
from app.services.hiring.receipts import AGAIN, Employer, is_same, new_reading_code, next_number
from app.services.messages import emails
from app.storage import hiring as store
from app.storage.applications import conversations
from app.storage.database import database
from app.storage.models import Account, Agent, Conversation, HiringCheck, Message, Service
from app.storage.people import accounts


class NoCopy(Exception):
    """Raised for a request without a copy of the card, with which the prefecture compares its own record."""


def ask(
    card: dict[str, str], postcode: str, who: Employer, copy: StoredAttachments, now: datetime
) -> HiringCheck:
    """Store a request to the prefecture of the employer's seat; a double submission returns the first one.

    `postcode` is that of the establishment's seat, or of the home of an individual (code du travail R.5221-41).

    Raises NoCopy, throttles.TooSoon, NoServiceInCharge.
    """
    if not copy.files:
        raise NoCopy
    service = service_at(postcode)
    due_on = answer_due(paris_day(now), service.department)
    with copy.dropped_on_error(), database.atomic():
        number = next_number(now)  # its row lock lets two submissions through one by one
        again = store.just_asked_of(service.id, who.email, now - AGAIN)
        if same := next((row for row in again if row.card == card and is_same(row, who)), None):
            copy.drop()
            return same
        throttles.attempt(HIRING, who.email, who.origin, now)
        conversation = _begin(number, service, who, copy, now)
        check = HiringCheck.create(
            number=number,
            code=new_reading_code(),
            account=_holder(card),
            conversation=conversation,
            card=card,
            asked_at=now,
            due_on=due_on,
            **who.columns,
        )
        facts = {"number": number, "due_on": due_on.isoformat()}
        emails.write("accounts/hiring_asked", who.email, who.language, facts, now)
    return check


def _begin(
    number: str, service: Service, who: Employer, copy: StoredAttachments, now: datetime
) -> Conversation:
    """Open the conversation of a request, whose first message has the copy of the card."""
    begun = Conversation.create(
        number=number,
        service=service,
        email=who.email,
        language=who.language,
        topic=TOPIC,
        opened_at=now,
        waits_since=now,
    )
    copy.join(Message.create(conversation=begun, text=who.company, at=now), None, now)
    return begun


def _holder(card: dict[str, str]) -> Account | None:
    """Return the account of a card's number and birth date, to tell its person alone."""
    found = accounts.by_number(card["foreign_number"])
    if found is None:
        return None
    date = born(found.identity)
    written = f"{date.day or 0:02d}{date.month or 0:02d}{date.year}"
    return found if normal_number(card["born"]) == written else None


def answer(check: HiringCheck, agent: Agent, answers: dict[str, Any], last: int, now: datetime) -> None:
    """Send what the prefecture found; a further answer corrects the one before.

    `last` is the id of the last message that the agent saw. Raises StaleConversation if a colleague answered since.
    """
    outcome, words = Outcome(answers["outcome"]), answers.get("text", "")
    with database.atomic():
        if conversations.locked_last(int(check.conversation_id or 0)) != last:
            raise StaleConversation
        before = HiringCheck.get_by_id(check.id)
        Message.create(conversation=check.conversation_id, agent=agent, text=words, at=now)
        Conversation.update(waits_since=None).where(Conversation.id == check.conversation_id).execute()
        done = {"outcome": str(outcome), "answered_at": now}
        HiringCheck.update(done).where(HiringCheck.id == check.id).execute()
        facts = {
            "number": check.number,
            "outcome": str(outcome),
            "text": words,
            "service": check.conversation.service.name if check.conversation else "",
            "corrects": int(before.answered_at is not None),
        }
        emails.write("accounts/hiring_answer", check.email, check.language, facts, now)


def lapse_due(now: datetime) -> int:
    """Tell each employer whose request had no answer in time that the law holds the obligation to be fulfilled."""
    return for_each_isolated("hiring", store.overdue(paris_day(now)), lambda check: _lapse(check, now))


def _lapse(check: HiringCheck, now: datetime) -> bool:
    if check.due_on is None:
        return False
    with database.atomic():
        conversations.locked_last(int(check.conversation_id or 0))  # so that no answer comes in between
        waits = HiringCheck.answered_at.is_null() & HiringCheck.lapsed_at.is_null()
        if not HiringCheck.update(lapsed_at=now).where((HiringCheck.id == check.id) & waits).execute():
            return False
        facts = {"number": check.number, "due_on": check.due_on.isoformat(), "deemed": DEEMED}
        emails.write("accounts/hiring_lapsed", check.email, check.language, facts, now)
    return True
