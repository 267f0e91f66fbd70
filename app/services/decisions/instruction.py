"""What an agent does with a dossier: each act is one move, one event and one message, in one transaction.

A function performs one action of domain.actions, and takes as arguments what the action's form makes of its answers.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.actions.action import AgentAction
from app.domain.actions.assignments import ASSIGN, CLAIM, PASS_ON
from app.domain.actions.card import ANNOUNCE, HAND_OVER, PRODUCE
from app.domain.actions.extensions import COVER, WITHHOLD
from app.domain.actions.review import ANSWER_TIME, APPROVE, ASK, CLOSE, REFUSE, REOPEN, TAKE
from app.domain.agent_forms.form import Answers
from app.domain.dossiers.decisions import Granted, Outcome
from app.domain.dossiers.states import GRANTED, WITHHELD
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.services.applications import complements as answers
from app.services.applications import foreign_numbers
from app.services.applications.dossiers import load_draft
from app.services.certificates import attestations
from app.services.decisions import decision_letters
from app.services.decisions.acts import VERBS, Act, MissingReason, NotAColleague, move, performs, tell
from app.storage.applications import complements
from app.storage.database import database
from app.storage.models import Agent, Complement, ComplementItem, Dossier
from app.storage.people import agents


def perform(action: AgentAction, dossier: Dossier, act: Act, typed: Answers) -> None:
    """Perform an action with the answers of its form. Raises what its function raises."""
    VERBS[action.key](dossier, act, **action.form.arguments(typed))


@performs(TAKE)
def take(dossier: Dossier, act: Act) -> None:
    """Begin the review; the agent becomes the one in charge."""
    with database.atomic():
        before = dossier.agent
        facts = _hands(before, act.agent) if before and before.id != act.agent.id else None
        row = move(dossier, TAKE, act, facts=facts, agent_id=act.agent.id)
        attestations.issue_extension_if_due(row, act.now)
        foreign_numbers.request_if_due(row, act.now)
        tell(row, TAKE, act)


@performs(ASSIGN)
def assign(dossier: Dossier, act: Act, to: int) -> None:
    """Put a member of the service in charge, as its supervisor decides."""
    _put_in_charge(dossier, ASSIGN, act, to)


@performs(PASS_ON)
def pass_on(dossier: Dossier, act: Act, to: int, note: str = "") -> None:
    """Hand one's own dossier over to a colleague, with a note that the applicant never reads."""
    _put_in_charge(dossier, PASS_ON, act, to, note)


@performs(CLAIM)
def claim(dossier: Dossier, act: Act) -> None:
    """Become the one in charge of a dossier in review that nobody has, or that a colleague has."""
    _put_in_charge(dossier, CLAIM, act, act.agent.id)


def _put_in_charge(dossier: Dossier, action: AgentAction, act: Act, to: int, note: str = "") -> None:
    """`dossier.agent` is true once the move is made: who changes it moves the dossier, hence `seen`."""
    with database.atomic():
        colleague = agents.colleague(act.agent.service_id, to)
        if colleague is None:
            raise NotAColleague
        facts = _hands(dossier.agent, colleague)
        move(dossier, action, act, reason=note, facts=facts, agent_id=colleague.id)


def _hands(origin: Agent | None, target: Agent) -> dict[str, Any]:
    """From whom to whom: what the history tells, and what each of them finds again, see storage.review.assignments."""
    before = {"origin": origin.name, "origin_id": origin.id} if origin else {}
    return before | {"target": target.name, "target_id": target.id}


@performs(ASK)
def ask(dossier: Dossier, act: Act, reasons: Mapping[str, str], days: int = COMPLEMENT_DAYS) -> None:
    """Ask for documents; `reasons` holds what is wrong with each, by supporting document, `days` the time to answer."""
    due = due_on(act.now, days)
    facts = {"slots": list(reasons), "count": len(reasons), "due_on": due.isoformat()}
    if not reasons or not all(reason.strip() for reason in reasons.values()):
        raise MissingReason
    with database.atomic():
        row = move(dossier, ASK, act, reason="\n".join(reasons.values()), facts=facts)
        draft = load_draft(row, paris_day(act.now))
        known = {document.key for document in draft.journey.needed(draft.case)}
        if unknown := set(reasons) - known:
            raise ValueError(f"not asked of this person: {sorted(unknown)}")
        complement = Complement.create(dossier=row, agent=act.agent, asked_at=act.now, due_on=due)
        for slot, reason in reasons.items():
            ComplementItem.create(complement=complement, slot=slot, reason=reason)
        tell(row, ASK, act, **facts)


