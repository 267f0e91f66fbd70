"""Queries on the messages shown in an applicant's space."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN

from app.storage.compiled_queries import compiled
from app.storage.models import Account, Dossier, Notice

SHOWN = 20


@compiled(Notice)
def _latest(account_id: Any) -> Any:
    return (
        Notice.select(Notice.id, Notice.kind, Notice.facts, Notice.at, Dossier.reference, Dossier.with_card)
        .join(Dossier, JOIN.LEFT_OUTER)
        .where(Notice.account == account_id)
        .order_by(Notice.id.desc())
        .limit(SHOWN)
    )


def latest(account_id: int) -> Sequence[Notice]:
    """Return the newest SHOWN messages of an applicant, with what a list shows of them only."""
    return _latest.all(account_id)


def every(account_id: int) -> Sequence[Notice]:
    """Return every message of an applicant, newest first, with its dossier."""
    of_account = (
        Notice.select(Notice, Dossier).join(Dossier, JOIN.LEFT_OUTER).where(Notice.account == account_id)
    )
    return list(of_account.order_by(Notice.id.desc()))


def owned(account_id: int, notice_id: int) -> Notice:
    """Return a message of an applicant; Notice.DoesNotExist if it is not theirs."""
    return (
        Notice.select(Notice, Dossier, Account)
        .join(Dossier, JOIN.LEFT_OUTER)
        .switch(Notice)
        .join(Account)
        .where((Notice.id == notice_id) & (Notice.account == account_id))
        .get()
    )


def kind(number: int) -> str | None:
    """Return the kind of a message, None if it does not exist."""
    found = Notice.get_or_none(Notice.id == number)
    return found.kind if found else None
