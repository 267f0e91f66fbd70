"""Letters: rendered in the reader's language when they leave, with a link, never with a document."""

from datetime import date
from typing import Any

from app.domain.calendar import paris_day
from app.jobs.work import Work
from app.storage import housekeeping
from app.storage.models import Dossier, Notice
from app.web import formats
from app.web.rendering import render

# How the stored facts of a notice are written in a letter.
_DAYS = frozenset({"due_on", "valid_from", "valid_until"})


class NoSuchNotice(Exception):
    """The row names a message that does not exist."""


def send_mail_notice(work: Work) -> None:
    """The e-mail of one message of a person's space."""
    notice = _notice(work)
    person = notice.account
    _send(work, person.email, person.language, f"mail/{notice.kind}.txt", _facts(work, notice))


def send_sms_notice(work: Work) -> None:
    """The SMS of one message, to the telephone last declared; nobody is reached without one."""
    notice = _notice(work)
    number = (notice.dossier.sealed or {}).get("phone") or notice.account.phone
    if not number:
        return
    text = _text(work, notice.account.language, f"sms/{notice.kind}.txt", _facts(work, notice))
    work.gateways.sms.send(number, " ".join(text.split()))


def send_mail(work: Work) -> None:
    """Any other letter: the payload holds template, to, language and facts."""
    given = work.payload
    facts = {**_place(work), **given["facts"]}
    _send(work, given["to"], given["language"], given["template"], facts)


def _send(work: Work, to: str, language: str, template: str, facts: dict[str, Any]) -> None:
    subject, _, body = _text(work, language, template, facts).partition("\n")
    work.gateways.mail.send(to, subject.strip(), body.strip() + "\n")


def _text(work: Work, language: str, template: str, facts: dict[str, Any]) -> str:
    with work.app.app_context():
        text: str = render(language, template, **facts)
    return text.strip()


def _notice(work: Work) -> Notice:
    found = housekeeping.notice(int(work.payload["notice"]))
    if found is None:
        raise NoSuchNotice
    return found


def _place(work: Work) -> dict[str, Any]:
    settings = work.settings
    return {"operator": settings.operator, "phone": settings.contact_phone, "origin": settings.origin}


def _facts(work: Work, notice: Notice) -> dict[str, Any]:
    language = notice.account.language
    link = f"{work.settings.origin.rstrip('/')}/{language}/suivi/"
    facts = {**_place(work), "link": link, "told_on": formats.day(paris_day(notice.at), language)}
    return facts | _of_dossier(notice.dossier, notice, language) | _spoken(notice.facts, language)


def _of_dossier(dossier: Dossier, notice: Notice, language: str) -> dict[str, Any]:
    permit_until = date.fromisoformat(dossier.identity["valid_until"])
    return {
        "reference": dossier.reference,
        "service": dossier.service.name,
        "filed_on": formats.day(dossier.filed_on, language),
        "legal_answer_on": formats.day(dossier.legal_answer_on, language),
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
