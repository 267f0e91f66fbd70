"""Queries on conversations; the account or the service of the reader is part of each query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import JOIN, fn

from app.domain.public_forms.asking import HIRING
from app.domain.rules.uploads import Scan
from app.storage import capped_count
from app.storage.capped_count import CappedCount
from app.storage.compiled_queries import compiled
from app.storage.database import row_lock
from app.storage.models import Account, Agent, Attachment, Conversation, Dossier, Message, Service

MOST = 100


def of_account(account_id: int) -> Sequence[Conversation]:
    """Return an applicant's conversations, newest first, MOST at most."""
    return list(_of_account(account_id).limit(MOST))


def every(account_id: int) -> Sequence[Conversation]:
    """Return all of an applicant's conversations, newest first."""
    return list(_of_account(account_id))


def _of_account(account_id: int) -> Any:
    return (
        Conversation.select(Conversation, Dossier.id, Dossier.reference)
        .join(Dossier, JOIN.LEFT_OUTER)
        .where(Conversation.account == account_id)
        .order_by(Conversation.id.desc())
    )


def owned(account_id: int, number: str) -> Conversation:
    """Return an applicant's conversation by its number; Conversation.DoesNotExist if it is not theirs."""
    return _whole((Conversation.account == account_id) & (Conversation.number == number[:16]))


def in_service(service_id: int, number: str) -> Conversation:
    """Return a conversation of a service by its number; Conversation.DoesNotExist if it is another service's."""
    return _whole((Conversation.service == service_id) & (Conversation.number == number[:16]))


def without_account(number: str) -> Conversation | None:
    """Return a conversation that belongs to no account, by the number kept in the browser's session."""
    found: Conversation | None = Conversation.get_or_none(
        (Conversation.number == number[:16]) & Conversation.account.is_null()
    )
    return found


def _whole(condition: object) -> Conversation:
    return (
        Conversation.select(Conversation, Service, Account, Dossier)
        .join(Service)
        .switch(Conversation)
        .join(Account, JOIN.LEFT_OUTER)
        .switch(Conversation)
        .join(Dossier, JOIN.LEFT_OUTER)
        .where(condition)
        .get()
    )


def waiting(service_id: int) -> Sequence[Conversation]:
    """Return the conversations that wait for an answer of a service, longest wait first."""
    return _listed(_unanswered(service_id), Conversation.waits_since)


def _unanswered(service_id: int) -> Any:
    """Return the condition of waiting questions; checks that employers ask for have a list of their own."""
    own = (Conversation.service == service_id) & (Conversation.topic != HIRING)
    return own & Conversation.waits_since.is_null(False)


def answered(service_id: int) -> Sequence[Conversation]:
    """Return the conversations of a service that have been answered, the 20 newest first."""
    own = (Conversation.service == service_id) & (Conversation.topic != HIRING)
    done = own & Conversation.waits_since.is_null()
    return _listed(done, Conversation.id.desc(), 20)


def _listed(condition: object, order: object, most: int = MOST) -> Sequence[Conversation]:
    return list(
        Conversation.select(Conversation, Account, Dossier.id, Dossier.reference)
        .join(Account, JOIN.LEFT_OUTER)
        .switch(Conversation)
        .join(Dossier, JOIN.LEFT_OUTER)
        .where(condition)
        .order_by(order)
        .limit(most)
    )


def how_many(service_id: int) -> CappedCount:
    """Count the conversations that wait for an answer of a service, up to capped_count.MOST."""
    return capped_count.capped_count(Conversation.select().where(_unanswered(service_id)))


@compiled(Conversation)
def _of_dossier(dossier_id: Any) -> Any:
    return (
        Conversation.select()
        .where(Conversation.dossier == dossier_id)
        .order_by(Conversation.id.desc())
        .limit(MOST)
    )


def of_dossier(dossier_id: int) -> Sequence[Conversation]:
    """Return the conversations about a dossier, newest first."""
    return _of_dossier.all(dossier_id)


def messages(conversation_id: int) -> Sequence[Message]:
    """Return the messages of a conversation in order, each with its author and its `files`."""
    messages = list(
        Message.select(Message, Agent)
        .join(Agent, JOIN.LEFT_OUTER)
        .where(Message.conversation == conversation_id)
        .order_by(Message.id)
    )
    files = (
        Attachment.select()
        .where(Attachment.message.in_([message.id for message in messages]))
        .order_by(Attachment.id)
    )
    by_message: dict[int, list[Attachment]] = {}
    for file in files:
        by_message.setdefault(file.message_id, []).append(file)
    for message in messages:
        message.files = by_message.get(message.id, [])
    return messages


def verifying(messages: Sequence[Message]) -> bool:
    """Return whether a file of these messages waits for the virus scanner."""
    return any(file.scan == Scan.WAITING for message in messages for file in message.files)


def locked_last(conversation_id: int) -> int:
    """Return the id of the last message and lock the conversation until the transaction ends."""
    row_lock(Conversation.select(Conversation.id).where(Conversation.id == conversation_id)).get()
    last = Message.select(fn.MAX(Message.id)).where(Message.conversation == conversation_id)
    return int(last.scalar() or 0)


def just_asked(
    service_id: int, account_id: int | None, email: str, topic: str, since: datetime
) -> Sequence[Conversation]:
    """Return waiting conversations of a service opened since an instant, with the same sender, address and topic.

    The sender is an account, or a visitor without one when `account_id` is None. Used to recognise double submissions.
    """
    sender = Conversation.account.is_null() if account_id is None else Conversation.account == account_id
    recent = (Conversation.service == service_id) & (Conversation.waits_since >= since) & sender
    return list(
        Conversation.select().where(recent & (Conversation.email == email) & (Conversation.topic == topic))
    )


def just_written(dossier_id: int, topic: str, since: datetime) -> Sequence[Conversation]:
    """Return the conversations of a dossier on a topic, opened since an instant."""
    opened = (Conversation.dossier == dossier_id) & (Conversation.opened_at >= since)
    return list(Conversation.select().where(opened & (Conversation.topic == topic)))


def attachment(conversation_id: int, number: int) -> Attachment:
    """Return a file of a conversation; Attachment.DoesNotExist if it belongs to another one.

    Call it for a conversation that its reader may open: ownership is not checked again.
    """
    return (
        Attachment.select()
        .join(Message)
        .where((Attachment.id == number) & (Message.conversation == conversation_id))
        .get()
    )


def sent_since(account_id: int, since: datetime) -> int:
    """Count the messages that an applicant has sent since an instant."""
    return int(
        Message.select()
        .join(Conversation)
        .where((Conversation.account == account_id) & Message.agent.is_null() & (Message.at >= since))
        .count()
    )
