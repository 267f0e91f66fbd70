"""Handlers that ask a gateway again."""

from app.jobs.work import Work
from app.services.calendar import gateway_retries


def scan_document(work: Work) -> None:
    """Scan a document that was received while the virus scanner was unavailable."""
    gateways = work.gateways
    gateway_retries.scan(int(work.payload["document"]), gateways.scanner, gateways.files, work.now)
