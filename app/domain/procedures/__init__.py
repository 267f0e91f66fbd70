"""The procedures of the service, one file each."""

from app.domain.journeys.editions import Registry
from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures.family import FAMILY_FIRST, FAMILY_RENEWAL
from app.domain.procedures.loss import LOSS
from app.domain.procedures.moving import MOVING
from app.domain.procedures.student import STUDENT_FIRST, STUDENT_RENEWAL
from app.domain.procedures.talent import TALENT_FIRST, TALENT_RENEWAL
from app.domain.procedures.validation import VISA_VALIDATION
from app.domain.procedures.visitor import VISITOR_FIRST, VISITOR_RENEWAL
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
    """Return the procedure that a dossier was begun with; KeyError for what no edition ever had."""
    return registry.journey(slug, version)


def current(slug: str) -> Journey | None:
    """Return the procedure that a new dossier begins with; None for a retired one, or an unknown address."""
    return registry.current(slug)


def latest(slug: str) -> Journey | None:
    """Return the last edition of a procedure, on offer or retired; None for an unknown address."""
    return registry.latest(slug)


def known() -> tuple[Journey, ...]:
    """Return the last edition of every procedure, on offer or retired: what dossiers may have been begun with."""
    return registry.known()


def replacement(slug: str) -> Journey | None:
    """Return what to begin in place of a retired procedure, itself where it is not; None where nothing replaces it."""
    return registry.replacement(slug)


def replaces(slug: str) -> tuple[str, ...]:
    """Return the addresses of the retired procedures that a procedure replaces."""
    return registry.replaces(slug)


def open_to(identity: Identity, purpose: Purpose) -> tuple[Journey, ...]:
    """What the holder of a permit can begin for a purpose."""
    return tuple(one for one in on_offer() if one.purpose is purpose and one.serves(identity))


def purpose_of(identity: Identity) -> Purpose:
    """What the holder of a permit or a visa comes for first."""
    if awaits_validation(identity):
        return Purpose.VALIDATION
    return Purpose.FIRST if awaits_permit(identity) else Purpose.RENEWAL


def renewal_of(identity: Identity) -> Journey | None:
    """The renewal of a permit; None when its ground of stay is not handled on line."""
    return next((one for one in open_to(identity, Purpose.RENEWAL) if one.continues(identity)), None)


def on_offer() -> tuple[Journey, ...]:
    """What a new dossier can be begun with."""
    return tuple(journey for journey in known() if current(journey.slug))
