"""The state of a running service, part by part: whether a person can file now, and what an operator has to look at."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.services.operations import rights
from app.services.operations.files_health import Report
from app.services.operations.modes import Mode, drained, mode
from app.storage import database, operating
from app.storage.files import FileStore, StoreUnavailable

SILENT = timedelta(minutes=5)  # a loop of a worker beats every quarter of a minute, a long sweep later
LATE = timedelta(minutes=10)  # what is due is done within seconds
OLD_SIGNATURES = timedelta(days=3)  # new ones come several times a day
SKEW = timedelta(seconds=5)
LOW_BYTES = 2 * 2**30
FULL_BYTES = 200 * 2**20  # less than that, and the largest upload with its copies may not fit


@dataclass(frozen=True)
class Part:
    """A part of the service: whether it is as it should be, whether filing `needs` it, and what there is to say."""

    name: str
    ok: bool
    says: str
    needed: bool = False


@dataclass(frozen=True)
class Asked:
    """What the parts are asked of."""

    files: FileStore
    report: Callable[[], Report]  # of the examination of files
    folders: Sequence[Path]  # which the service writes to
    now: datetime  # of the service
    system_now: Callable[[], datetime] = lambda: datetime.now(UTC)


def ready(parts: Sequence[Part]) -> bool:
    """Return whether a person can file."""
    return all(part.ok for part in parts if part.needed)


def parts(asked: Asked) -> list[Part]:
    """Return the state of each part; one that cannot be asked is not as it should be, and says by which error."""
    found: list[Part] = []
    for name, look in _LOOKS.items():
        try:
            found += look(asked)
        except Exception as error:  # a part that fails must not hide the others
            found.append(Part(name, False, type(error).__name__, needed=name in _NEEDED))
    return found


def _database(asked: Asked) -> Iterator[Part]:
    operating.switch("probe", "written", asked.now)
    yield Part("database", True, "can be written", needed=True)


def _migrations(asked: Asked) -> Iterator[Part]:
    missing = database.pending()
    yield Part("migrations", not missing, f"lacks {', '.join(missing)}" if missing else "all", needed=True)


def _store(asked: Asked) -> Iterator[Part]:
    try:
        asked.files.check()
    except StoreUnavailable as error:
        yield Part("store", False, str(error), needed=True)
    else:
        yield Part("store", True, "takes files", needed=True)


def _files(asked: Asked) -> Iterator[Part]:
    report = asked.report()
    missing = f"lacks {', '.join(report.missing)}" if report.missing else "every needed layer holds"
    yield Part("confinement", not report.refuses, missing, needed=True)
    tells = "tells bad from good" if report.scanner_tells else "does not tell a bad file from a good one"
    yield Part("scanner", report.scanner_tells, tells)
    if report.signatures_at:
        old = asked.system_now() - report.signatures_at
        yield Part("signatures", old < OLD_SIGNATURES, f"{old.days} days old")


def _work(asked: Asked) -> Iterator[Part]:
    oldest = min((since for _many, since in operating.due(asked.now).values()), default=asked.now)
    waits = asked.now - oldest
    yield Part("work", waits < LATE, f"the oldest that is due waits {_seconds(waits)} s")
    beats = operating.last_beats()
    silent = [loop for loop in operating.LOOPS if asked.now - beats.get(loop, _NEVER) > SILENT]
    yield Part("worker", not silent, f"silent: {', '.join(silent)}" if silent else "every loop turns")
    overdue = rights.overdue(asked.now)
    yield Part("rights", not overdue, f"{overdue} certificates should have been issued")


def _disk(asked: Asked) -> Iterator[Part]:
    free = {folder: shutil.disk_usage(folder).free for folder in asked.folders}
    lowest = min(free.values())
    yield Part("disk", lowest >= FULL_BYTES, f"{lowest // 2**20} MB free", needed=True)
    yield Part("room", lowest >= LOW_BYTES, f"{lowest // 2**20} MB free")


def _clock(asked: Asked) -> Iterator[Part]:
    skew = asked.system_now() - database.clock()
    yield Part("clock", abs(skew) < SKEW, f"{skew.total_seconds():.1f} s from the database's")


def _mode(asked: Asked) -> Iterator[Part]:
    present = mode()
    out = ", this machine drained" if drained() else ""
    yield Part("mode", present is Mode.OPEN and not out, f"{present.value}{out}", needed=True)


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LOOKS: dict[str, Callable[[Asked], Iterator[Part]]] = {
    "database": _database,
    "migrations": _migrations,
    "store": _store,
    "files": _files,
    "work": _work,
    "disk": _disk,
    "clock": _clock,
    "mode": _mode,
}
_NEEDED = frozenset({"database", "migrations", "store", "files", "disk", "mode"})


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
