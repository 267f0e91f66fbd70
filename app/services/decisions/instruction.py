"""Actions of agents on dossiers; each makes one transition with its event and notice, in one transaction.

A function performs one action of domain.actions; its arguments are those that the action's form makes of the answers.
Each raises what `acts.make_transition` raises.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.actions.action import AgentAction
from app.domain.actions.assignments import ASSIGN, CLAIM, PASS_ON
from app.domain.actions.card import ANNOUNCE, HAND_OVER, PRODUCE
from app.domain.actions.extensions import COVER, WITHHOLD
from app.domain.actions.review import ANSWER_TIME, APPROVE, ASK, CLOSE, REFUSE, REMIND, TAKE
from app.domain.dossiers.appointments import Cause
from app.domain.dossiers.complements import other_key
from app.domain.dossiers.decisions import Granted, Outcome
from app.domain.dossiers.states import GRANTED, WITHHELD
from app.domain.journeys.questions import PHOTO
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.services.applications import asked_documents, foreign_numbers
from app.services.applications.complements import note_reminder
from app.services.applications.dossiers import load_draft
from app.services.appointments import invitations
from app.services.certificates import attestations
from app.services.decisions import decision_letters
from app.services.decisions.acts import (
    Act,
    MissingReason,
    NotAColleague,
    decide,
    make_transition,
    notify,
    performs,
)
from app.services.filed import case_of
from app.storage.applications import complements
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Agent, Complement, ComplementItem, Dossier
from app.storage.people import agents


@performs(TAKE)
def take(dossier: Dossier, act: Act) -> None:
    """Begin the review and put the agent in charge."""
    with database.atomic():
        before = dossier.agent
        facts = _assignment_facts(before, act.agent) if before and before.id != act.agent.id else None
        row = make_transition(dossier, TAKE, act, facts=facts, agent_id=act.agent.id)
        attestations.issue_extension_if_due(row, act.now)
        foreign_numbers.request_if_due(row, act.now)
        notify(row, TAKE, act)


@performs(ASSIGN)
def assign(dossier: Dossier, act: Act, to: int) -> None:
    """Put a member of the service in charge, as a supervisor. Raises NotAColleague."""
    _put_in_charge(dossier, ASSIGN, act, to)


@performs(PASS_ON)
def pass_on(dossier: Dossier, act: Act, to: int, note: str = "") -> None:
    """Pass the agent's own dossier to a colleague, with a note that the applicant does not see. Raises NotAColleague."""
    _put_in_charge(dossier, PASS_ON, act, to, note)


@performs(CLAIM)
def claim(dossier: Dossier, act: Act) -> None:
    """Put the agent in charge of a dossier in review that is unassigned or a colleague's."""
    _put_in_charge(dossier, CLAIM, act, act.agent.id)


def _put_in_charge(dossier: Dossier, action: AgentAction, act: Act, to: int, note: str = "") -> None:
    """Put a colleague in charge; as a transition, it makes other agents' pages of the dossier stale."""
    with database.atomic():
        colleague = agents.colleague(act.agent.service_id, to)
        if colleague is None:
            raise NotAColleague
        facts = _assignment_facts(dossier.agent, colleague)
        make_transition(dossier, action, act, reason=note, facts=facts, agent_id=colleague.id)


def _assignment_facts(origin: Agent | None, target: Agent) -> dict[str, Any]:
    """Return the facts of an assignment: names for the history, ids for storage.review.assignments."""
    before = {"origin": origin.name, "origin_id": origin.id} if origin else {}
    return before | {"target": target.name, "target_id": target.id}


@performs(ASK)
def ask(
    dossier: Dossier,
    act: Act,
    reasons: Mapping[str, str],
    days: int = COMPLEMENT_DAYS,
    others: Sequence[tuple[str, str]] = (),
) -> None:
    """Request documents, with a reason by supporting document, to be answered in some days.

    `others` are the title and the reason of documents outside the procedure's list. Raises ValueError for one in
    `reasons` that is neither required of the applicant nor asked for by name before.
    """
    due = due_on(act.now, days)
    texts = [*reasons.values(), *(reason for _title, reason in others)]
    if not texts or not all(text.strip() for text in texts):
        raise MissingReason
    with database.atomic():
        named = asked_documents.others(store.locked(dossier.id).id)
        new = {other_key(len(named) + place): other for place, other in enumerate(others, 1)}
        slots = [*reasons, *new]
        facts = {"slots": slots, "count": len(slots), "due_on": due.isoformat()}
        row = make_transition(dossier, ASK, act, reason="\n".join(texts), facts=facts)
        draft = load_draft(row, paris_day(act.now))
        known = {document.key for document in (*draft.journey.needed(draft.case), *named)}
        if draft.journey.photo(case_of(row)):
            known.add(PHOTO)
        if unknown := set(reasons) - known:
            raise ValueError(f"not required of this applicant: {sorted(unknown)}")
        complement = Complement.create(dossier=row, agent=act.agent, asked_at=act.now, due_on=due)
        for slot, reason in reasons.items():
            ComplementItem.create(complement=complement, slot=slot, reason=reason)
        for slot, (title, reason) in new.items():
            ComplementItem.create(complement=complement, slot=slot, title=title, reason=reason)
        notify(row, ASK, act, **facts)


