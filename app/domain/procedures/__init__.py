"""Procedures of the service, one module each, and queries on them."""

from app.domain.journeys.editions import Registry
from app.domain.journeys.journey import Journey, Purpose
from app.domain.journeys.questions import Case
from app.domain.procedures.family import FAMILY_FIRST, FAMILY_RENEWAL
from app.domain.procedures.loss import LOSS
from app.domain.procedures.moving import MOVING
from app.domain.procedures.student import STUDENT_FIRST, STUDENT_RENEWAL
from app.domain.procedures.talent import TALENT_FIRST, TALENT_RENEWAL
from app.domain.procedures.validation import VISA_VALIDATION
from app.domain.procedures.visitor import VISITOR_FIRST, VISITOR_RENEWAL
from app.domain.rules.calendar import Timing
from app.domain.rules.deadlines import Identity
from app.domain.rules.visas import awaits_permit, awaits_validation

JOURNEYS: tuple[Journey, ...] = (
    STUDENT_RENEWAL,
    STUDENT_FIRST,
    TALENT_RENEWAL,
    TALENT_FIRST,
    FAMILY_RENEWAL,
    FAMILY_FIRST,
    VISITOR_RENEWAL,
    VISITOR_FIRST,
    VISA_VALIDATION,
    MOVING,
    LOSS,
)

registry = Registry(JOURNEYS)


def journey(slug: str, version: int) -> Journey:
    """Return the procedure of a dossier in the edition in which it was begun. Raises KeyError for an unknown one."""
    return registry.journey(slug, version)


def current(slug: str) -> Journey | None:
    """Return the present edition of a procedure; None for a retired one or an unknown address."""
    return registry.current(slug)


def latest(slug: str) -> Journey | None:
    """Return the last edition of a procedure, on offer or retired; None for an unknown address."""
    return registry.latest(slug)


def known() -> tuple[Journey, ...]:
    """Return the last edition of every procedure, retired ones too."""
    return registry.known()


def replacement(slug: str) -> Journey | None:
    """Return the present procedure that replaces a retired one, or the procedure itself; None if there is none."""
    return registry.replacement(slug)


def replaces(slug: str) -> tuple[str, ...]:
    """Return the addresses of the retired procedures that a procedure replaces."""
    return registry.replaces(slug)


def open_to(identity: Identity, purpose: Purpose) -> tuple[Journey, ...]:
    """Return the procedures of a purpose that are open to the holder of a permit."""
    return tuple(journey for journey in on_offer() if journey.purpose is purpose and journey.serves(identity))


def purpose_of(identity: Identity) -> Purpose:
    """Return the purpose that the holder of a permit or visa most likely has."""
    if awaits_validation(identity):
        return Purpose.VALIDATION
    return Purpose.FIRST if awaits_permit(identity) else Purpose.RENEWAL


def following(journey: Journey, case: Case) -> Journey | None:
    """Return the procedure that has to be begun after another one; None if it cannot be begun here, or not any more."""
    purpose = journey.leads_to(case)
    offered = open_to(case.identity, purpose) if purpose else ()
    blank = Case({}, today=case.today, identity=case.identity)
    possible = (other for other in offered if other.continues(case.identity))
    return next(
        (other for other in possible if other.window(blank).timing(case.today) is not Timing.TOO_LATE), None
    )


def renewal_of(identity: Identity) -> Journey | None:
    """Return the renewal of a permit; None if its ground of stay is not handled on this site."""
    renewals = open_to(identity, Purpose.RENEWAL)
    return next((journey for journey in renewals if journey.continues(identity)), None)


def on_offer() -> tuple[Journey, ...]:
    """Return the procedures with which a new dossier can be begun."""
    return registry.on_offer
