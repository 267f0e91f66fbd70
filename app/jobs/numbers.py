"""Handlers that write to the register: numbers of people who came with a visa, permits that are worth nothing."""

from app.jobs.work import Work
from app.services.applications import foreign_numbers, permit_invalidations


def give_number(work: Work) -> None:
    """Number the holder of a visa whose application is being worked on."""
    foreign_numbers.assign(work.gateways.register, int(work.payload["dossier"]), work.now)


def invalidate_permit(work: Work) -> None:
    """Tell the register that a permit declared lost, stolen or damaged is worth nothing any more."""
    permit_invalidations.invalidate(work.gateways.register, int(work.payload["dossier"]), work.now)
