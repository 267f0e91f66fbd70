"""Questions put to a service and its answers, each with its files; nothing is written before it is sent."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from app.domain.calendar import paris_day
from app.domain.procedures.asking import FROM_SERVICE
from app.domain.states import Role
from app.domain.uploads import Refusal
from app.gateways.antivirus import Scanner, Verdict
from app.intake import Accepted, Refused, examine
from app.reference.communes import communes_of
from app.services import letters, notices, throttles
from app.services.competence import service_for
from app.services.documents import Sent
from app.storage import conversations as store
from app.storage import dossiers, outbox, recoveries
from app.storage.database import database
from app.storage.files import FileStore, new_key
from app.storage.models import Account, Agent, Attachment, Conversation, Dossier, Message, Service

MAX_FILES = 3
MOST_A_DAY = 20  # messages of one account: beyond, somebody plays with the button
_SENT = "message_sent"  # what the history says of the person's messages
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
class Kept:
    """Files examined and stored, not yet part of a message; and why one was not, the first of them."""

    files: tuple[Attachment, ...] = ()
    refused: Refused | None = None


def keep(sent: Sequence[Sent], scanner: Scanner, files: FileStore, now: datetime) -> Kept:
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
    return Kept(tuple(good), refused)


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


def ask(asker: Asker, asked: Asked, kept: Kept, now: datetime) -> Conversation:
    """Put a question; the same one sent twice is put once. Raises throttles.TooSoon, TooManyMessages."""
    known = asked.dossier.service if asked.dossier else usual_service(asker.account)
    service = known or service_for(communes_of(asker.postcode)[0].code)
    with database.atomic():
        if asker.account is not None:
            store.alone(asker.account.id)
        lately = store.just_asked(service.id, asker.email, asked.topic, now - AGAIN)
        about = asked.dossier.id if asked.dossier else None
        if same := _same((one for one in lately if one.dossier_id == about), None, asked.text, kept):
            return same
        _not_too_often(asker, now)
        conversation = _opened(asker, asked, service, now, waits_since=now, blocked=asked.blocked)
        _say(conversation, asked.text, kept, None, now, _SENT)
        number = {"number": conversation.number}
        letters.write("question_received", asker.email, asker.language, number, now)
        if asked.blocked is not None:
            outbox.post("print_certificate", {"conversation": conversation.id}, now)
    return conversation


def write(dossier: Dossier, agent: Agent, text: str, kept: Kept, now: datetime) -> Conversation:
    """An agent writes first, in a dossier of their service: nobody waits for an answer, the person can give one."""
    person = dossier.account
    asked, service = Asked(FROM_SERVICE, text, dossier=dossier), cast(Service, dossier.service)
    with database.atomic():
        store.alone(person.id)
        if same := _same(store.just_written(dossier.id, FROM_SERVICE, now - AGAIN), agent, text, kept):
            return same
        conversation = _opened(Asker(person.email, person.language, person), asked, service, now)
        _say(conversation, text, kept, agent, now, "message_written")
        notices.tell(dossier, notices.NoticeKind.WRITTEN, now, number=conversation.number)
    return conversation


def _same(among: Iterable[Conversation], agent: Agent | None, text: str, kept: Kept) -> Conversation | None:
    """The conversation that these very words began."""
    return next((one for one in among if _says(store.messages(one.id)[0], agent, text, kept)), None)


def _says(message: Message, agent: Agent | None, text: str, kept: Kept) -> bool:
    """Whether the same author says the same in a message, with the same files."""
    files = [one.sha256 for one in message.files] == [one.sha256 for one in kept.files]
    return files and message.text == text and message.agent_id == (agent.id if agent else None)


def _opened(asker: Asker, asked: Asked, service: Service, now: datetime, **columns: Any) -> Conversation:
    return Conversation.create(
        number=f"Q-{now.year}-{dossiers.next_number(f'questions-{now.year}'):06d}",
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
    for key in (f"question:{asker.source}", f"question:{asker.email}"):
        throttles.wait_for(key, now)
        throttles.fail(key, now)


def add(conversation: Conversation, text: str, kept: Kept, now: datetime) -> None:
    """The person says more: they wait from then on, unless they waited already. Raises TooManyMessages."""
    with database.atomic():
        store.locked_last(conversation.id)
        last = store.messages(conversation.id)[-1]
        if last.at >= now - AGAIN and _says(last, None, text, kept):
            return
        if store.sent_since(conversation.account_id or 0, now - timedelta(days=1)) >= MOST_A_DAY:
            raise TooManyMessages
        _say(conversation, text, kept, None, now, _SENT)
        mine = Conversation.id == conversation.id
        Conversation.update(waits_since=now).where(mine & Conversation.waits_since.is_null()).execute()


def answer(conversation: Conversation, agent: Agent, text: str, kept: Kept, last: int, now: datetime) -> None:
    """The service answers: in the space of who has an account, by mail to who has none.

    `last` is the last message that the agent saw. Raises SaidMeanwhile, so that no question is answered twice, nor
    before it was read whole.
    """
    with database.atomic():
        if store.locked_last(conversation.id) != last:
            raise SaidMeanwhile
        _say(conversation, text, kept, agent, now, "message_answered")
        Conversation.update(waits_since=None).where(Conversation.id == conversation.id).execute()
        if conversation.account is None:
            facts = {"number": conversation.number, "text": text, "service": conversation.service.name}
            letters.write("question_answered", conversation.email, conversation.language, facts, now)
        elif conversation.dossier is not None:
            notices.tell(conversation.dossier, notices.NoticeKind.ANSWERED, now, number=conversation.number)
        else:
            notices.tell_person(
                conversation.account, notices.NoticeKind.ANSWERED, now, number=conversation.number
            )


def _say(
    conversation: Conversation, text: str, kept: Kept, agent: Agent | None, now: datetime, action: str
) -> None:
    message = Message.create(conversation=conversation, agent=agent, text=text, at=now)
    for file in kept.files:
        file.message = message
        file.save(force_insert=True)
    if conversation.dossier is not None:
        dossiers.tell(conversation.dossier, action, Role.AGENT if agent else Role.APPLICANT, now, agent=agent)


def forget_old(files: FileStore, now: datetime) -> int:
    """Delete the questions of people without account a year after they were asked, files first; how many."""
    old = store.forgotten(now - _KEPT)
    for conversation in old:
        for key in [*store.keys(conversation.id), *filter(None, [conversation.file_key])]:
            files.delete(key)
        conversation.delete_instance(recursive=True)
    return len(old)


def observed(account: Account | None, now: datetime) -> list[dict[str, str]]:
    """What the service itself saw of somebody who is blocked: their account and each application begun."""
    if account is None:
        return []
    seen = [{"what": "account", "at": account.created_at.isoformat()}]
    for dossier in dossiers.of_account(account.id):
        what, at = ("filed", dossier.filed_on) if dossier.filed_on else ("begun", dossier.saved_at)
        told = {"what": what, "journey": dossier.journey, "reference": dossier.reference or ""}
        seen.append({**told, "at": at.isoformat()})
    return seen


def facts_of_block(answers: dict[str, Any], asker: Asker, page: str, now: datetime) -> dict[str, Any]:
    """All that a certificate of being blocked says, sealed when it is asked."""
    account = asker.account
    return {
        "name": _name(account),
        "email": asker.email,
        "foreign_number": (account.foreign_number or "") if account else "",
        "tried": answers["tried"],
        "since": answers["since"],
        "text": answers["text"],
        "helpers": answers["helpers"],
        "page": page,
        "on": paris_day(now).isoformat(),
        "observed": observed(account, now),
    }


def _name(account: Account | None) -> str:
    return f"{account.identity['surname']} {account.identity['given_names']}" if account else ""
