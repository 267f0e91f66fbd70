"""What goes wrong in the demonstration: an e-photo that never comes, and a mailbox that refuses letters."""

from datetime import datetime

from app.storage import failed_work, outbox
from app.storage.people import accounts

TROUBLED = "9920000113"  # typed a code that the photo desk does not know, and an address without mailbox


def create(now: datetime) -> None:
    """Refuse the letters to the applicant, as their mail server would."""
    account = accounts.by_number(TROUBLED)
    for row in failed_work.letters_to(account.id) if account else ():
        outbox.end(row, "MailRefused: SMTPRecipientsRefused 550 5.1.1", now)
