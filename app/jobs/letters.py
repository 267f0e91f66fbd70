"""Handlers that send e-mails and SMS, rendered in the recipient's language, with links but without attachments."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.texts.notices import NoticeKind
from app.gateways.mail import Mail
from app.gateways.sms import Sms
from app.jobs.work import Work
from app.languages import language_of
from app.presenters import message_text
from app.services.applications import foreign_numbers
from app.storage import retention
from app.storage.models import Notice
from app.web.localisation import formats


@dataclass(frozen=True)
class Letter:
    """The recipient, language and template of an e-mail; `message_id` is the same at each try."""

    to: str
    language: str
    template: str
    message_id: str


class NoSuchNotice(Exception):
    """Raised when the row refers to a message that does not exist."""


def send_mail_notice(work: Work) -> None:
    """Send the e-mail of a message of the applicant's space."""
    notice = _notice(work)
    person = notice.account
    if person.closed_at is not None:  # nobody reads at an address that was given up
        return
    if _is_late(notice, work):
        return
    letter = Letter(person.email, person.language, f"mail/notices/{notice.kind}.txt", f"notice-{notice.id}")
    with work.app.app_context():
        facts = message_text.facts(notice, person.language, work.settings)
    _send(work, letter, facts)


def send_sms_notice(work: Work) -> None:
    """Send the SMS of a message to the telephone last declared; do nothing without one."""
    notice = _notice(work)
    number = notice.account.phone
    if not number or _is_late(notice, work):
        return
    language = notice.account.language
    with work.app.app_context():
        text = message_text.text(
            language, f"sms/{notice.kind}.txt", message_text.facts(notice, language, work.settings)
        )
    work.gateways.sms.send(Sms(number, " ".join(text.split()), f"notice-{notice.id}"))


def _is_late(notice: Notice, work: Work) -> bool:
    """Return whether a notice reminds of an appointment whose hour has passed."""
    if notice.kind not in (NoticeKind.APPOINTMENT_COMING, NoticeKind.APPOINTMENT_NEAR):
        return False
    return datetime.fromisoformat(notice.facts["meets_at"]) <= work.now


def send_mail(work: Work) -> None:
    """Send any other e-mail; the payload has template, to (empty: see `emails.write`), language and facts."""
    payload = work.payload
    if not payload["to"]:
        return
    # The payload is part of the id: ids of rows are reused once old rows are deleted.
    digest = hashlib.sha256(json.dumps([work.id, payload], sort_keys=True).encode()).hexdigest()
    letter = Letter(payload["to"], payload["language"], payload["template"], f"mail-{digest[:24]}")
    _send(
        work,
        letter,
        {
            **message_text.sender_facts(work.settings),
            **message_text.format_facts(payload["facts"], payload["language"]),
        },
    )


def send_number(work: Work) -> None:
    """Send a new foreign-national number and a provisional password, generated here so that it is not stored."""
    credentials = foreign_numbers.provisional_credentials(int(work.payload["account"]), work.now)
    person = credentials.account
    letter = Letter(
        person.email, person.language, "mail/accounts/number.txt", f"number-{secrets.token_hex(12)}"
    )
    facts = {
        "number": formats.grouped(str(person.foreign_number), person.language),
        "password": credentials.password,
        "until": formats.moment(credentials.until, person.language),
    }
    _send(work, letter, {**message_text.sender_facts(work.settings), **facts})


def _send(work: Work, letter: Letter, facts: dict[str, Any]) -> None:
    with work.app.app_context():
        subject, _, body = message_text.text(letter.language, letter.template, facts).partition("\n")
    tag = language_of(letter.language).tag
    mail = Mail(letter.to, subject.strip(), body.strip() + "\n", tag, letter.message_id, work.now)
    work.gateways.mail.send(mail)


def _notice(work: Work) -> Notice:
    found = retention.notice(int(work.payload["notice"]))
    if found is None:
        raise NoSuchNotice
    return found
