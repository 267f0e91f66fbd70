"""What operators may set: read only, maintenance, and a machine that takes no new work."""

from datetime import datetime
from enum import StrEnum

from app.settings import ROOT
from app.storage import operating

_MODE = "mode"
DRAINED = ROOT / "var" / "drained"


class Mode(StrEnum):
    """What the service takes in. What can be read is readable in the first two."""

    OPEN = "open"
    READ_ONLY = "read-only"
    MAINTENANCE = "maintenance"


def mode() -> Mode:
    """Return what an operator set, for all machines."""
    return Mode(operating.switched(_MODE) or Mode.OPEN)


def set_mode(wanted: Mode, now: datetime) -> None:
    """Set what all machines take in."""
    operating.switch(_MODE, wanted, now)


def drained() -> bool:
    """Return whether an operator takes this machine out: a file says so, which needs no database."""
    return DRAINED.exists()


def drain(wanted: bool) -> None:
    """Take this machine out of its balancer and its workers off their work, or take it in again."""
    if wanted:
        DRAINED.parent.mkdir(exist_ok=True)
        DRAINED.touch()
    else:
        DRAINED.unlink(missing_ok=True)
