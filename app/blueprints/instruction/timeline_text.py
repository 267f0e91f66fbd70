"""Texts of the agents' page of a dossier: history, corrections, standing of each document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from app.domain.actions.history import HISTORY, HISTORY_ALONE, HISTORY_FROM
from app.domain.dossiers.appointments import PURPOSE_TITLES, Purpose
from app.domain.dossiers.complements import CONFORM, MARKS
from app.domain.dossiers.states import Role, State
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Question
from app.domain.rules.calendar import paris_day
from app.domain.rules.ephotos import EPhoto, EPhotoState
from app.domain.text import C_, N_
from app.languages import SOURCE
from app.presenters.answers import format_answer
from app.presenters.reasons import format_reasons
from app.services.review.changes_since_filing import Change
from app.services.review.requested_documents import RequestedDocument, Standing
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language


@dataclass(frozen=True)
class Mark:
    """The label of a document's standing, with the CSS classes of its tag and its bar."""

    title: str
    tag: str = ""
    bar: str = ""


STANDINGS = {
    Standing.NEW: Mark(N_("Nouveau"), "now", "soon"),
    Standing.RECEIVED: Mark(N_("Reçu"), "ok", "ok"),
    Standing.ASKED: Mark(N_("Demandé"), "bare"),
    Standing.LETTER: Mark(N_("Lettre")),
    Standing.EXPLAINED: Mark(N_("Explication")),
    Standing.MISSING: Mark(N_("Manque"), "bad", "late"),
}

MARK_TITLES = {option.key: option.label for option in MARKS}
OUTDATED = Mark(N_("À revérifier"), "now", "soon")

# The applicant's reply to a request for a document.
REPLIES = {
    "keep": N_("Gardé"),
    "replace": N_("Remplacé"),
    "letter": N_("Expliqué"),
    "unanswered": N_("Sans réponse"),
}

# Classes of the states in which the agent has the next move ("now") or the process runs; "bare" otherwise.
TAGS = {
    State.COMPLEMENT_RECEIVED: "now",
    State.FILED: "",
    State.FAVOURABLE: "",
    State.IN_PRODUCTION: "",
    State.CARD_AVAILABLE: "",
}

PHOTO_STATES = {
    EPhotoState.READY: Mark(N_("Arrivée"), "ok", "ok"),
    EPhotoState.NOT_ARRIVED: Mark(N_("Pas encore arrivée"), "bare"),
    EPhotoState.NEVER_ARRIVED: Mark(N_("Jamais arrivée"), "bad", "late"),
    EPhotoState.USED: Mark(N_("Code déjà utilisé"), "bad", "late"),
    EPhotoState.EXPIRED: Mark(N_("Code expiré"), "bad", "late"),
    EPhotoState.UNSIGNED: Mark(N_("Sans signature"), "bad", "late"),
    EPhotoState.REFUSED: Mark(C_("photo", "Refusée"), "bad", "late"),
}
NO_PHOTO = Mark(N_("Aucun code donné"), "bad", "late")
WAIVED = Mark(N_("Décision prise sans elle"), "bare")


def photo_mark(photo: EPhoto) -> Mark:
    """Return the mark of an e-photo: the state of its last code."""
    if photo.waived and not photo.arrived:
        return WAIVED
    return PHOTO_STATES[photo.state] if photo.state else NO_PHOTO


def look(requested: RequestedDocument) -> Mark:
    """Return the agent's mark of a document, if it is of the present files, otherwise its standing."""
    if requested.mark:
        right = requested.mark == CONFORM
        return Mark(MARK_TITLES[requested.mark], "ok" if right else "bad", "ok" if right else "late")
    return OUTDATED if requested.outdated else STANDINGS[requested.standing]


@dataclass(frozen=True)
class HistoryLine:
    """An event of the history as a sentence."""

    at: datetime
    when: str
    sentence: str
    reason: tuple[str, ...] = ()


def tag(state: State) -> str:
    """Return the CSS class of a state's tag."""
    return TAGS.get(state, "bare")


def history(events: Sequence[Any], spoken: str) -> list[HistoryLine]:
    """Return the events of the history as sentences, the latest first; `spoken` is the applicant's language."""
    latest = sorted(events, key=lambda event: (event.at, event.id), reverse=True)
    return [format_event(event, spoken) for event in latest if event.action in HISTORY]


def format_event(event: Any, spoken: str = SOURCE) -> HistoryLine:
    """Format an event as a sentence; `spoken` is the language of what an applicant wrote."""
    facts = event.facts or {}
    values = {
        "agent": event.agent.name if event.agent else "",
        "count": facts.get("count", 0),
        "origin": facts.get("origin", ""),
        "target": facts.get("target", ""),
        "amount": formats.euros(facts["amount"], language()) if "amount" in facts else "",
        "day": formats.short_day(date.fromisoformat(facts["due_on"]), language())
        if "due_on" in facts
        else "",
        "purpose": _(PURPOSE_TITLES[Purpose(facts["purpose"])]) if "meets_at" in facts else "",
        "moment": formats.moment(datetime.fromisoformat(facts["meets_at"]), language())
        if "meets_at" in facts
        else "",
    }
    sentences = HISTORY_FROM if facts.get("origin_id") else HISTORY
    if event.role == Role.SYSTEM:
        sentences = HISTORY_ALONE
    sentence = sentences.get(event.action) or HISTORY[event.action]
    reason = format_reasons(event.reason, spoken if event.role == Role.APPLICANT else SOURCE)
    return HistoryLine(event.at, formats.moment(event.at, language()), _(sentence, **values), reason)


def corrected(correction: Any, journey: Journey) -> list[tuple[Question, str, str]]:
    """Return the question, the old and the new answer of each question that a correction changed."""
    asked = {question.key: question for step in journey.steps for question in step.questions}
    return [
        (
            asked[key],
            format_answer(asked[key], before, language()),
            format_answer(asked[key], after, language()),
        )
        for key, (before, after) in correction.changes.items()
        if key in asked
    ]


def files_changed(change: Change) -> str:
    """Return a change of a document's files as a sentence."""
    title = _(change.requested.document.title) if change.requested else ""
    if change.explained:
        return _("%(document)s : l’usager écrit pourquoi il manque", document=title)
    added, removed = (", ".join(str(file.name) for file in files) for files in (change.added, change.removed))
    if added and removed:
        return _("%(document)s : %(came)s remplace %(went)s", document=title, came=added, went=removed)
    if added:
        return _("%(document)s : %(came)s arrive", document=title, came=added)
    return _("%(document)s : %(went)s est retiré", document=title, went=removed)


@dataclass(frozen=True)
class Opener:
    """The visits of one agent to a dossier on one day: how many, and the last one."""

    name: str
    service: str
    times: int
    last: datetime


def openers(readings: Sequence[Any]) -> list[Opener]:
    """Return one Opener for each agent and day, the latest first; `readings` are sorted that way."""
    found = []
    for _day, of_day in groupby(readings, lambda reading: paris_day(reading.at)):
        by_agent: dict[int, list[Any]] = {}
        for reading in of_day:
            by_agent.setdefault(reading.agent_id, []).append(reading)
        found += [
            Opener(of_agent[0].agent.name, of_agent[0].service.name, len(of_agent), of_agent[0].at)
            for of_agent in by_agent.values()
        ]
    return found
