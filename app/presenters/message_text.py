"""The text of messages, in letters and in the applicant's space."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from app.domain.dossiers import standing_words
from app.domain.dossiers.standing import Follows, Todo, standing
from app.domain.dossiers.states import State
from app.domain.journeys.questions import Case
from app.domain.procedures import journey
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import EPHOTO_ARRIVAL_HOURS, STAMP_REFUND_MONTHS, STAMP_VALID_MONTHS
from app.domain.rules.remedies import BEFORE_CONTESTING_SILENCE, REMOVAL
from app.domain.rules.rights import AttestationKind
from app.domain.texts.notices import NoticeKind
from app.presenters.answers import format_answer
from app.presenters.appointments import message_facts
from app.presenters.law_words import spans
from app.services.filed import filing
from app.services.standing import facts_of, faults, next_meeting
from app.settings import Settings
from app.storage import appointments
from app.storage.applications import attestations, complements
from app.storage.models import Dossier, Notice
from app.web.localisation import formats
from app.web.pages.rendering import render

# Stored facts that are ISO dates, and amounts in cents.
_AMOUNTS = frozenset({"amount", "amount_before"})
_DAYS = frozenset(
    {
        "contest_until",
        "due_on",
        "valid_from",
        "valid_until",
        "permit_until",
        "opens",
        "closes",
        "ends",
        "until",
        "erased_on",
        "since",
    }
)
_WRITTEN = ("reason", "place", "words")  # facts in an agent's own words
_BEGINS, _ENDS = "\ue000", "\ue001"  # of private use


def title_and_sentences(notice: Notice, language: str, settings: Settings) -> tuple[str, list[str]]:
    """Return the title and the sentences of a message, without the letter's greeting and footer.

    What an agent wrote in it is marked as `formats.said` does.
    """
    values = {**facts(notice, language, settings), "letter": False}
    values |= {name: _quoted(str(values[name])) for name in _WRITTEN if name in values}
    title, _greeting, *sentences = filter(
        None, text(language, f"mail/notices/{notice.kind}.txt", values).splitlines()
    )
    return title, [_unquoted(sentence, language) for sentence in sentences if sentence.strip()]


def _quoted(words: str) -> str:
    """Return words between two signs that no keyboard has, line by line, so that they are found in the sentence."""
    return "\n".join(f"{_BEGINS}{line}{_ENDS}" for line in words.splitlines())


def _unquoted(sentence: str, language: str) -> Markup:
    parts = re.split(f"{_BEGINS}(.*?){_ENDS}", sentence)
    marked = (
        formats.said(part, language=language) if place % 2 else part for place, part in enumerate(parts)
    )
    return Markup("").join(marked)


def text(language: str, template: str, values: dict[str, Any]) -> str:
    """Return a letter's template as plain text."""
    return render(language, template, **{"letter": True, **values}).strip()


def sender_facts(settings: Settings) -> dict[str, Any]:
    """Return the facts of the sender: operator, telephone, origin of links."""
    return {
        "operator": settings.operator,
        "phone": formats.telephone(settings.contact_phone),
        "origin": settings.origin.rstrip("/"),
    }


def facts(notice: Notice, language: str, settings: Settings) -> dict[str, Any]:
    """Return the facts that a message's templates need."""
    link = f"{settings.origin.rstrip('/')}/{language}/suivi/"
    common = {
        **sender_facts(settings),
        "link": link,
        "write": standing_words.WRITE,
        "unanswered": standing_words.unanswered(past=notice.facts.get("overdue", False)),
        "told_on": formats.day(paris_day(notice.at), language),
        "stamp_valid_months": STAMP_VALID_MONTHS,
        "stamp_refund_months": STAMP_REFUND_MONTHS,
        "photo_hours": EPHOTO_ARRIVAL_HOURS,
        "removal": REMOVAL,
        "spans": spans(paris_day(notice.at), language),
    }
    return (
        common
        | _of_dossier(notice, language)
        | format_facts(notice.facts, language)
        | _what_follows(notice.facts)
        | _answer(notice, language)
        | _begun(notice.facts)
        | message_facts(notice.facts, language)
    )


def _begun(facts: dict[str, Any]) -> dict[str, str]:
    """Return the msgid of the procedure that a message about a draft names."""
    if "journey" not in facts:
        return {}
    return {"journey_title": journey(facts["journey"], facts["version"]).title}


