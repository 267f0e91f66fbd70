"""Examination of uploaded files: identified by their bytes, decoded in a sandbox, pictures re-encoded (ADR 0005)."""

from app.domain.rules.uploads import LIMITS, Limits, Refused
from app.intake.outcome import Accepted, Outcome
from app.intake.sandbox import Sandbox

_sandbox = Sandbox()


def examine(data: bytes, limits: Limits = LIMITS) -> Outcome:
    """Return a file as it is to be stored, or the reason it is refused; never raises."""
    return _sandbox.examine(data, limits)


__all__ = ["Accepted", "Outcome", "Refused", "examine"]
