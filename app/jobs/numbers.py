"""Handlers that ask the register for a number."""

from app.jobs.work import Work
from app.services import numbers


def give_number(work: Work) -> None:
    """Number the holder of a visa whose application is being worked on."""
    numbers.give(work.gateways.register, int(work.payload["dossier"]), work.now)