def _answer(notice: Notice, language: str) -> dict[str, str]:
    """Return the msgid of a corrected question, and its answers before and after as text."""
    if notice.kind != NoticeKind.ANSWER_CORRECTED or notice.dossier is None:
        return {}
    procedure = journey(notice.dossier.journey, notice.dossier.journey_version)
    questions = {question.key: question for step in procedure.steps for question in step.questions}
    asked = questions[notice.facts["question"]]
    versions = {name: format_answer(asked, notice.facts[name], language) for name in ("before", "after")}
    return {"question": asked.title, **versions}


def _what_follows(facts: dict[str, Any]) -> dict[str, str]:
    """Return the sentence on what follows an end of rights; `waits` is how it was stored at first."""
    if "follows" in facts or "waits" in facts:
        stored = facts.get("follows") or (Follows.ON_TAKING if facts["waits"] else Follows.ON_REQUEST)
        return {"what_follows": standing_words.FOLLOWS[Follows(stored)]}
    return {}


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
        **_stood(notice.dossier, notice, language),
        "deposit": procedure.on_filing is AttestationKind.DEPOSIT,
        "reference": filed.reference,
        "with_card": notice.dossier.with_card,
        "filed_on": formats.day(filed.filed_on, language),
        "legal_answer_on": filed.legal_answer_on and formats.day(filed.legal_answer_on, language),
        "permit_until": formats.day(permit_until, language),
        "permit_running": permit_until >= paris_day(notice.at),
    }


# The state in which a dossier was when the person was told; for other kinds, it is the present one.
_TOLD_IN = {
    NoticeKind.FILED: State.FILED,
    NoticeKind.TAKEN: State.IN_REVIEW,
    NoticeKind.REOPENED: State.IN_REVIEW,
    NoticeKind.COMPLEMENT_ASKED: State.COMPLEMENT_REQUESTED,
    NoticeKind.COMPLEMENT_SENT: State.COMPLEMENT_RECEIVED,
    NoticeKind.SILENCE: State.IN_REVIEW,  # or another open one: silence says the same in all
}


def _stood(dossier: Dossier, notice: Notice, language: str) -> dict[str, Any]:
    """Return where the dossier stood when its person was told: msgids, and their days as text."""
    told_on = paris_day(notice.at)
    asked = (request for request in complements.of_dossier(dossier.id) if request.asked_at <= notice.at)
    meets_on = next_meeting(appointments.of_dossier(dossier.id), told_on, notice.at)
    facts = facts_of(dossier, asked, found=faults(dossier), meets_on=meets_on)
    if told_in := _TOLD_IN.get(NoticeKind(notice.kind)):
        facts = replace(facts, state=told_in, rights_end=_rights_end(dossier.id, facts.permit_end, notice.at))
    stand = standing(facts, told_on)
    days = {name: formats.day(day, language) for name, day in standing_words.days(stand).items()}
    return {
        "rights": standing_words.rights(stand),
        "silence": standing_words.silence(stand),
        "before_contesting": BEFORE_CONTESTING_SILENCE,
        "days": days | spans(told_on, language),
        "lapsing": Todo.WRITE in stand.todo,
        "idle": "" if stand.todo else standing_words.NOTHING_TO_DO,
    }


def _rights_end(dossier_id: int, permit_end: date, at: datetime) -> date:
    """Return the last day of the rights of an application that was examined, as the certificates of then had it."""
    extensions = [
        issued.valid_until
        for issued in attestations.listed(dossier_id)
        if issued.kind == AttestationKind.EXTENSION
        and issued.valid_until
        and issued.issued_at <= at
        and (issued.revoked_at is None or issued.revoked_at > at)
    ]
    return max([permit_end, *extensions])


def format_facts(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Return stored facts with days and amounts as text."""
    formatted = {**facts, "free": facts.get("amount") == 0}
    for name, value in facts.items():
        if name in _DAYS:
            formatted[name] = formats.day(date.fromisoformat(value), language)
        elif name == "at":
            formatted[name] = formats.moment(datetime.fromisoformat(value), language)
        elif name in _AMOUNTS:
            formatted[name] = formats.euros(value, language)
    return formatted
