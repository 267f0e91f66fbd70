"""Conversations between people and a service: questions, answers and their attachments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from app.domain.dossiers.states import Role
from app.domain.public_forms.asking import FROM_SERVICE
from app.domain.texts.notices import NoticeKind
from app.services.access import throttles
from app.services.access.limits import QUESTION
from app.services.access.origins import NOWHERE, Origin
from app.services.applications.competence import service_at
from app.services.conversations.attachments import StoredAttachments
from app.services.messages import emails, notices
from app.storage import outbox
from app.storage.applications import conversations as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account, Agent, Conversation, Dossier, Message, Service
from app.storage.people import accounts, recoveries

MOST_A_DAY = 20  # messages of one account
_SENT = "message_sent"  # event of an applicant's message in the history of their dossier
AGAIN = timedelta(minutes=10)  # the same message sent again within that time is taken for a double submission


class TooManyMessages(Exception):
    """Raised when an account has sent MOST_A_DAY messages within 24 hours."""


class StaleConversation(Exception):
    """Raised when a message was added to the conversation since the page was shown."""


@dataclass(frozen=True)
class Asker:
    """The author of a question: an account, or an address; the postcode gives the service if none was filed with."""

    email: str
    language: str
    account: Account | None = None
    postcode: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True)
class Asked:
    """A question to send. `blocked` has the facts of the certificate to print, if one is requested."""

    topic: str
    text: str
    page: str = ""
    dossier: Dossier | None = None
    blocked: dict[str, Any] | None = None


def usual_service(account: Account | None) -> Service | None:
    """Return the service of a person's last filed application, None without one."""
    return recoveries.service_of(account.id) if account else None


def ask(asker: Asker, asked: Asked, attached: StoredAttachments, now: datetime) -> Conversation:
    """Store a question and return its conversation; a double submission returns the first one.

    Raises throttles.TooSoon, TooManyMessages.
    """
    known = asked.dossier.service if asked.dossier else usual_service(asker.account)
    service = known or service_at(asker.postcode)
    with attached.dropped_on_error(), database.atomic():
        number = _next_number(now)
        account_id = asker.account.id if asker.account else None
        dossier_id = asked.dossier.id if asked.dossier else None
        recent = store.just_asked(service.id, account_id, asker.email, asked.topic, now - AGAIN)
        alike = (row for row in recent if row.dossier_id == dossier_id and _declares_same(row, asked.blocked))
        if same := _begun_by(alike, None, asked.text, attached):
            attached.drop()
            return same
        _require_below_limits(asker, asked.dossier, now)
        waits = {"waits_since": now, "blocked": asked.blocked}
        conversation = _create(number, asker, asked, service, now, **waits)
        _add_message(conversation, asked.text, attached, None, now, _SENT)
        facts = {"number": conversation.number}
        emails.write("accounts/question_received", asker.email, asker.language, facts, now)
        if asked.blocked is not None:
            outbox.post(
                "print_certificate", {"conversation": conversation.id}, now, dossier=conversation.dossier_id
            )
    return conversation


def write(
    dossier: Dossier, agent: Agent, text: str, attached: StoredAttachments, now: datetime
) -> Conversation:
    """Open a conversation from an agent about a dossier of their service; no answer is due, the applicant may give one.

    A double submission returns the first conversation.
    """
    person = dossier.account
    asked, service = Asked(FROM_SERVICE, text, dossier=dossier), cast(Service, dossier.service)
    with attached.dropped_on_error(), database.atomic():
        number = _next_number(now)
        if same := _begun_by(
            store.just_written(dossier.id, FROM_SERVICE, now - AGAIN), agent, text, attached
        ):
            attached.drop()
            return same
        conversation = _create(number, Asker(person.email, person.language, person), asked, service, now)
        _add_message(conversation, text, attached, agent, now, "message_written")
        notices.notify(dossier, NoticeKind.WRITTEN, now, number=conversation.number)
    return conversation


def _next_number(now: datetime) -> str:
    """Increment the year's counter; call it first: its row lock serialises double submissions until the commit."""
    return f"Q-{now.year}-{dossiers.next_number(f'questions-{now.year}'):06d}"


def _declares_same(conversation: Conversation, blocked: dict[str, Any] | None) -> bool:
    """Return whether a question makes the same declaration of being blocked, or none, as another."""
    declared = conversation.blocked or {}
    return all(declared.get(key) == (blocked or {}).get(key) for key in ("tried", "since", "helpers", "page"))


