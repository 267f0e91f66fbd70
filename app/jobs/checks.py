"""Handlers that ask a gateway again, or read again what is stored."""

from app.jobs.work import Work
from app.services.calendar import gateway_retries
from app.services.operations import stored_files


def scan_document(work: Work) -> None:
    """Scan a document that was received while the virus scanner was unavailable."""
    gateways = work.gateways
    gateway_retries.scan(int(work.payload["document"]), gateways.scanner, gateways.files, work.now)


def check_files(work: Work) -> None:
    """Read again the files of a dossier, which was just filed or of which a file was found changed."""
    stored_files.check(int(work.payload["dossier"]), work.gateways.files)
