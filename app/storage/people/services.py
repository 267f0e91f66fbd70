"""Queries on the services: who is in charge."""

from collections.abc import Sequence

from app.storage.database import row_lock
from app.storage.models import Service


class NoServiceInCharge(Exception):
    """No service takes the applications of a place: a gap in the configuration, told to operators."""


def in_charge(codes: Sequence[str]) -> Service:
    """The first of these services that takes applications."""
    found = {row.code: row for row in Service.select().where(Service.code.in_(codes) & Service.active)}
    for code in codes:
        if code in found:
            return found[code]
    raise NoServiceInCharge(", ".join(codes))


def locked(service_id: int) -> Service:
    """A service kept from others until the transaction ends."""
    return row_lock(Service.select().where(Service.id == service_id)).get()


def all_services() -> dict[str, Service]:
    """All services by code, closed ones too."""
    return {row.code: row for row in Service.select().order_by(Service.code)}
