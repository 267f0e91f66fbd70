"""Acts of agents that take back or correct what was done, each with a reason that the applicant reads.

Each makes one transition with its event and notice, in one transaction, and raises what `acts.make_transition` raises.
"""

from typing import Any

from app.domain.actions.amending import AMEND_ANSWER, REREAD
from app.domain.actions.card import CORRECT_FEE, STEP_BACK
from app.domain.actions.extensions import ISSUE_AGAIN, MENTION
from app.domain.actions.review import AMEND, CANCEL_REQUEST, REOPEN, TAKE_BACK
from app.domain.dossiers.decisions import Granted
from app.domain.dossiers.states import State
from app.domain.rules.calendar import paris_day
from app.domain.rules.rights import AttestationKind
from app.services.applications import complements, corrections, foreign_numbers, register_rereadings
from app.services.certificates import attestations, endings
from app.services.decisions import decision_letters
from app.services.decisions.acts import Act, Unchanged, decide, make_transition, notify, performs
from app.services.filed import index_for_search
from app.storage.applications import decision_letters as letters
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Correction, Dossier


@performs(REOPEN)
def reopen(dossier: Dossier, act: Act, reason: str) -> None:
    """Resume the review of a closed, refused or withdrawn dossier.

    Extension certificates resume on this day if the rule gives any; the days between stay uncovered, since a
    certificate that a decision gives says nothing of the days before it.
    """
    with database.atomic():
        row, settled = decide(dossier, REOPEN, act, reason=reason, decision=None)
        complements.end(row, act.now)
        _resume(row, act)
        foreign_numbers.request_if_due(row, act.now)
        notify(row, REOPEN, act, reason=reason, **settled)


@performs(TAKE_BACK)
def take_back(dossier: Dossier, act: Act, reason: str) -> None:
    """Take back a favourable decision and resume the review (CRPA L.242-1)."""
    with database.atomic():
        row, settled = decide(dossier, TAKE_BACK, act, reason=reason, decision=None)
        _resume(row, act)
        notify(row, TAKE_BACK, act, reason=reason, **settled)


def _resume(row: Dossier, act: Act) -> None:
    """Put letters out of force, an agent in charge, and let extensions go on from this day."""
    letters.supersede(row.id, act.now)
    if row.agent_id is None:  # withdrawn before the review began
        Dossier.update(agent=act.agent).where(Dossier.id == row.id).execute()
    attestations.issue_extension_if_due(row, act.now, resumes_on=paris_day(act.now))


@performs(AMEND)
def amend(dossier: Dossier, act: Act, granted: Granted | None, reason: str) -> None:
    """Correct the permit granted: a new letter and a new certificate replace those with the error. Raises Unchanged."""
    with database.atomic():
        before = store.locked(dossier.id).decision or {}
        decision = decision_letters.amended(before, granted, act.now)
        row = make_transition(dossier, AMEND, act, reason=reason, facts=decision, decision=decision)
        if granted and granted == Granted.from_json(before):
            raise Unchanged  # after what makes a page stale, and before anything of it is kept
        letters.supersede(row.id, act.now)
        decision_letters.issue(row, act.agent, act.now, decision_letters.REPLACES)
        replaced = endings.replace_all(row, AttestationKind.FAVOURABLE, reason, act.now, act.agent)
        notify(row, AMEND, act, reason=reason, certified=replaced)


@performs(CORRECT_FEE)
def correct_fee(dossier: Dossier, act: Act, amount: int, reason: str) -> None:
    """Set the amount of the e-stamp, in cents, in place of the rule's (CESEDA L.436-1, L.436-7) or of one set before.

    A letter already issued is replaced, and an announced card is told with the new amount.
    """
    with database.atomic():
        row = store.locked(dossier.id)
        announced = bool(row.card)
        before = (row.card or {}).get("amount", attestations.fee_of(row, paris_day(act.now)))
        columns: dict[str, Any] = {"fee": amount}
        if announced:
            columns["card"] = {**row.card, "amount": amount}
        if row.decision:
            columns["decision"] = decision_letters.amended(row.decision, None, act.now)
        facts = {"amount_before": before, "amount": amount}
        row = make_transition(row, CORRECT_FEE, act, reason=reason, facts=facts, **columns)
        if row.decision:
            letters.supersede(row.id, act.now)
            decision_letters.issue(row, act.agent, act.now, decision_letters.REPLACES)
        told = {**facts, "decided": bool(row.decision), "announced": announced}
        notify(row, CORRECT_FEE, act, reason=reason, **told)


@performs(CANCEL_REQUEST)
def cancel_request(dossier: Dossier, act: Act, reason: str) -> None:
    """Cancel the open request for documents: answers prepared count as sent, the others are no longer owed."""
    with database.atomic():
        row = make_transition(dossier, CANCEL_REQUEST, act, reason=reason)
        complements.end(row, act.now)
        notify(row, CANCEL_REQUEST, act, reason=reason)


@performs(AMEND_ANSWER)
def amend_answer(dossier: Dossier, act: Act, key: str, value: Any, reason: str) -> None:
    """Correct a typing error in an answer; the version before stays. Raises StillWrong."""
    with database.atomic():
        row = store.locked(dossier.id)
        corrected = corrections.checked(row, {key: value}, act.now)
        facts = {"count": len(corrected.changes)}
        row = make_transition(row, AMEND_ANSWER, act, reason=reason, facts=facts, **corrected.columns)
        if not corrected.changes:
            return
        Correction.create(dossier=row, at=act.now, changes=corrected.changes, agent=act.agent, reason=reason)
        index_for_search(row)
        before, after = corrected.changes[key]
        notify(row, AMEND_ANSWER, act, question=key, before=before, after=after, reason=reason)


@performs(REREAD)
def reread(dossier: Dossier, act: Act) -> None:
    """Have the register asked again; the worker takes over what changed."""
    with database.atomic():
        row = make_transition(dossier, REREAD, act)
        register_rereadings.request(row, act.now)


@performs(STEP_BACK)
def step_back(dossier: Dossier, act: Act, reason: str) -> None:
    """Take back a step of the card that was noted by mistake; the certificate of the decision counts again."""
    with database.atomic():
        columns = {"card": None, "card_since": None} if dossier.state == State.CARD_AVAILABLE else {}
        row = make_transition(dossier, STEP_BACK, act, reason=reason, **columns)
        notify(row, STEP_BACK, act, reason=reason, state=row.state)


@performs(MENTION)
def mention_work(dossier: Dossier, act: Act, mention: str) -> None:
    """Print a mention on work on the extension certificates, from now on; "" for none. Those in force are replaced."""
    with database.atomic():
        row = make_transition(dossier, MENTION, act, reason=mention, work_mention=mention or None)
        replaced = endings.replace_all(row, AttestationKind.EXTENSION, mention, act.now, act.agent)
        notify(row, MENTION, act, mention=mention, certified=replaced)


@performs(ISSUE_AGAIN)
def issue_again(dossier: Dossier, act: Act) -> None:
    """Issue the certificate of the decision again, after the one before left force."""
    with database.atomic():
        row = make_transition(dossier, ISSUE_AGAIN, act)
        issued = attestations.certify_decision(row, act.now)
        notify(row, ISSUE_AGAIN, act, **({"code": issued.code} if issued else {}))
