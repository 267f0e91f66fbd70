"""Examination of uploaded files: identified by their bytes, decoded in a confined process, written anew (ADR 0005)."""

from app.domain.rules.uploads import LIMITS, Limits, Refused
from app.intake.confinement import LAYERS, NEEDED
from app.intake.outcome import Accepted, Outcome
from app.intake.sandbox import Sandbox

shared_sandbox = Sandbox()


def draw_page(pdf: bytes, page: int, source: str = "") -> bytes | Refused:
    """Return a page of a PDF that we wrote, counted from 1, as a JPEG; never raises. `source` is its reader."""
    outcome = shared_sandbox.draw(pdf, page, source)
    return outcome.content if isinstance(outcome, Accepted) else outcome


def require_confinement(required: bool) -> None:
    """Refuse every file from now on unless the needed layers confine what examines it; as in production."""
    shared_sandbox.needed = NEEDED if required else frozenset()


def confining_layers() -> frozenset[str]:
    """Return the layers of confinement that hold on this machine; none where files cannot be examined at all."""
    return shared_sandbox.probe()


def examine(data: bytes, limits: Limits = LIMITS, source: str = "") -> Outcome:
    """Return a file as it is to be stored, or the reason it is refused; never raises.

    `source` is its sender: an account or an address. The examination takes two files of one source at a time.
    """
    return shared_sandbox.examine(data, limits, source)


__all__ = [
    "LAYERS",
    "NEEDED",
    "Accepted",
    "Outcome",
    "Refused",
    "confining_layers",
    "draw_page",
    "examine",
    "require_confinement",
]
