"""Queries on services."""

from collections.abc import Sequence

from app.storage.database import row_lock
from app.storage.models import Service


class NoServiceInCharge(Exception):
    """Raised when no active service covers a place, which is a gap in the configuration."""


def in_charge(codes: Sequence[str]) -> Service:
    """Return the first active service among these codes; NoServiceInCharge if there is none."""
    found = {row.code: row for row in Service.select().where(Service.code.in_(codes) & Service.active)}
    for code in codes:
        if code in found:
            return found[code]
    raise NoServiceInCharge(", ".join(codes))


def locked(service_id: int) -> Service:
    """Return a service locked until the transaction ends."""
    return row_lock(Service.select().where(Service.id == service_id)).get()


def all_services() -> dict[str, Service]:
    """Return all services by code, closed ones included."""
    return {row.code: row for row in Service.select().order_by(Service.code)}
