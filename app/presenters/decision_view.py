"""A decision as a page tells it: what was granted or why not, how to contest, the letters; and silence of the law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.domain.actions.review import REFUSE
from app.domain.dossiers.decision_letters import Head
from app.domain.dossiers.decisions import OUTCOME_TITLES, Granted, Outcome
from app.domain.dossiers.states import OPEN, State
from app.domain.rules.calendar import paris_day
from app.domain.rules.remedies import AFTER, TIME, WAYS, Remedies, Silence
from app.presenters.reasons import format_reasons
from app.services.decisions.decision_letters import remedies

if TYPE_CHECKING:
    from app.storage.models import Dossier, Event


@dataclass(frozen=True)
class RemedyLists:
    """How to contest, in the language of the page, and in French where that is another one."""

    time: str
    ways: tuple[str, ...]
    after: str
    french: str


@dataclass(frozen=True)
class DecisionView:
    """`reason` in the language of the page; `french` as it was written."""

    outcome: Outcome
    title: str
    day: date
    granted: Granted | None
    reason: tuple[str, ...]
    french: str
    law: str
    ways: RemedyLists | None


def decision_view(dossier: "Dossier", events: Sequence["Event"]) -> DecisionView | None:
    """The decision in force on a dossier; None while there is none, or where nobody took it."""
    decision = dossier.decision or _told(dossier, events)
    if not decision:
        return None
    outcome, day = Outcome(decision["outcome"]), date.fromisoformat(decision["on"])
    against = outcome is not Outcome.FAVOURABLE
    reason = decision.get("reason", "")
    return DecisionView(
        outcome=outcome,
        title=OUTCOME_TITLES[outcome],
        day=day,
        granted=Granted.from_json(decision),
        reason=format_reasons(reason),
        french=reason,
        law=decision.get("law", ""),
        ways=_ways(remedies(dossier.service, day)) if against and dossier.service else None,
    )


def _told(dossier: "Dossier", events: Sequence["Event"]) -> Mapping[str, Any] | None:
    """A refusal of before decisions were kept on the dossier, from its event."""
    last = next((one for one in reversed(events) if one.action == REFUSE.key), None)
    if last is None or dossier.state != State.UNFAVOURABLE:
        return None
    on = paris_day(last.at).isoformat()
    return {"outcome": str(Outcome.UNFAVOURABLE), "on": on, "reason": last.reason}


def _ways(known: Remedies) -> RemedyLists:
    values = known.values
    return RemedyLists(
        _(TIME, **values), tuple(_(one, **values) for one in WAYS), _(AFTER, **values), known.french
    )


def silence(dossier: "Dossier", today: date) -> Silence | None:
    """What silence means for an open dossier; None where the law says nothing."""
    known = dossier.legal_answer_on
    return Silence(known, today) if known and dossier.state in OPEN else None


def silence_ways(dossier: "Dossier", heard: Silence | None) -> RemedyLists | None:
    """How to contest the refusal that silence has become."""
    return _ways(remedies(dossier.service, heard.on)) if heard and heard.refused and dossier.service else None


def head(values: Mapping[str, str]) -> Head:
    """The head of a letter, from what filled it."""
    return Head(values["service"], values["ville"], values["nom"], values["reference"])
