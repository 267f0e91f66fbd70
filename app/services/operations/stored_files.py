"""Stored files read again: their bytes are compared with those received or printed, and a difference is told."""

import logging
from datetime import datetime

from app.storage import outbox, stored_files
from app.storage.files import FileChanged, FileMissing, FileStore, read_unchanged

CHECK = "check_files"  # fails while a file is changed or missing: agents read it on the dossier, operators in `outbox`

log = logging.getLogger(__name__)


def post_check(dossier_id: int, now: datetime) -> None:
    """Have the files of a dossier read again, in the transaction of the act after which they count."""
    outbox.post(CHECK, {"dossier": dossier_id}, now, dossier=dossier_id)


def check(dossier_id: int, files: FileStore) -> None:
    """Read each file of a dossier. Raises FileChanged or FileMissing if one is not as it was stored."""
    wrong: FileChanged | FileMissing | None = None
    for key, sha256 in stored_files.of_dossier(dossier_id):
        try:
            read_unchanged(files, key, sha256)
        except (FileChanged, FileMissing) as error:
            log.error("stored file: %s", type(error).__name__, extra={"fields": {"dossier": dossier_id}})
            wrong = wrong or error
    if wrong:
        raise wrong


def report(key: str, now: datetime) -> None:
    """Have the files of a dossier read again, once, because one of them was found changed."""
    dossier_id = stored_files.dossier_of(key)
    if dossier_id is not None and not outbox.unfinished(CHECK, dossier_id):
        post_check(dossier_id, now)