@performs(APPROVE)
def approve(dossier: Dossier, act: Act, granted: Granted | None = None) -> None:
    """Decide in favour and issue the letter and the certificate, once the applicant has a foreign number."""
    decision = decision_letters.favourable(granted, act.now)
    with database.atomic():
        row = make_transition(dossier, APPROVE, act, facts=decision, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        if not foreign_numbers.request_if_due(row, act.now):
            attestations.grant(row, act.now)


@performs(REFUSE)
def refuse(dossier: Dossier, act: Act, reason: str, law: str = "") -> None:
    """Refuse, with the reason that the applicant reads and the legal texts that it is based on."""
    decision = decision_letters.against(Outcome.UNFAVOURABLE, reason, law, act.now)
    with database.atomic():
        row, settled = decide(dossier, REFUSE, act, reason=reason, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        notify(row, REFUSE, act, reason=reason, **settled)
        invitations.end(row, Cause.REFUSED, act.now, act.agent)


@performs(CLOSE)
def close(dossier: Dossier, act: Act, reason: str, law: str = "") -> None:
    """Close the dossier without a decision on its merits, for example if requested documents were not sent."""
    decision = decision_letters.against(Outcome.CLOSED, reason, law, act.now)
    with database.atomic():
        row, settled = decide(dossier, CLOSE, act, reason=reason, decision=decision)
        decision_letters.issue(row, act.agent, act.now)
        notify(row, CLOSE, act, reason=reason, **settled)
        invitations.end(row, Cause.CLOSED, act.now, act.agent)


@performs(PRODUCE)
def produce(dossier: Dossier, act: Act) -> None:
    """Record that the card is in production."""
    with database.atomic():
        row = make_transition(dossier, PRODUCE, act)
        notify(row, PRODUCE, act)


@performs(WITHHOLD)
def withhold(dossier: Dossier, act: Act, reason: str) -> None:
    """Stop the extension certificates, for a reason that the applicant is notified of."""
    with database.atomic():
        row = make_transition(dossier, WITHHOLD, act, reason=reason, extension=WITHHELD)
        ends = row.rights_end.isoformat() if row.rights_end else ""
        notify(row, WITHHOLD, act, reason=reason, ends=ends)


@performs(COVER)
def cover(dossier: Dossier, act: Act) -> None:
    """Allow extension certificates, from this day on, for a dossier filed late or for which they were withheld."""
    with database.atomic():
        row = make_transition(dossier, COVER, act, extension=GRANTED)
        attestations.issue_extension_if_due(row, act.now, resumes_on=paris_day(act.now))


@performs(ANNOUNCE)
def announce(dossier: Dossier, act: Act, place: str, amount: int | None = None) -> None:
    """Announce that the card can be collected: the place, and the amount of the e-stamp in cents, the rule's if None."""
    with database.atomic():
        due = attestations.fee_of(store.locked(dossier.id), paris_day(act.now)) if amount is None else amount
        card = {"place": place, "amount": due}
        since = paris_day(act.now)
        row = make_transition(dossier, ANNOUNCE, act, facts=card, card=card, card_since=since, card_told=None)
        notify(row, ANNOUNCE, act, **card)


@performs(HAND_OVER)
def hand_over(dossier: Dossier, act: Act) -> None:
    """Record that the card was handed over to the applicant."""
    with database.atomic():
        row = make_transition(dossier, HAND_OVER, act)
        notify(row, HAND_OVER, act)
        invitations.end(row, Cause.HANDED_OVER, act.now, act.agent)


@performs(ANSWER_TIME)
def answer_time(dossier: Dossier, act: Act, days: int, message: str) -> None:
    """Answer a request for more time, with a message to the applicant; `days` from now on, 0 to refuse."""
    with database.atomic():
        row = make_transition(dossier, ANSWER_TIME, act, reason=message)
        complement = complements.pending(row.id)
        due = max(due_on(act.now, days), complement.due_on) if days else complement.due_on
        changes = {"due_on": due, "time_answered_at": act.now}
        Complement.update(**changes).where(Complement.id == complement.id).execute()
        facts = {"granted": bool(days), "due_on": due.isoformat(), "reason": message}
        notify(row, ANSWER_TIME, act, **facts)


@performs(REMIND)
def remind(dossier: Dossier, act: Act) -> None:
    """Remind the applicant of the open request, beside the reminders that are due by themselves."""
    with database.atomic():
        row = make_transition(dossier, REMIND, act)
        facts = note_reminder(complements.pending(row.id), act.now)
        notify(row, REMIND, act, **facts)


def due_on(now: datetime, days: int = COMPLEMENT_DAYS) -> date:
    """Return the day by which a request made now has to be answered."""
    return paris_day(now) + timedelta(days=days)
