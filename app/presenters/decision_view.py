"""A decision as a page shows it: outcome, reason, remedies; and what silence means by law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.actions.review import REFUSE
from app.domain.dossiers.decision_letters import Head
from app.domain.dossiers.decisions import OUTCOME_TITLES, Granted, Outcome
from app.domain.dossiers.states import State
from app.domain.rules.calendar import paris_day
from app.domain.rules.remedies import BEFORE_CONTESTING_SILENCE, TIME, WAYS, Remedies, Silence
from app.domain.rules.territories import ONLY_IN, only_in
from app.presenters.law_words import spans
from app.presenters.reasons import format_reasons
from app.services.decisions import decision_letters
from app.services.decisions.decision_letters import remedies
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language

if TYPE_CHECKING:
    from app.storage.models import DecisionLetter, Dossier, Event


@dataclass(frozen=True)
class RemedyLists:
    """How to contest a decision, in the page's language, and in French if that is another one."""

    time: str
    ways: tuple[str, ...]
    after: tuple[str, ...]
    removal: tuple[str, ...]  # what an obligation to leave changes, the most important first
    french: str
    notes: tuple[str, ...] = ()  # to be read before contesting


@dataclass(frozen=True)
class DecisionView:
    """A decision; `reason` in the page's language, `french` as the agent wrote it."""

    outcome: Outcome
    title: str
    day: date
    granted: Granted | None
    only_in: str  # the only territory where that permit is valid, in a sentence; "" if it is valid everywhere
    reason: tuple[str, ...]
    french: str
    law: str
    ways: RemedyLists | None


def decision_view(dossier: "Dossier", events: Sequence["Event"]) -> DecisionView | None:
    """Return the decision in force on a dossier, None if no agent has taken one."""
    decision = dossier.decision or _refusal_of_event(dossier, events)
    if not decision:
        return None
    outcome, day = Outcome(decision["outcome"]), date.fromisoformat(decision["on"])
    granted = Granted.from_json(decision)
    against = outcome is not Outcome.FAVOURABLE
    reason = decision.get("reason", "")
    return DecisionView(
        outcome=outcome,
        title=OUTCOME_TITLES[outcome],
        day=day,
        granted=granted,
        only_in=_only_in(dossier, granted),
        reason=format_reasons(reason),
        french=reason,
        law=decision.get("law", ""),
        ways=_ways(remedies(dossier.service, day, outcome)) if against and dossier.service else None,
    )


def _only_in(dossier: "Dossier", granted: Granted | None) -> str:
    if not (granted and dossier.service):
        return ""
    place = only_in(dossier.service.department, granted.mention, granted.starts)
    return _(ONLY_IN, place=place) if place else ""


def _refusal_of_event(dossier: "Dossier", events: Sequence["Event"]) -> Mapping[str, Any] | None:
    """Return a refusal from its event, for dossiers refused before decisions were stored on them."""
    last = next((event for event in reversed(events) if event.action == REFUSE.key), None)
    if last is None or dossier.state != State.UNFAVOURABLE:
        return None
    on = paris_day(last.at).isoformat()
    return {"outcome": str(Outcome.UNFAVOURABLE), "on": on, "reason": last.reason}


def _ways(known: Remedies) -> RemedyLists:
    values = {**known.values, **spans(known.day, language())}
    return RemedyLists(
        _(TIME, **values),
        tuple(_(way, **values) for way in WAYS),
        tuple(_(part, **values) for part in known.after),
        tuple(_(part, **values) for part in known.removal),
        known.french,
    )


def silence_ways(dossier: "Dossier", rule: Silence | None) -> RemedyLists | None:
    """Return how to contest the refusal that silence has become, None before that."""
    if not (rule and rule.refused and dossier.service):
        return None
    ways = _ways(remedies(dossier.service, rule.on, Outcome.UNFAVOURABLE))
    return replace(ways, notes=tuple(map(_, BEFORE_CONTESTING_SILENCE)))


def head(values: Mapping[str, str]) -> Head:
    """Return the head of a letter from its values."""
    return Head(values["service"], values["ville"], values["nom"], values["reference"])


def letter_view(letter: "DecisionLetter") -> dict[str, Any]:
    """A letter that left, as a page of either side shows it."""
    return {
        "letter": letter,
        "title": OUTCOME_TITLES[Outcome(letter.kind)],
        "head": head(letter.values),
        "paragraphs": decision_letters.read(letter),
    }
