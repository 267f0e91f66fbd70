"""Files on their way, in pieces."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from app.storage.models import Upload

MOST = 200  # forgotten in one sweep


def key(upload: Upload, offset: int) -> str:
    """Return the key of the piece that begins at an offset."""
    return f"envois/{upload.token}/{offset:08d}"


def keys(upload: Upload) -> list[str]:
    """Return the key of each piece, and last that of one that a server may have stored before it was cut off."""
    return [key(upload, offset) for offset in accumulate(upload.pieces, initial=0)]


def owned(account_id: int, token: str, since: datetime) -> Upload:
    """Return an account's file begun after an instant. Raises Upload.DoesNotExist."""
    return Upload.get((Upload.account == account_id) & (Upload.token == token) & (Upload.begun_at > since))


def begin(account_id: int, token: str, name: str, length: int, now: datetime) -> bool:
    """Note a file of which nothing is there; return False if its token is given already."""
    columns = {"account": account_id, "token": token, "name": name, "length": length, "pieces": []}
    return bool(Upload.insert(**columns, begun_at=now).on_conflict_ignore().as_rowcount().execute())


def unsettled(account_id: int, token: str, since: datetime) -> Upload | None:
    """Return an account's file that no page has taken or refused."""
    mine = (Upload.account == account_id) & (Upload.token == token) & (Upload.begun_at > since)
    return Upload.get_or_none(mine & Upload.settled_at.is_null())


def unfinished(account_id: int, since: datetime) -> Sequence[Upload]:
    """Return an account's files of which something came and that no page has taken or refused, the youngest first."""
    mine = (Upload.account == account_id) & (Upload.begun_at > since) & (Upload.received > 0)
    return list(Upload.select().where(mine & Upload.settled_at.is_null()).order_by(Upload.id.desc()))


def owned_whole(account_id: int, tokens: Sequence[str], since: datetime) -> Sequence[Upload]:
    """Return those of an account's files that are wholly there."""
    mine = (Upload.account == account_id) & Upload.token.in_(tokens) & (Upload.begun_at > since)
    return list(Upload.select().where(mine & (Upload.received == Upload.length))) if tokens else []


def beyond(account_id: int, most: int) -> Sequence[Upload]:
    """Return an account's files on their way, but for the `most` youngest."""
    open_ones = (Upload.account == account_id) & Upload.settled_at.is_null()
    return list(Upload.select().where(open_ones).order_by(Upload.id.desc()).offset(most).limit(MOST))


def begun_before(instant: datetime) -> Sequence[Upload]:
    """Return files begun before an instant, oldest first."""
    return list(Upload.select().where(Upload.begun_at <= instant).order_by(Upload.begun_at).limit(MOST))


def of_account(account_id: int) -> Sequence[Upload]:
    """Return all files on their way of an account."""
    return list(Upload.select().where(Upload.account == account_id))


def move_on(upload: Upload, offset: int, length: int) -> bool:
    """Note a piece, unless another one was noted at its place."""
    there = (Upload.id == upload.id) & (Upload.received == offset)
    columns = {"received": offset + length, "pieces": [*upload.pieces, length]}
    return bool(Upload.update(**columns).where(there).execute())


def settle(upload: Upload, now: datetime, refusal: str = "") -> bool:
    """Note what a page made of a file, once."""
    unsettled = (Upload.id == upload.id) & Upload.settled_at.is_null()
    return bool(Upload.update(settled_at=now, refusal=refusal).where(unsettled).execute())


def again(upload: Upload) -> Upload | None:
    """Return a file as it is now; None if it was forgotten."""
    return Upload.get_or_none(Upload.id == upload.id)


def delete(upload: Upload) -> None:
    """Delete a file's row."""
    Upload.delete().where(Upload.id == upload.id).execute()
