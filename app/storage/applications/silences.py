"""Queries on legal answer dates that passed without a decision."""

from collections.abc import Sequence
from datetime import date, datetime

from peewee import fn

from app.domain.dossiers.states import OPEN
from app.domain.texts.notices import NoticeKind
from app.storage.models import Account, Dossier, Notice, Service
from app.storage.models.dossiers import in_states


def told(dossier_id: int, since: datetime) -> bool:
    """Return whether the applicant was told of the silence on a dossier since an instant."""
    same = (Notice.dossier == dossier_id) & (Notice.kind == str(NoticeKind.SILENCE)) & (Notice.at >= since)
    return bool(Notice.select(Notice.id).where(same).exists())


def to_tell(first: date, last: date, since: datetime, most: int = 500) -> Sequence[Dossier]:
    """Return open dossiers whose legal answer date is one of some days, and whose applicants were not told since.

    With their account, the oldest first, at most `most`.
    """
    letter = (Notice.dossier == Dossier.id) & (Notice.kind == str(NoticeKind.SILENCE)) & (Notice.at >= since)
    silent = in_states(OPEN) & Dossier.legal_answer_on.between(first, last)
    return list(
        Dossier.select(Dossier, Account)
        .join(Account)
        .where(
            Dossier.service.in_(
                Service.select(Service.id)
            )  # the index of these dates begins with the service
            & silent
            & Dossier.legal_answer_on.is_null(False)
            & ~fn.EXISTS(Notice.select(Notice.id).where(letter))
        )
        .order_by(Dossier.legal_answer_on, Dossier.id)
        .limit(most)
    )
