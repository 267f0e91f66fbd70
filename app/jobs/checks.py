"""Handlers that ask a gateway again."""

from app.jobs.work import Work
from app.services.calendar import gateway_retries


def scan_document(work: Work) -> None:
    """Show a file to the virus scanner, which was away when it came."""
    outside = work.gateways
    gateway_retries.scan(int(work.payload["document"]), outside.scanner, outside.files, work.now)
