"""Files from strangers: believed by their bytes, decoded apart, kept only as we write them anew."""

from app.domain.rules.uploads import LIMITS, Limits, Refused
from app.intake.outcome import Accepted, Outcome
from app.intake.sandbox import Sandbox

_sandbox = Sandbox()


def examine(data: bytes, limits: Limits = LIMITS) -> Outcome:
    """Keep or refuse a file; never raises, whatever the bytes are."""
    return _sandbox.examine(data, limits)


__all__ = ["Accepted", "Outcome", "Refused", "examine"]
