"""Another time for processes, by libfaketime of Debian. Monotonic clocks, by which programs wait, go on as they are."""

import os
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.settings import ROOT
from tooling.parts import PARTS, MissingPart, unpacked_from_debian

NAMES = ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC", "NO_FAKE_STAT", "PYTHONPATH")
# Python sleeps until an instant of the monotonic clock, which libfaketime 0.9.10 takes for one of the other clock.
SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"


def off_by(span: timedelta, folder: Path) -> Mapping[str, str]:
    """Return the environment of processes whose clock is off; the library is copied where every account may read it."""
    found = unpacked_from_debian("libfaketime")
    library = next(found.rglob("libfaketime.so.1"), None) if found else None
    if library is None:
        raise MissingPart("What gives processes another time is missing: install the package libfaketime.")
    copied = folder / library.name
    if not copied.exists():
        shutil.copyfile(library, copied)
        copied.chmod(0o755)
    (folder / "sitecustomize.py").write_text(SLEEP, encoding="utf-8")
    return {
        "PYTHONPATH": f"{folder}:{ROOT}",
        "LD_PRELOAD": str(copied),
        "FAKETIME": f"{span.total_seconds():+.0f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def live_at(instant: datetime) -> None:
    """Go on as this process at another instant: it begins again with that clock, and all that it starts has it too."""
    if "FAKETIME" not in os.environ:
        folder = PARTS / "clock"
        folder.mkdir(exist_ok=True)
        environment = os.environ | off_by(instant - datetime.now(UTC), folder)
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def inherited() -> Mapping[str, str]:
    """Return the environment that gives what this process starts its own clock."""
    return (
        {name: os.environ[name] for name in NAMES if name in os.environ} if "FAKETIME" in os.environ else {}
    )
