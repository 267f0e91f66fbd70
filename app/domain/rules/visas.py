"""What holding a visa changes, as the permit register tells it."""

from app.domain.rules.deadlines import Identity


def awaits_validation(identity: Identity) -> bool:
    """Whether somebody holds a visa that counts as a permit once validated: they are numbered that day."""
    return identity["permit_kind"] == "VLS-TS" and not identity["foreign_number"]


def awaits_permit(identity: Identity) -> bool:
    """Whether somebody holds a visa to be exchanged for a permit."""
    return bool(identity["permit_kind"] == "VLS")
