"""Queries on the messages of an applicant."""

from collections.abc import Sequence

from peewee import JOIN

from app.storage.models import Account, Dossier, Notice


def latest(account_id: int, most: int = 20) -> Sequence[Notice]:
    """The newest messages of a person."""
    return list(
        Notice.select(Notice, Dossier)
        .join(Dossier, JOIN.LEFT_OUTER)
        .where(Notice.account == account_id)
        .order_by(Notice.id.desc())
        .limit(most)
    )


def owned(account_id: int, notice_id: int) -> Notice:
    """A message of this person's; Notice.DoesNotExist for anybody else's."""
    return (
        Notice.select(Notice, Dossier, Account)
        .join(Dossier, JOIN.LEFT_OUTER)
        .switch(Notice)
        .join(Account)
        .where((Notice.id == notice_id) & (Notice.account == account_id))
        .get()
    )
