"""Conditions on the visa in an identity from the permit register."""

from datetime import date

from app.domain.rules.deadlines import Identity


def awaits_validation(identity: Identity) -> bool:
    """Return whether the identity has a visa that counts as a permit once validated; validation gives a number."""
    return identity["permit_kind"] == "VLS-TS" and not identity["foreign_number"]


def running(identity: Identity, day: date) -> bool:
    """Return whether the identity has a long-stay visa that is valid on a day: being late costs nothing (L.436-5)."""
    return identity["permit_kind"] in ("VLS-TS", "VLS") and day <= date.fromisoformat(identity["valid_until"])


def awaits_permit(identity: Identity) -> bool:
    """Return whether the identity has a long-stay visa to be exchanged for a permit."""
    return bool(identity["permit_kind"] == "VLS")
