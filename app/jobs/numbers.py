"""Handlers that write to the permit register."""

from app.jobs.work import Work
from app.services.applications import foreign_numbers, permit_invalidations, register_rereadings


def give_number(work: Work) -> None:
    """Assign a foreign-national number to the holder of a visa whose application is taken."""
    foreign_numbers.assign(work.gateways.register, int(work.payload["dossier"]), work.now)


def invalidate_permit(work: Work) -> None:
    """Report a permit declared lost, stolen or damaged to the register."""
    permit_invalidations.invalidate(work.gateways.register, int(work.payload["dossier"]), work.now)


def read_identity(work: Work) -> None:
    """Read civil status and permit again in the register."""
    register_rereadings.reread(work.gateways.register, int(work.payload["dossier"]), work.now)
