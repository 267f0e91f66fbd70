"""What an agent does with a dossier: each act is one move, one event and one message, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.dossiers.decisions import Granted, Outcome
from app.domain.dossiers.states import GRANTED, WITHHELD, ForbiddenTransition, State, transition
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.services.applications import complements as answers
from app.services.applications import foreign_numbers
from app.services.applications.dossiers import load_draft
from app.services.certificates import attestations
from app.services.decisions import decision_letters
from app.services.messages import notices
from app.services.review.transition_conditions import conditions_of
from app.services.staff.agents import roles_of
from app.storage.applications import complements
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Agent, Complement, ComplementItem, Dossier
from app.storage.people import agents
from app.storage.review import dossier_view


class MissingReason(Exception):
    """The act needs a reason and has none."""


class NotAColleague(Exception):
    """Who was chosen is no member of the service, or no longer."""


@dataclass(frozen=True)
class Act:
    """Who acts, when, and on what they saw: `seen` is the last move that their page showed.

    Somebody who asked, answered or decided since makes the act stale, even if the state is the same again.
    """

    agent: Agent
    now: datetime
    seen: int


def take(dossier: Dossier, act: Act) -> None:
    """Begin the review; the agent becomes the one in charge."""
    with database.atomic():
        before = dossier.agent
        facts = _hands(before, act.agent) if before and before.id != act.agent.id else None
        row = _move(dossier, "take", act, facts=facts, agent_id=act.agent.id)
        attestations.issue_extension_if_due(row, act.now)
        foreign_numbers.request_if_due(row, act.now)
        notices.tell(row, notices.NoticeKind.TAKEN, act.now)


def assign(dossier: Dossier, act: Act, to: int) -> None:
    """Put a member of the service in charge, as its supervisor decides."""
    _put_in_charge(dossier, "assign", act, to)


def pass_on(dossier: Dossier, act: Act, to: int, note: str = "") -> None:
    """Hand one's own dossier over to a colleague, with a note that the applicant never reads."""
    _put_in_charge(dossier, "pass_on", act, to, note)


def claim(dossier: Dossier, act: Act) -> None:
    """Become the one in charge of a dossier in review that nobody has, or that a colleague has."""
    _put_in_charge(dossier, "claim", act, act.agent.id)


def _put_in_charge(dossier: Dossier, action: str, act: Act, to: int, note: str = "") -> None:
    """`dossier.agent` is true once the move is made: who changes it moves the dossier, hence `seen`."""
    with database.atomic():
        colleague = agents.colleague(act.agent.service_id, to)
        if colleague is None:
            raise NotAColleague
        facts = _hands(dossier.agent, colleague)
        _move(dossier, action, act, reason=note, facts=facts, agent_id=colleague.id)


def _hands(origin: Agent | None, target: Agent) -> dict[str, Any]:
    """From whom to whom: what the history tells, and what each of them finds again, see storage.review.assignments."""
    before = {"origin": origin.name, "origin_id": origin.id} if origin else {}
    return before | {"target": target.name, "target_id": target.id}


def ask(dossier: Dossier, act: Act, reasons: Mapping[str, str], days: int = COMPLEMENT_DAYS) -> None:
    """Ask for documents; `reasons` holds what is wrong with each, by supporting document, `days` the time to answer."""
    due = due_on(act.now, days)
    facts = {"slots": list(reasons), "count": len(reasons), "due_on": due.isoformat()}
    if not reasons or not all(reason.strip() for reason in reasons.values()):
        raise MissingReason
    with database.atomic():
        row = _move(dossier, "ask", act, reason="\n".join(reasons.values()), facts=facts)
        draft = load_draft(row, paris_day(act.now))
        known = {document.key for document in draft.journey.needed(draft.case)}
        if unknown := set(reasons) - known:
            raise ValueError(f"not asked of this person: {sorted(unknown)}")
        complement = Complement.create(dossier=row, agent=act.agent, asked_at=act.now, due_on=due)
        for slot, reason in reasons.items():
            ComplementItem.create(complement=complement, slot=slot, reason=reason)
        notices.tell(row, notices.NoticeKind.COMPLEMENT_ASKED, act.now, **facts)


