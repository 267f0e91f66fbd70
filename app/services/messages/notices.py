"""Telling the applicant: one line in their space, one mail, sometimes one SMS, in the act's own transaction."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from app.storage import outbox
from app.storage.models import Account, Dossier, Notice


class NoticeKind(StrEnum):
    """What an applicant is told of; each has a template `mail/notices/<kind>.txt`."""

    FILED = "filed"
    TAKEN = "taken"
    COMPLEMENT_ASKED = "complement_asked"
    COMPLEMENT_SENT = "complement_sent"
    COMPLEMENT_REMINDER = "complement_reminder"
    COMPLEMENT_UNSENT = "complement_unsent"
    TIME_ANSWERED = "time_answered"
    EXTENSION_ISSUED = "extension_issued"
    EXTENSION_WITHHELD = "extension_withheld"
    RIGHTS_ENDING = "rights_ending"
    REVOKED = "revoked"
    APPROVED = "approved"
    REFUSED = "refused"
    CLOSED = "closed"
    REOPENED = "reopened"
    IN_PRODUCTION = "in_production"
    CARD_AVAILABLE = "card_available"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    COLLECTED = "collected"
    MOVED = "moved"
    ANSWERED = "answered"
    WRITTEN = "written"
    RENEWAL_OPENING = "renewal_opening"
    RENEWAL_HALFWAY = "renewal_halfway"
    RENEWAL_LAST_DAYS = "renewal_last_days"


WITH_SMS = frozenset({NoticeKind.COMPLEMENT_ASKED, NoticeKind.CARD_AVAILABLE})


def tell(dossier: Dossier, kind: NoticeKind, now: datetime, **facts: Any) -> None:
    """Write the notice and ask for its mail (and SMS). `facts` are JSON values: ISO dates, cents, keys."""
    _write(Notice(account=dossier.account_id, dossier=dossier, kind=str(kind), facts=facts, at=now), now)


def tell_person(account: Account, kind: NoticeKind, now: datetime, **facts: Any) -> None:
    """The same about no dossier: what concerns the permit that a person holds."""
    _write(Notice(account=account, kind=str(kind), facts=facts, at=now), now)


def _write(notice: Notice, now: datetime) -> None:
    notice.save()
    outbox.post("mail_notice", {"notice": notice.id}, now)
    if notice.kind in WITH_SMS:
        outbox.post("sms_notice", {"notice": notice.id}, now)
