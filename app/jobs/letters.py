"""Letters: rendered in the reader's language when they leave, with a link, never with a document."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from app.domain.calendar import paris_day
from app.gateways.mail import Mail
from app.gateways.sms import Sms
from app.jobs.work import Work
from app.services.filings import filing
from app.storage import housekeeping
from app.storage.models import Dossier, Notice
from app.web import formats
from app.web.rendering import render

# How the stored facts of a notice are written in a letter.
_DAYS = frozenset({"due_on", "valid_from", "valid_until"})


@dataclass(frozen=True)
class Letter:
    """Who is written to, in which language, with which template; `message_id` is the same at each try."""

    to: str
    language: str
    template: str
    message_id: str


class NoSuchNotice(Exception):
    """The row names a message that does not exist, or one that is about no dossier."""


def send_mail_notice(work: Work) -> None:
    """The e-mail of one message of a person's space."""
    notice = _notice(work)
    person = notice.account
    letter = Letter(person.email, person.language, f"mail/{notice.kind}.txt", f"notice-{notice.id}")
    _send(work, letter, _facts(work, notice))


def send_sms_notice(work: Work) -> None:
    """The SMS of one message, to the telephone last declared; nobody is reached without one."""
    notice = _notice(work)
    number = filing(_dossier(notice)).sealed.get("phone") or notice.account.phone
    if not number:
        return
    text = _text(work, notice.account.language, f"sms/{notice.kind}.txt", _facts(work, notice))
    work.gateways.sms.send(Sms(number, " ".join(text.split()), f"notice-{notice.id}"))


def send_mail(work: Work) -> None:
    """Any other letter: the payload holds template, to, language and facts."""
    given = work.payload
    # Numbers of rows come back once old rows are gone: the letter itself is part of its name.
    digest = hashlib.sha256(json.dumps([work.id, given], sort_keys=True).encode()).hexdigest()
    letter = Letter(given["to"], given["language"], given["template"], f"mail-{digest[:24]}")
    _send(work, letter, {**_place(work), **given["facts"]})


def _send(work: Work, letter: Letter, facts: dict[str, Any]) -> None:
    subject, _, body = _text(work, letter.language, letter.template, facts).partition("\n")
    mail = Mail(letter.to, subject.strip(), body.strip() + "\n", letter.language, letter.message_id)
    work.gateways.mail.send(mail)


def _text(work: Work, language: str, template: str, facts: dict[str, Any]) -> str:
    with work.app.app_context():
        text = render(language, template, **facts)
    # Sentences escape the values they hold, as pages need; a letter is plain text.
    return unescape(text).strip()


def _notice(work: Work) -> Notice:
    found = housekeeping.notice(int(work.payload["notice"]))
    if found is None:
        raise NoSuchNotice
    return found


def _dossier(notice: Notice) -> Dossier:
    if notice.dossier is None:
        raise NoSuchNotice
    return notice.dossier


def _place(work: Work) -> dict[str, Any]:
    settings = work.settings
    return {"operator": settings.operator, "phone": settings.contact_phone, "origin": settings.origin}


def _facts(work: Work, notice: Notice) -> dict[str, Any]:
    language = notice.account.language
    link = f"{work.settings.origin.rstrip('/')}/{language}/suivi/"
    facts = {**_place(work), "link": link, "told_on": formats.day(paris_day(notice.at), language)}
    return facts | _of_dossier(notice, language) | _spoken(notice.facts, language)


def _of_dossier(notice: Notice, language: str) -> dict[str, Any]:
    filed = filing(_dossier(notice))
    permit_until = date.fromisoformat(_dossier(notice).identity["valid_until"])
    return {
        "reference": filed.reference,
        "filed_on": formats.day(filed.filed_on, language),
        "legal_answer_on": formats.day(filed.legal_answer_on, language),
        "permit_until": formats.day(permit_until, language),
        "permit_running": permit_until >= paris_day(notice.at),
    }


def _spoken(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Days and amounts in words, the rest as it is."""
    words = dict(facts)
    for name, value in facts.items():
        if name in _DAYS:
            words[name] = formats.day(date.fromisoformat(value), language)
        elif name == "amount":
            words[name] = formats.euros(value, language)
    return words
