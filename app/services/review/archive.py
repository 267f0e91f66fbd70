"""A dossier as one ZIP file for a court, another prefecture or the archives: made while it is sent, never held whole."""

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.domain.rules.uploads import Scan
from app.services.review.dossier_view import DossierView
from app.services.review.papers import Paper
from app.storage.files import FileChanged, FileMissing, FileStore, StoreUnavailable, read_unchanged

log = logging.getLogger(__name__)

MOST_BYTES = 1_000_000_000  # of the files of one archive; an ordinary dossier has a hundredth of it
PART = 1_000_000  # bytes of a file that are on their way at once
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class Member:
    """A file of the archive: its name there, its size, and how its bytes are read."""

    name: str
    size: int
    read: Callable[[FileStore], bytes]


def members(view: DossierView, papers: Sequence[Paper]) -> list[Member]:
    """Return the files of a dossier as an agent may read them: papers first, then the documents, replaced ones too."""
    printed = [Member(f"papiers/{paper.name}", 0, paper.read) for paper in papers if paper.printed]
    return [*printed, *_documents(view)]


def _documents(view: DossierView) -> Iterator[Member]:
    for place, requested in enumerate(view.requested_documents, 1):
        folder = f"documents/{place:02d}-{requested.key}"
        for folder_name, files in ((folder, requested.files), (f"{folder}/remplaces", requested.earlier)):
            for number, file in enumerate(files, 1):
                if file.scan != Scan.CLEAN:
                    continue
                name = f"{folder_name}/{number}.{_ENDINGS.get(file.media_type, 'bin')}"
                yield stored(name, file.size, file.key, file.sha256)


def stored(name: str, size: int, key: str, sha256: str) -> Member:
    """Return a stored file, left out of the archive if it is not what it was when it was stored."""
    return Member(name, size, partial(read_unchanged, key=key, sha256=sha256))


def stream(
    found: Sequence[Member],
    texts: dict[str, str],
    left_out: str,
    files: FileStore,
    now: datetime,
    most: int | None = None,
) -> Iterator[bytes]:
    """Yield the bytes of the archive, file by file.

    `texts` are written as they are. `left_out` names the last text, which lists the files that could not be read or
    came after `most` bytes, MOST_BYTES if it is None: an archive that is begun cannot be refused any more.
    """
    sink = _Sink()
    missing, total = [], 0
    with ZipFile(sink, "w") as archive:
        for name, text in texts.items():
            archive.writestr(_info(name, now, ZIP_DEFLATED), text)
        for member in found:
            total += member.size
            try:
                content = member.read(files) if total <= (most or MOST_BYTES) else None
            except (FileMissing, StoreUnavailable, FileChanged) as error:
                log.error("left out of an archive: %s", type(error).__name__)
                content = None
            if content is None:
                missing.append(member.name)
                continue
            info = _info(member.name, now, ZIP_STORED)
            info.file_size = len(content)
            with archive.open(info, "w") as written:
                for begins in range(0, len(content), PART):
                    written.write(content[begins : begins + PART])
                    yield sink.taken()
            del content  # before the next is read
        if missing:
            archive.writestr(_info(left_out, now, ZIP_DEFLATED), "\r\n".join(missing))
    yield sink.taken()


def _info(name: str, now: datetime, compression: int) -> ZipInfo:
    info = ZipInfo(name, now.timetuple()[:6])
    info.compress_type = compression
    return info


class _Sink(io.RawIOBase):
    """What the archive writes to: holds what was not sent yet."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        part = memoryview(content)
        self._kept += part
        return part.nbytes

    def taken(self) -> bytes:
        """Return what was written since the last call, and forget it."""
        part = bytes(self._kept)
        self._kept.clear()
        return part
