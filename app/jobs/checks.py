"""Handlers that ask a gateway again, or read again what is stored."""

from app.jobs.work import Work
from app.services import virus_scans
from app.services.operations import stored_files


def scan_document(work: Work) -> None:
    """Scan a document that was received."""
    outside = work.gateways
    virus_scans.scan_document(int(work.payload["document"]), outside.scanner, outside.files, work.now)


def scan_attachment(work: Work) -> None:
    """Scan a file of a message that was received."""
    outside = work.gateways
    virus_scans.scan_attachment(int(work.payload["attachment"]), outside.scanner, outside.files, work.now)


def check_files(work: Work) -> None:
    """Read again the files of a dossier, which was just filed or of which a file was found changed."""
    stored_files.check(int(work.payload["dossier"]), work.gateways.files)
