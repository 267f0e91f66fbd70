"""Examination of uploaded files: identified by their bytes, decoded in a confined process, written anew (ADR 0005)."""

from app.domain.rules.uploads import LIMITS, Limits, Refused
from app.intake.outcome import Accepted, Outcome
from app.intake.sandbox import Sandbox

shared_sandbox = Sandbox()


def examine(data: bytes, limits: Limits = LIMITS, source: str = "") -> Outcome:
    """Return a file as it is to be stored, or the reason it is refused; never raises.

    `source` is who sends it: an account or an address. The examination takes two files of one source at a time.
    """
    return shared_sandbox.examine(data, limits, source)


__all__ = ["Accepted", "Outcome", "Refused", "examine"]
