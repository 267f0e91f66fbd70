"""Telling the applicant: one line in their space, one mail, sometimes one SMS, in the act's own transaction."""

from datetime import datetime
from typing import Any

from app.domain.texts.notices import NoticeKind
from app.storage import outbox
from app.storage.models import Account, Dossier, Notice

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
