"""Queries on questions and answers; the reader, a person or a service, is part of each."""

from collections.abc import Sequence
from datetime import datetime

from peewee import JOIN, fn

from app.storage import capped_count
from app.storage.capped_count import CappedCount
from app.storage.database import row_lock
from app.storage.models import Account, Agent, Attachment, Conversation, Dossier, Message, Service

MOST = 100


def of_account(account_id: int) -> Sequence[Conversation]:
    """A person's questions, the latest first."""
    return list(
        Conversation.select(Conversation, Dossier.id, Dossier.reference)
        .join(Dossier, JOIN.LEFT_OUTER)
        .where(Conversation.account == account_id)
        .order_by(Conversation.id.desc())
        .limit(MOST)
    )


def owned(account_id: int, number: str) -> Conversation:
    """A question of this person; Conversation.DoesNotExist for anybody else's."""
    return _whole((Conversation.account == account_id) & (Conversation.number == number[:16]))


def in_service(service_id: int, number: str) -> Conversation:
    """A question put to this service; Conversation.DoesNotExist for another service's."""
    return _whole((Conversation.service == service_id) & (Conversation.number == number[:16]))


def without_account(number: str) -> Conversation | None:
    """A question of somebody who has no account, by the number that their browser holds."""
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
    """What waits for an answer of a service, the longest first."""
    waits = (Conversation.service == service_id) & Conversation.waits_since.is_null(False)
    return _listed(waits, Conversation.waits_since)


def answered(service_id: int) -> Sequence[Conversation]:
    """What a service answered last."""
    done = (Conversation.service == service_id) & Conversation.waits_since.is_null()
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
    """How many people wait for an answer of a service, as far as bounded.MOST."""
    waits = (Conversation.service == service_id) & Conversation.waits_since.is_null(False)
    return capped_count.capped_count(Conversation.select().where(waits))


def of_dossier(dossier_id: int) -> Sequence[Conversation]:
    """The questions about a dossier, the latest first."""
    return list(
        Conversation.select()
        .where(Conversation.dossier == dossier_id)
        .order_by(Conversation.id.desc())
        .limit(MOST)
    )


def messages(conversation_id: int) -> Sequence[Message]:
    """What was said, in order, each with its author and its files."""
    said = list(
        Message.select(Message, Agent)
        .join(Agent, JOIN.LEFT_OUTER)
        .where(Message.conversation == conversation_id)
        .order_by(Message.id)
    )
    files = (
        Attachment.select().where(Attachment.message.in_([one.id for one in said])).order_by(Attachment.id)
    )
    by_message: dict[int, list[Attachment]] = {}
    for file in files:
        by_message.setdefault(file.message_id, []).append(file)
    for one in said:
        one.files = by_message.get(one.id, [])
    return said


def locked_last(conversation_id: int) -> int:
    """The number of the last message, nobody adding one until the transaction ends."""
    row_lock(Conversation.select(Conversation.id).where(Conversation.id == conversation_id)).get()
    last = Message.select(fn.MAX(Message.id)).where(Message.conversation == conversation_id)
    return int(last.scalar() or 0)


def just_asked(
    service_id: int, account_id: int | None, email: str, topic: str, since: datetime
) -> Sequence[Conversation]:
    """Questions of an account, or of a mailbox without one, that wait for a service since an instant at most."""
    whose = Conversation.account.is_null() if account_id is None else Conversation.account == account_id
    waits = (Conversation.service == service_id) & (Conversation.waits_since >= since) & whose
    return list(
        Conversation.select().where(waits & (Conversation.email == email) & (Conversation.topic == topic))
    )


def just_written(dossier_id: int, topic: str, since: datetime) -> Sequence[Conversation]:
    """Conversations of a dossier opened since an instant."""
    opened = (Conversation.dossier == dossier_id) & (Conversation.opened_at >= since)
    return list(Conversation.select().where(opened & (Conversation.topic == topic)))


def attachment(conversation_id: int, number: int) -> Attachment:
    """A file of a question that its reader has found already; Attachment.DoesNotExist for another question's."""
    return (
        Attachment.select()
        .join(Message)
        .where((Attachment.id == number) & (Message.conversation == conversation_id))
        .get()
    )


def sent_since(account_id: int, since: datetime) -> int:
    """How many messages a person has sent since an instant."""
    return int(
        Message.select()
        .join(Conversation)
        .where((Conversation.account == account_id) & Message.agent.is_null() & (Message.at >= since))
        .count()
    )


def forgotten(before: datetime) -> Sequence[Conversation]:
    """Questions of people without account, asked before an instant."""
    old = Conversation.account.is_null() & (Conversation.opened_at < before)
    return list(Conversation.select().where(old).limit(MOST))


def keys(conversation_id: int) -> Sequence[str]:
    """The keys of every file of a question."""
    files = Attachment.select(Attachment.key).join(Message).where(Message.conversation == conversation_id)
    return [one.key for one in files]
