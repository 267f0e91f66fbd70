"""E-mails and SMS of a demonstration, which its gateways write to folders and a page shows."""

from email.message import EmailMessage

from app.deployment import Gateways
from app.gateways.mail import FolderMailer
from app.gateways.sms import FolderTexter, Sms

MOST = 50


def letters(gateways: Gateways) -> list[tuple[str, EmailMessage]]:
    """Return the MOST newest e-mails with their names, none if they are sent by SMTP."""
    return list(gateways.mail.letters())[:MOST] if isinstance(gateways.mail, FolderMailer) else []


def letter(gateways: Gateways, name: str) -> EmailMessage | None:
    """Return an e-mail by name, None if there is none."""
    if not isinstance(gateways.mail, FolderMailer):
        return None
    known = {known for known, _letter in gateways.mail.letters()}
    return gateways.mail.letter(name) if name in known else None


def texts(gateways: Gateways) -> list[Sms]:
    """Return the MOST newest SMS, none if they are sent by a provider."""
    return gateways.sms.messages()[:MOST] if isinstance(gateways.sms, FolderTexter) else []
