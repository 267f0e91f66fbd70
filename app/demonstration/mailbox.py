"""What a demonstration sent: kept in folders by the stand-ins, shown on a page."""

from email.message import EmailMessage

from app.deployment import Gateways
from app.gateways.mail import FolderMailer
from app.gateways.sms import FolderTexter, Sms

MOST = 50


def letters(outside: Gateways) -> list[tuple[str, EmailMessage]]:
    """The newest e-mails, each with its name; none where they really left."""
    return list(outside.mail.letters())[:MOST] if isinstance(outside.mail, FolderMailer) else []


def letter(outside: Gateways, name: str) -> EmailMessage | None:
    """One e-mail."""
    if not isinstance(outside.mail, FolderMailer):
        return None
    known = {known for known, _letter in outside.mail.letters()}
    return outside.mail.letter(name) if name in known else None


def texts(outside: Gateways) -> list[Sms]:
    """The newest SMS."""
    return outside.sms.messages()[:MOST] if isinstance(outside.sms, FolderTexter) else []