@performs(APPROVE)
def approve(dossier: Dossier, act: Act, granted: Granted | None = None) -> None:
    """Decide in favour: the letter and the certificate of favourable decision issue themselves."""
    decision = decision_letters.favourable(granted, act.now)
    with database.atomic():
        row = move(dossier, APPROVE, act, facts=decision, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        if not foreign_numbers.request_if_due(row, act.now):
            attestations.grant(row, act.now)


@performs(REFUSE)
def refuse(dossier: Dossier, act: Act, reason: str, law: str = "") -> None:
    """Decide against, with the reason that the applicant reads and the texts that it rests on."""
    decision = decision_letters.against(Outcome.UNFAVOURABLE, reason, law, act.now)
    with database.atomic():
        row = move(dossier, REFUSE, act, reason=reason, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        tell(row, REFUSE, act, reason=reason)


@performs(CLOSE)
def close(dossier: Dossier, act: Act, reason: str, law: str = "") -> None:
    """End the review without a decision on the request itself: an answer that never came, a request without object."""
    decision = decision_letters.against(Outcome.CLOSED, reason, law, act.now)
    with database.atomic():
        row = move(dossier, CLOSE, act, reason=reason, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        tell(row, CLOSE, act, reason=reason)


@performs(REOPEN)
def reopen(dossier: Dossier, act: Act, words: str = "") -> None:
    """Take up again what was closed, refused or withdrawn; its certificates resume that day, where the rule gives any.

    The days between stay uncovered: a certificate says what was true on its days.
    """
    with database.atomic():
        row = move(dossier, REOPEN, act, reason=words, decision=None)
        answers.end(row, act.now)
        if row.agent_id is None:  # withdrawn before anybody took it
            Dossier.update(agent=act.agent).where(Dossier.id == row.id).execute()
        attestations.issue_extension_if_due(row, act.now, resumes_on=paris_day(act.now))
        foreign_numbers.request_if_due(row, act.now)
        tell(row, REOPEN, act, reason=words)


@performs(PRODUCE)
def produce(dossier: Dossier, act: Act) -> None:
    """The card is being made."""
    with database.atomic():
        row = move(dossier, PRODUCE, act)
        tell(row, PRODUCE, act)


@performs(WITHHOLD)
def withhold(dossier: Dossier, act: Act, reason: str) -> None:
    """Stop the extension certificates, for a reason that the applicant reads at once."""
    with database.atomic():
        row = move(dossier, WITHHOLD, act, reason=reason, extension=WITHHELD)
        tell(row, WITHHOLD, act, reason=reason, ends=_ends(row))


@performs(COVER)
def cover(dossier: Dossier, act: Act) -> None:
    """Let extension certificates issue themselves, for who filed late or was refused them before."""
    with database.atomic():
        row = move(dossier, COVER, act, extension=GRANTED)
        attestations.issue_extension_if_due(row, act.now)


def _ends(row: Dossier) -> str:
    return row.rights_end.isoformat() if row.rights_end else ""


@performs(ANNOUNCE)
def announce(dossier: Dossier, act: Act, place: str, amount: int) -> None:
    """Say that the card can be collected: where, and the amount of the e-stamp in cents."""
    card = {"place": place, "amount": amount}
    with database.atomic():
        row = move(dossier, ANNOUNCE, act, facts=card, card=card)
        tell(row, ANNOUNCE, act, **card)


@performs(HAND_OVER)
def hand_over(dossier: Dossier, act: Act) -> None:
    """The card is in the applicant's hands."""
    with database.atomic():
        row = move(dossier, HAND_OVER, act)
        tell(row, HAND_OVER, act)


@performs(ANSWER_TIME)
def answer_time(dossier: Dossier, act: Act, days: int, words: str) -> None:
    """Answer somebody who needs more time: so many days from now, none for no."""
    with database.atomic():
        row = move(dossier, ANSWER_TIME, act, reason=words)
        complement = complements.pending(row.id)
        due = max(due_on(act.now, days), complement.due_on) if days else complement.due_on
        changes = {"due_on": due, "time_answered_at": act.now}
        Complement.update(**changes).where(Complement.id == complement.id).execute()
        facts = {"granted": bool(days), "due_on": due.isoformat(), "reason": words}
        tell(row, ANSWER_TIME, act, **facts)


def due_on(now: datetime, days: int = COMPLEMENT_DAYS) -> date:
    """The day by which an applicant is asked to answer a request made now."""
    return paris_day(now) + timedelta(days=days)


def card_fee(dossier: Dossier, today: date) -> int:
    """What the table of fees says the applicant pays when the card is handed over, in cents."""
    draft = load_draft(dossier, today)
    return draft.journey.fee(draft.case, dossier.filed_on or today)
