"""Questions that a gateway could not answer at once, asked again by the worker: virus scans, photo codes."""

from datetime import datetime, timedelta

from app.domain.dossiers.states import Role
from app.domain.rules.ephotos import EPhotoState
from app.gateways.antivirus import Scanner, Verdict
from app.gateways.ephoto import PhotoDesk
from app.services.applications import photos
from app.services.batch import for_each_isolated
from app.storage import retention
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.files import FileStore, read_unchanged
from app.storage.models import Document

PHOTO_EVERY = timedelta(hours=1)
INFECTED = "document_infected"


class NotScannedYet(Exception):
    """Raised when the scanner does not answer; the file stays `waiting`, never `clean`."""


def scan(document_id: int, scanner: Scanner, files: FileStore, now: datetime) -> None:
    """Scan a waiting file; remove an infected one and append an event to the dossier's history.

    Raises NotScannedYet, FileChanged.
    """
    document = retention.document(document_id)
    if document is None or document.scan != "waiting":
        return
    verdict = scanner.scan(read_unchanged(files, document.key, document.sha256))
    if verdict is Verdict.CLEAN:
        Document.update(scan="clean").where(Document.id == document_id).execute()
    elif verdict is Verdict.INFECTED:
        _remove(document, now)
    else:
        raise NotScannedYet


def _remove(document: Document, now: datetime) -> None:
    with database.atomic():
        row = dossiers.locked(document.dossier_id)
        waits = (Document.id == document.id) & (Document.scan == "waiting")
        if not Document.update(scan="infected", removed_at=now).where(waits).execute():
            return  # another worker had the answer
        facts = {"slot": document.slot}
        dossiers.append_event(row, INFECTED, Role.SYSTEM, now, facts=facts)


def check_photos(desk: PhotoDesk, now: datetime) -> int:
    """Look up again the e-photo codes unknown so far, each hourly for three days; return how many are known now."""
    waiting = retention.photos_to_check(now - PHOTO_EVERY, str(EPhotoState.NOT_ARRIVED))
    return for_each_isolated("photo", waiting, lambda photo: photos.check_again(desk, photo, now))
