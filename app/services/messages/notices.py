"""Notices to applicants: a line in their space, a mail and for some kinds an SMS, in the caller's transaction."""

from datetime import datetime
from typing import Any

from app.domain.texts.notices import NoticeKind
from app.storage import outbox
from app.storage.models import Account, Dossier, Notice

WITH_SMS = frozenset(
    {
        NoticeKind.COMPLEMENT_ASKED,
        NoticeKind.CARD_AVAILABLE,
        NoticeKind.CARD_WAITING,
        NoticeKind.STEP_UNDONE,
        NoticeKind.APPOINTMENT_MADE,
        NoticeKind.APPOINTMENT_MOVED,
        NoticeKind.APPOINTMENT_CANCELLED,
        NoticeKind.APPOINTMENT_NEAR,
    }
)


def notify(dossier: Dossier, kind: NoticeKind, now: datetime, **facts: Any) -> None:
    """Create a notice about a dossier and post its mail and SMS. `facts` are JSON values: ISO dates, cents, keys."""
    _save(Notice(account=dossier.account_id, dossier=dossier, kind=str(kind), facts=facts, at=now), now)


def notify_account(account: Account, kind: NoticeKind, now: datetime, **facts: Any) -> None:
    """Create a notice about no dossier, such as a reminder about the permit of an account, and post its mail."""
    _save(Notice(account=account, kind=str(kind), facts=facts, at=now), now)


def _save(notice: Notice, now: datetime) -> None:
    notice.save()
    about = {"dossier": notice.dossier_id, "account": notice.account_id}
    outbox.post("mail_notice", {"notice": notice.id}, now, **about)
    if notice.kind in WITH_SMS:
        outbox.post("sms_notice", {"notice": notice.id}, now, **about)
