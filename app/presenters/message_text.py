"""The text of messages, in letters and in the applicant's space."""

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

# Stored facts that are ISO dates.
_DAYS = frozenset({"due_on", "valid_from", "valid_until", "permit_until", "opens", "closes", "ends"})


def title_and_sentences(notice: Notice, language: str, settings: Settings) -> tuple[str, list[str]]:
    """Return the title and the sentences of a message, without the letter's greeting and footer."""
    values = {**facts(notice, language, settings), "letter": False}
    title, _greeting, *sentences = filter(
        None, text(language, f"mail/notices/{notice.kind}.txt", values).splitlines()
    )
    return title, [sentence for sentence in sentences if sentence.strip()]


def text(language: str, template: str, values: dict[str, Any]) -> str:
    """Return a letter's template as plain text."""
    return render(language, template, **{"letter": True, **values}).strip()


def sender_facts(settings: Settings) -> dict[str, Any]:
    """Return the facts of the sender: operator, telephone, origin of links."""
    return {
        "operator": settings.operator,
        "phone": settings.contact_phone,
        "origin": settings.origin.rstrip("/"),
    }


def facts(notice: Notice, language: str, settings: Settings) -> dict[str, Any]:
    """Return the facts that a message's templates need."""
    link = f"{settings.origin.rstrip('/')}/{language}/suivi/"
    common = {
        **sender_facts(settings),
        "link": link,
        "told_on": formats.day(paris_day(notice.at), language),
        "stamp_valid_months": STAMP_VALID_MONTHS,
        "stamp_refund_months": STAMP_REFUND_MONTHS,
    }
    return common | _of_dossier(notice, language) | format_facts(notice.facts, language)


def _of_dossier(notice: Notice, language: str) -> dict[str, Any]:
    if notice.dossier is None:
        return {}
    filed = filing(notice.dossier)
    procedure = journey(notice.dossier.journey, notice.dossier.journey_version)
    case = Case(filed.sealed, today=filed.filed_on, identity=notice.dossier.identity)
    permit_until = date.fromisoformat(notice.dossier.identity["valid_until"])
    return {
        "granted": procedure.granted(case),
        "effects": procedure.effects,
        "deposit": procedure.on_filing is AttestationKind.DEPOSIT,
        "reference": filed.reference,
        "filed_on": formats.day(filed.filed_on, language),
        "legal_answer_on": filed.legal_answer_on and formats.day(filed.legal_answer_on, language),
        "permit_until": formats.day(permit_until, language),
        "permit_running": permit_until >= paris_day(notice.at),
    }


def format_facts(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Return stored facts with days and amounts as text."""
    formatted = dict(facts)
    for name, value in facts.items():
        if name in _DAYS:
            formatted[name] = formats.day(date.fromisoformat(value), language)
        elif name == "amount":
            formatted[name] = formats.euros(value, language)
    return formatted
