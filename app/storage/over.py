"""What is over: the conditions of rows that are kept no longer at an instant, by `domain.rules.retention`."""

from datetime import datetime
from typing import Any

from peewee import SQL, Expression, fn

from app.domain.dossiers.states import ENDED, GRANTED_STATES, OPEN, State
from app.domain.public_forms.asking import HIRING
from app.domain.rules.retention import PERIODS, Kept
from app.storage.models import Account, Conversation, DataCopy, Document, Dossier, Event, HiringCheck
from app.storage.models.dossiers import in_states
from app.storage.models.people import LAST_SEEN

_PERMIT_END = Expression(Dossier.identity, "->>", SQL("'valid_until'"))
_OWN_PERMIT_END = Expression(Account.identity, "->>", SQL("'valid_until'"))


def drafts(now: datetime) -> Any:
    """Return the condition of drafts that were not saved for long."""
    return in_states({State.DRAFT}) & (Dossier.saved_at < PERIODS[Kept.DRAFT].over(now))


def _ended() -> Any:
    """Return the condition of dossiers to which nothing has to follow and that no court waits for."""
    cardless = (Dossier.state != State.FAVOURABLE) | ~Dossier.with_card
    return in_states(ENDED) & cardless & Dossier.on_hold.is_null()


def _still(since: datetime) -> Any:
    """Return the condition of ended dossiers to which nothing has happened since an instant."""
    happened = Event.select(SQL("1")).where((Event.dossier == Dossier.id) & (Event.at >= since))
    return _ended() & (Dossier.filed_on < since.date()) & ~fn.EXISTS(happened)


def dossiers(now: datetime) -> Any:
    """Return the condition of dossiers to erase by the end of the permit that the applicant holds.

    The permit of a card handed over counts once the account knows of another than the one before it; until then, see
    `dossiers_of_long_permits`.
    """
    since = PERIODS[Kept.DOSSIER].over(now)
    day = since.date().isoformat()
    own = Account.select(SQL("1")).where((Account.id == Dossier.account) & (day > _OWN_PERMIT_END))
    known = Account.select(SQL("1")).where((Account.id == Dossier.account) & (_OWN_PERMIT_END != _PERMIT_END))
    closed = Account.select(SQL("1")).where(
        (Account.id == Dossier.account) & Account.closed_at.is_null(False)
    )
    unknown = (Dossier.state == State.HANDED_OVER) & Dossier.with_card & ~fn.EXISTS(known)
    ended = (day > _PERMIT_END) & (fn.EXISTS(own) | fn.EXISTS(closed))
    return _still(since) & ended & ~unknown


def dossiers_of_long_permits(now: datetime) -> Any:
    """Return the condition of dossiers of cards whose end is not known here."""
    return _still(PERIODS[Kept.LONG_PERMIT].over(now))


def removed_documents(now: datetime) -> Any:
    """Return the condition of documents removed from ended dossiers."""
    over = Dossier.select(SQL("1")).where((Dossier.id == Document.dossier) & _ended())
    removed = Document.removed_at < PERIODS[Kept.REMOVED_DOCUMENT].over(now)
    return Document.removed_at.is_null(False) & removed & fn.EXISTS(over)


def questions(now: datetime) -> Any:
    """Return the condition of questions asked without an account; those of employers go with their check."""
    asked = Conversation.account.is_null() & (Conversation.topic != HIRING)
    return asked & (Conversation.opened_at < PERIODS[Kept.QUESTION].over(now))


def hiring_checks(now: datetime) -> Any:
    """Return the condition of checks that employers asked for."""
    return HiringCheck.asked_at < PERIODS[Kept.HIRING].over(now)


def accounts(now: datetime) -> Any:
    """Return the condition of unused accounts without an application, and of what is left of a deleted one."""
    filed = Dossier.select(SQL("1")).where((Dossier.account == Account.id) & (Dossier.state != State.DRAFT))
    unused = PERIODS[Kept.ACCOUNT].over(now) > LAST_SEEN
    return (unused | Account.closed_at.is_null(False)) & ~fn.EXISTS(filed)


def closed_accounts(now: datetime) -> Any:
    """Return the condition of accounts that nothing keeps open; when they were asked to go is in their mark."""
    cards = in_states(GRANTED_STATES) & Dossier.with_card
    waiting = Dossier.select(SQL("1")).where((Dossier.account == Account.id) & (in_states(OPEN) | cards))
    return Account.closed_at.is_null() & ~fn.EXISTS(waiting)


def copies(now: datetime) -> Any:
    """Return the condition of copies of one’s data."""
    return DataCopy.asked_at < PERIODS[Kept.COPY].over(now)
