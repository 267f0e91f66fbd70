"""Questions put to a service and its answers, each with its files; nothing is written before it is sent."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from app.domain.dossiers.states import Role
from app.domain.public_forms.asking import FROM_SERVICE
from app.domain.rules.uploads import Refusal, Refused
from app.domain.texts.notices import NoticeKind
from app.gateways.antivirus import Scanner, Verdict
from app.intake import Accepted, examine
from app.reference.communes import communes_of
from app.services.access import throttles
from app.services.applications.competence import service_for
from app.services.applications.documents import Sent
from app.services.messages import emails, notices
from app.storage import outbox
from app.storage.applications import conversations as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.files import FileStore, new_key
from app.storage.models import Account, Agent, Attachment, Conversation, Dossier, Message, Service
from app.storage.people import recoveries

MAX_FILES = 3
MOST_A_DAY = 20  # messages of one account: beyond, somebody plays with the button
_SENT = "message_sent"  # what the history says of the person's messages
FREE_A_SOURCE = 60  # questions without account from one network address: whole hostels share one
AGAIN = timedelta(minutes=10)  # the same words sent again within that time were sent by a second click
_KEPT = timedelta(days=365)  # questions of people without account


class TooManyMessages(Exception):
    """This account has sent enough for today."""


class SaidMeanwhile(Exception):
    """Something was said in the conversation since the page was opened."""


@dataclass(frozen=True)
class Asker:
    """Who asks: an account, or an address; and where they live, for who has filed nothing yet."""

    email: str
    language: str
    account: Account | None = None
    postcode: str = ""
    source: str = ""  # the network address, for the delays


@dataclass(frozen=True)
class Asked:
    """What is asked. `blocked` is what a certificate will say."""

    topic: str
    text: str
    page: str = ""
    dossier: Dossier | None = None
    blocked: dict[str, Any] | None = None


@dataclass(frozen=True)
class StoredAttachments:
    """Files examined and stored, not yet part of a message; and why one was not, the first of them."""

    files: tuple[Attachment, ...] = ()
    refused: Refused | None = None
    store: FileStore | None = None

    def drop(self) -> None:
        """Forget files that no message names."""
        for one in self.files:
            cast(FileStore, self.store).delete(one.key)

    @contextmanager
    def unless_sent(self) -> Iterator[None]:
        """Forget them when what they were joined to is not sent."""
        try:
            yield
        except BaseException:
            self.drop()
            raise


def store_attachments(
    sent: Sequence[Sent], scanner: Scanner, files: FileStore, now: datetime
) -> StoredAttachments:
    """Examine, scan and store what is joined: the good files are kept whatever the others are."""
    good, refused = [], None
    for one in sent[:MAX_FILES]:
        outcome = _examined(one, scanner)
        if isinstance(outcome, Refused):
            refused = refused or outcome
            continue
        key = new_key(now, secrets.token_hex(16))
        files.put(key, outcome.content)
        columns = {"media_type": outcome.media_type, "size": len(outcome.content), "sha256": outcome.sha256}
        good.append(Attachment(name=one.name[-120:], key=key, **columns))
    if len(sent) > MAX_FILES:
        refused = refused or Refused(Refusal.TOO_MANY_JOINED, {"max": MAX_FILES})
    return StoredAttachments(tuple(good), refused, files)


def _examined(sent: Sent, scanner: Scanner) -> Accepted | Refused:
    outcome = examine(sent.content)
    if isinstance(outcome, Refused):
        return outcome
    verdict = scanner.scan(sent.content)
    if verdict is Verdict.INFECTED:
        return Refused(Refusal.INFECTED, {})
    return outcome if verdict is Verdict.CLEAN else Refused(Refusal.NOT_CHECKED, {})


def usual_service(account: Account | None) -> Service | None:
    """The service of a person's last application, None for who has filed none."""
    return recoveries.service_of(account.id) if account else None


def ask(asker: Asker, asked: Asked, kept: StoredAttachments, now: datetime) -> Conversation:
    """Put a question; the same one sent twice is put once. Raises throttles.TooSoon, TooManyMessages."""
    known = asked.dossier.service if asked.dossier else usual_service(asker.account)
    service = known or service_for(communes_of(asker.postcode)[0].code)
    with kept.unless_sent(), database.atomic():
        number = _number(now)
        mine = asker.account.id if asker.account else None
        about = asked.dossier.id if asked.dossier else None
        lately = store.just_asked(service.id, mine, asker.email, asked.topic, now - AGAIN)
        alike = (one for one in lately if one.dossier_id == about and _declares(one, asked.blocked))
        if same := _same(alike, None, asked.text, kept):
            kept.drop()
            return same
        _not_too_often(asker, now)
        waits = {"waits_since": now, "blocked": asked.blocked}
        conversation = _opened(number, asker, asked, service, now, **waits)
        _say(conversation, asked.text, kept, None, now, _SENT)
        facts = {"number": conversation.number}
        emails.write("accounts/question_received", asker.email, asker.language, facts, now)
        if asked.blocked is not None:
            outbox.post("print_certificate", {"conversation": conversation.id}, now)
    return conversation