def _begun_by(
    candidates: Iterable[Conversation], agent: Agent | None, text: str, attached: StoredAttachments
) -> Conversation | None:
    """Return the conversation whose first message is this one, or None."""
    return next(
        (row for row in candidates if _is_same(store.messages(row.id)[0], agent, text, attached)), None
    )


def _ends_with(
    conversation: Conversation, agent: Agent | None, text: str, attached: StoredAttachments, now: datetime
) -> bool:
    """Return whether the last message of a conversation is this one, from a double submission."""
    last = store.messages(conversation.id)[-1]
    return last.at >= now - AGAIN and _is_same(last, agent, text, attached)


def _is_same(message: Message, agent: Agent | None, text: str, attached: StoredAttachments) -> bool:
    """Return whether a message has this author, text and files."""
    files = [file.sha256 for file in message.files] == [file.sha256 for file in attached.files]
    return files and message.text == text and message.agent_id == (agent.id if agent else None)


def _create(
    number: str, asker: Asker, asked: Asked, service: Service, now: datetime, **columns: Any
) -> Conversation:
    return Conversation.create(
        number=number,
        account=asker.account,
        dossier=asked.dossier,
        service=service,
        email=asker.email,
        language=asker.language,
        topic=asked.topic,
        page=asked.page,
        opened_at=now,
        **columns,
    )


def _require_below_limits(asker: Asker, dossier: Dossier | None, now: datetime) -> None:
    """Raise TooManyMessages or TooSoon if the author has asked too often; otherwise count the question."""
    if asker.account is not None:
        _require_below_daily_limit(asker.account.id, dossier, now)
        return
    throttles.attempt(QUESTION, asker.email, asker.origin, now)


def _require_below_daily_limit(account_id: int, dossier: Dossier | None, now: datetime) -> None:
    """Raise TooManyMessages after MOST_A_DAY; the account is locked, so that two conversations share the limit."""
    if dossier is not None:  # whoever locks both begins with the dossier
        dossiers.locked(dossier.id)
    accounts.locked(account_id)
    if store.sent_since(account_id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise TooManyMessages


def add(conversation: Conversation, text: str, attached: StoredAttachments, now: datetime) -> None:
    """Add a message of the applicant; the wait begins now, unless it had begun. Raises TooManyMessages."""
    with attached.dropped_on_error(), database.atomic():
        store.locked_last(conversation.id)
        if _ends_with(conversation, None, text, attached, now):
            attached.drop()
            return
        if conversation.account_id:
            _require_below_daily_limit(conversation.account_id, conversation.dossier, now)
        _add_message(conversation, text, attached, None, now, _SENT)
        same = Conversation.id == conversation.id
        Conversation.update(waits_since=now).where(same & Conversation.waits_since.is_null()).execute()


def answer(
    conversation: Conversation, agent: Agent, text: str, attached: StoredAttachments, last: int, now: datetime
) -> None:
    """Add an answer of the service and end the wait; a question without account is answered by mail.

    `last` is the id of the last message that the agent saw. Raises StaleConversation if there is a newer one: it may be
    a colleague's answer, or a message that this answer does not take into account.
    """
    with attached.dropped_on_error(), database.atomic():
        latest = store.locked_last(conversation.id)
        if _ends_with(conversation, agent, text, attached, now):
            attached.drop()
            return
        if latest != last:
            raise StaleConversation
        _add_message(conversation, text, attached, agent, now, "message_answered")
        Conversation.update(waits_since=None).where(Conversation.id == conversation.id).execute()
        if conversation.account is None:
            facts = {"number": conversation.number, "text": text, "service": conversation.service.name}
            emails.write("accounts/question_answered", conversation.email, conversation.language, facts, now)
        elif conversation.dossier is not None:
            notices.notify(conversation.dossier, NoticeKind.ANSWERED, now, number=conversation.number)
        else:
            notices.notify_account(conversation.account, NoticeKind.ANSWERED, now, number=conversation.number)


def _add_message(
    conversation: Conversation,
    text: str,
    attached: StoredAttachments,
    agent: Agent | None,
    now: datetime,
    action: str,
) -> None:
    message = Message.create(conversation=conversation, agent=agent, text=text, at=now)
    attached.join(message, conversation.dossier_id, now)
    if conversation.dossier is not None:
        dossiers.append_event(
            conversation.dossier, action, Role.AGENT if agent else Role.APPLICANT, now, agent=agent
        )
