"""The words of a message, the same in a letter and in the person's space."""

from datetime import date
from typing import Any

from app.domain.journeys.questions import Case
from app.domain.procedures import journey
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import STAMP_REFUND_MONTHS, STAMP_VALID_MONTHS
from app.domain.rules.rights import AttestationKind
from app.services.filed import filing
from app.settings import Settings
from app.storage.models import Notice
from app.web import formats
from app.web.rendering import render

# How the stored facts of a notice are written in a letter.
_DAYS = frozenset({"due_on", "valid_from", "valid_until", "permit_until", "opens", "closes", "ends"})


def title_and_sentences(notice: Notice, language: str, settings: Settings) -> tuple[str, list[str]]:
    """The title of a message and its sentences, without the letter's greeting and foot."""
    given = {**facts(notice, language, settings), "letter": False}
    title, _greeting, *sentences = filter(
        None, text(language, f"mail/notices/{notice.kind}.txt", given).splitlines()
    )
    return title, [one for one in sentences if one.strip()]


def text(language: str, template: str, given: dict[str, Any]) -> str:
    """A template of a letter as plain text."""
    return render(language, template, **{"letter": True, **given}).strip()


def place(settings: Settings) -> dict[str, Any]:
    """Who writes, and how to answer."""
    return {
        "operator": settings.operator,
        "phone": settings.contact_phone,
        "origin": settings.origin.rstrip("/"),
    }


def facts(notice: Notice, language: str, settings: Settings) -> dict[str, Any]:
    """What a notice's templates are filled with."""
    link = f"{settings.origin.rstrip('/')}/{language}/suivi/"
    given = {
        **place(settings),
        "link": link,
        "told_on": formats.day(paris_day(notice.at), language),
        "stamp_valid_months": STAMP_VALID_MONTHS,
        "stamp_refund_months": STAMP_REFUND_MONTHS,
    }
    return given | _of_dossier(notice, language) | format_facts(notice.facts, language)


def _of_dossier(notice: Notice, language: str) -> dict[str, Any]:
    if notice.dossier is None:
        return {}
    filed = filing(notice.dossier)
    of = journey(notice.dossier.journey, notice.dossier.journey_version)
    case = Case(filed.sealed, today=filed.filed_on, identity=notice.dossier.identity)
    permit_until = date.fromisoformat(notice.dossier.identity["valid_until"])
    return {
        "granted": of.granted(case),
        "effects": of.effects,
        "deposit": of.on_filing is AttestationKind.DEPOSIT,
        "reference": filed.reference,
        "filed_on": formats.day(filed.filed_on, language),
        "legal_answer_on": filed.legal_answer_on and formats.day(filed.legal_answer_on, language),
        "permit_until": formats.day(permit_until, language),
        "permit_running": permit_until >= paris_day(notice.at),
    }


def format_facts(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Stored facts as a letter says them: days and amounts in words, the rest as it is."""
    words = dict(facts)
    for name, value in facts.items():
        if name in _DAYS:
            words[name] = formats.day(date.fromisoformat(value), language)
        elif name == "amount":
            words[name] = formats.euros(value, language)
    return words
