"""Previews of a decision: its letter, and what the agent should know before granting."""

from collections.abc import Mapping
from typing import Any, cast

from app.domain.actions.action import AgentAction
from app.domain.actions.review import AMEND
from app.domain.dossiers import decisions
from app.domain.dossiers.decision_letters import Head
from app.domain.dossiers.decisions import Outcome
from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures import journey
from app.domain.rules.names import given_first, with_latin
from app.domain.rules.parameters import LAST_RENEWAL
from app.presenters.public.prices import in_doubt
from app.services.certificates.attestations import fee_in_doubt, fee_of
from app.services.decisions import decision_letters
from app.services.decisions.decision_letters import Paragraphs
from app.services.filed import case_of
from app.services.review.dossier_view import DossierView
from app.storage.applications import decision_letters as letters
from app.web.current import agent, now, service, today
from app.web.localisation.language import language


def preview(review: DossierView, action: AgentAction, arguments: Mapping[str, Any]) -> Paragraphs:
    """Return the paragraphs of the letter of an action; `arguments` are those of the function that performs it."""
    opening = ""
    if action is AMEND:
        opening = decision_letters.REPLACES
        decision = decision_letters.amended(review.dossier.decision or {}, arguments["granted"], now())
    elif action.outcome is Outcome.FAVOURABLE:
        decision = decision_letters.favourable(arguments["granted"], now())
    else:
        decision = decision_letters.against(cast(Outcome, action.outcome), **arguments, now=now())
    return decision_letters.preview(review.dossier, decision, agent(), now(), opening)


def head_of(review: DossierView) -> Head:
    """Return the head of that letter: the service, the applicant's name, the reference."""
    identity, place = review.dossier.identity, service()
    name = with_latin(given_first(identity), identity)
    return Head(place.name, place.city, name, str(review.dossier.reference))


def grounds(review: DossierView) -> dict[str, Any]:
    """Return what the page shows before granting: fee in cents, documents not checked, faults, renewals in a row."""
    fee = fee_of(review.dossier, today())
    left = len(review.requested_documents) - review.checked if review.checkable else 0
    doubts = fee_in_doubt(review.dossier, today())
    return {
        "fee": fee,
        "reserved": in_doubt(doubts, language()),
        "fee_set": review.dossier.fee is not None,
        "renewals": _renewals(review),
        "as_long_as": review.journey.granted_until(case_of(review.dossier)),
        "left": left,
        "faults": review.faults,
    }


def _renewals(review: DossierView) -> int:
    """Return how many renewals in a row this would make, among decisions known here; 0 below the law's limit."""
    temporary = any(grant.kind == "CST" for grant in review.journey.grants)
    if not temporary or not _renews(review.journey) or not review.journey.continues(review.dossier.identity):
        return 0
    earlier = [
        decision
        for slug, version, decision in letters.decided_before(review.dossier)
        if _renews(journey(slug, version))
    ]
    known = decisions.renewals(str(review.dossier.identity["mention"]), earlier) + 1
    return known if known >= LAST_RENEWAL else 0


def _renews(procedure: Journey) -> bool:
    return procedure.purpose is Purpose.RENEWAL