def write(dossier: Dossier, agent: Agent, text: str, kept: StoredAttachments, now: datetime) -> Conversation:
    """An agent writes first, in a dossier of their service: nobody waits for an answer, the person can give one."""
    person = dossier.account
    asked, service = Asked(FROM_SERVICE, text, dossier=dossier), cast(Service, dossier.service)
    with kept.unless_sent(), database.atomic():
        number = _number(now)
        if same := _same(store.just_written(dossier.id, FROM_SERVICE, now - AGAIN), agent, text, kept):
            kept.drop()
            return same
        conversation = _opened(number, Asker(person.email, person.language, person), asked, service, now)
        _say(conversation, text, kept, agent, now, "message_written")
        notices.tell(dossier, NoticeKind.WRITTEN, now, number=conversation.number)
    return conversation


def _number(now: datetime) -> str:
    """The next number, taken first: nobody else asks anything until the transaction ends, so that two clicks meet."""
    return f"Q-{now.year}-{dossiers.next_number(f'questions-{now.year}'):06d}"


def _declares(conversation: Conversation, blocked: dict[str, Any] | None) -> bool:
    """Whether a question declares the same block, or none: a certificate says what was declared."""
    kept = conversation.blocked or {}
    return all(kept.get(key) == (blocked or {}).get(key) for key in ("tried", "since", "helpers", "page"))


def _same(
    among: Iterable[Conversation], agent: Agent | None, text: str, kept: StoredAttachments
) -> Conversation | None:
    """The conversation that these very words began."""
    return next((one for one in among if _says(store.messages(one.id)[0], agent, text, kept)), None)


def _just_said(
    conversation: Conversation, agent: Agent | None, text: str, kept: StoredAttachments, now: datetime
) -> bool:
    """Whether a conversation ends with these very words: a second click."""
    last = store.messages(conversation.id)[-1]
    return last.at >= now - AGAIN and _says(last, agent, text, kept)


def _says(message: Message, agent: Agent | None, text: str, kept: StoredAttachments) -> bool:
    """Whether the same author says the same in a message, with the same files."""
    files = [one.sha256 for one in message.files] == [one.sha256 for one in kept.files]
    return files and message.text == text and message.agent_id == (agent.id if agent else None)


def _opened(
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


def _not_too_often(asker: Asker, now: datetime) -> None:
    if asker.account is not None:
        if store.sent_since(asker.account.id, now - timedelta(days=1)) >= MOST_A_DAY:
            raise TooManyMessages
        return
    limits = {f"question:{asker.source}": FREE_A_SOURCE, f"question:{asker.email}": throttles.FREE}
    for key in limits:
        throttles.require_allowed(key, now)
    for key, free in limits.items():
        throttles.record_failure(key, now, free)


def add(conversation: Conversation, text: str, kept: StoredAttachments, now: datetime) -> None:
    """The person says more: they wait from then on, unless they waited already. Raises TooManyMessages."""
    with kept.unless_sent(), database.atomic():
        store.locked_last(conversation.id)
        if _just_said(conversation, None, text, kept, now):
            kept.drop()
            return
        if store.sent_since(conversation.account_id or 0, now - timedelta(days=1)) >= MOST_A_DAY:
            raise TooManyMessages
        _say(conversation, text, kept, None, now, _SENT)
        mine = Conversation.id == conversation.id
        Conversation.update(waits_since=now).where(mine & Conversation.waits_since.is_null()).execute()


def answer(
    conversation: Conversation, agent: Agent, text: str, kept: StoredAttachments, last: int, now: datetime
) -> None:
    """The service answers: in the space of who has an account, by mail to who has none.

    `last` is the last message that the agent saw. Raises SaidMeanwhile, so that no question is answered twice, nor
    before it was read whole.
    """
    with kept.unless_sent(), database.atomic():
        latest = store.locked_last(conversation.id)
        if _just_said(conversation, agent, text, kept, now):
            kept.drop()
            return
        if latest != last:
            raise SaidMeanwhile
        _say(conversation, text, kept, agent, now, "message_answered")
        Conversation.update(waits_since=None).where(Conversation.id == conversation.id).execute()
        if conversation.account is None:
            facts = {"number": conversation.number, "text": text, "service": conversation.service.name}
            emails.write("accounts/question_answered", conversation.email, conversation.language, facts, now)
        elif conversation.dossier is not None:
            notices.tell(conversation.dossier, NoticeKind.ANSWERED, now, number=conversation.number)
        else:
            notices.tell_person(conversation.account, NoticeKind.ANSWERED, now, number=conversation.number)


def _say(
    conversation: Conversation,
    text: str,
    kept: StoredAttachments,
    agent: Agent | None,
    now: datetime,
    action: str,
) -> None:
    message = Message.create(conversation=conversation, agent=agent, text=text, at=now)
    for file in kept.files:
        file.message = message
        file.save(force_insert=True)
    if conversation.dossier is not None:
        dossiers.append_event(
            conversation.dossier, action, Role.AGENT if agent else Role.APPLICANT, now, agent=agent
        )


def forget_old(files: FileStore, now: datetime) -> int:
    """Delete the questions of people without account a year after they were asked, files first; how many."""
    old = store.forgotten(now - _KEPT)
    for conversation in old:
        for key in [*store.keys(conversation.id), *filter(None, [conversation.file_key])]:
            files.delete(key)
        conversation.delete_instance(recursive=True)
    return len(old)