def approve(dossier: Dossier, act: Act, granted: Granted | None = None) -> None:
    """Decide in favour: the letter and the certificate of favourable decision issue themselves."""
    decision = decision_letters.favourable(granted, act.now)
    with database.atomic():
        row = _move(dossier, "approve", act, facts=decision, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        if not foreign_numbers.request_if_due(row, act.now):
            attestations.grant(row, act.now)


def refuse(dossier: Dossier, act: Act, reason: str, law: str = "") -> None:
    """Decide against, with the reason that the applicant reads and the texts that it rests on."""
    decision = decision_letters.against(Outcome.UNFAVOURABLE, reason, law, act.now)
    with database.atomic():
        row = _move(dossier, "refuse", act, reason=reason, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        notices.tell(row, notices.NoticeKind.REFUSED, act.now, reason=reason)


def close(dossier: Dossier, act: Act, reason: str, law: str = "") -> None:
    """End the review without a decision on the request itself: an answer that never came, a request without object."""
    decision = decision_letters.against(Outcome.CLOSED, reason, law, act.now)
    with database.atomic():
        row = _move(dossier, "close", act, reason=reason, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        notices.tell(row, notices.NoticeKind.CLOSED, act.now, reason=reason)


def reopen(dossier: Dossier, act: Act, words: str = "") -> None:
    """Take up again what was closed, refused or withdrawn; its certificates resume that day, where the rule gives any.

    The days between stay uncovered: a certificate says what was true on its days.
    """
    with database.atomic():
        row = _move(dossier, "reopen", act, reason=words, decision=None)
        answers.end(row, act.now)
        if row.agent_id is None:  # withdrawn before anybody took it
            Dossier.update(agent=act.agent).where(Dossier.id == row.id).execute()
        attestations.issue_extension_if_due(row, act.now, resumes_on=paris_day(act.now))
        foreign_numbers.request_if_due(row, act.now)
        notices.tell(row, notices.NoticeKind.REOPENED, act.now, reason=words)


def produce(dossier: Dossier, act: Act) -> None:
    """The card is being made."""
    with database.atomic():
        row = _move(dossier, "produce", act)
        notices.tell(row, notices.NoticeKind.IN_PRODUCTION, act.now)


def withhold(dossier: Dossier, act: Act, reason: str) -> None:
    """Stop the extension certificates, for a reason that the applicant reads at once."""
    with database.atomic():
        row = _move(dossier, "withhold", act, reason=reason, extension=WITHHELD)
        notices.tell(row, notices.NoticeKind.EXTENSION_WITHHELD, act.now, reason=reason, ends=_ends(row))


def cover(dossier: Dossier, act: Act) -> None:
    """Let extension certificates issue themselves, for who filed late or was refused them before."""
    with database.atomic():
        row = _move(dossier, "cover", act, extension=GRANTED)
        attestations.issue_extension_if_due(row, act.now)


def _ends(row: Dossier) -> str:
    return row.rights_end.isoformat() if row.rights_end else ""


def announce(dossier: Dossier, act: Act, place: str, amount: int) -> None:
    """Say that the card can be collected: where, and the amount of the e-stamp in cents."""
    card = {"place": place, "amount": amount}
    with database.atomic():
        row = _move(dossier, "announce", act, facts=card, card=card)
        notices.tell(row, notices.NoticeKind.CARD_AVAILABLE, act.now, **card)


def hand_over(dossier: Dossier, act: Act) -> None:
    """The card is in the applicant's hands."""
    with database.atomic():
        row = _move(dossier, "hand_over", act)
        notices.tell(row, notices.NoticeKind.HANDED_OVER, act.now)


def answer_time(dossier: Dossier, act: Act, days: int, words: str) -> None:
    """Answer somebody who needs more time: so many days from now, none for no."""
    with database.atomic():
        row = _move(dossier, "answer_time", act, reason=words)
        complement = complements.pending(row.id)
        due = max(due_on(act.now, days), complement.due_on) if days else complement.due_on
        changes = {"due_on": due, "time_answered_at": act.now}
        Complement.update(**changes).where(Complement.id == complement.id).execute()
        facts = {"granted": bool(days), "due_on": due.isoformat(), "reason": words}
        notices.tell(row, notices.NoticeKind.TIME_ANSWERED, act.now, **facts)


def due_on(now: datetime, days: int = COMPLEMENT_DAYS) -> date:
    """The day by which an applicant is asked to answer a request made now."""
    return paris_day(now) + timedelta(days=days)


def card_fee(dossier: Dossier, today: date) -> int:
    """What the table of fees says the applicant pays when the card is handed over, in cents."""
    draft = load_draft(dossier, today)
    return draft.journey.fee(draft.case, dossier.filed_on or today)


def _move(
    dossier: Dossier,
    action: str,
    act: Act,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    **columns: Any,
) -> Dossier:
    row = store.locked(dossier.id)
    if row.service_id != act.agent.service_id:
        raise Dossier.DoesNotExist
    if dossier_view.last_move(row.id) != act.seen:
        raise store.StaleDossier(row)
    move = transition(action, State(row.state), *roles_of(act.agent))
    if not conditions_of(row, act.agent).allow(move):
        raise ForbiddenTransition(action, State(row.state))
    if move.needs_reason and not reason.strip():
        raise MissingReason
    store.transition(row, move, act.now, agent=act.agent, reason=reason, facts=facts, **columns)
    return row
