"""The copy of everything that the service holds of an applicant (RGPD, articles 15 and 20).

Asked for with the password, made by the worker, kept for `Kept.COPY`, taken away with the password again.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from app.domain.rules.calendar import paris_day
from app.domain.rules.retention import PERIODS, Kept
from app.domain.rules.uploads import Scan
from app.domain.texts.notices import NoticeKind
from app.services.access.origins import Origin
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts
from app.services.certificates.printing import NotPrintedYet
from app.services.messages import notices
from app.services.review import papers
from app.services.review.archive import Member, stored, stream
from app.storage import outbox
from app.storage.applications import conversations, dossiers
from app.storage.database import database
from app.storage.files import FileStore, new_key, unchanged_parts
from app.storage.models import Account, DataCopy, Dossier
from app.storage.people import accounts as store

AGAIN = timedelta(days=1)  # between two copies: the service's choice
MOST_BYTES = 200_000_000  # of the files of one copy
WORK = "make_copy"
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def of_account(account_id: int, now: datetime) -> DataCopy | None:
    """Return the copy that an applicant asked for, None without one or once its time is over."""
    since = PERIODS[Kept.COPY].over(now)
    return DataCopy.get_or_none((DataCopy.account == account_id) & (DataCopy.asked_at >= since))


def kept_until(copy: DataCopy) -> datetime:
    """Return until when a copy can be taken away."""
    span = PERIODS[Kept.COPY].span
    assert span is not None
    return span.on(copy.asked_at.date()).after(copy.asked_at)


def ask(
    account: Account, password: str, language: str, files: FileStore, origin: Origin, now: datetime
) -> None:
    """Have a copy made; it replaces the one before. Raises WrongCredentials, TooSoon."""
    accounts.require_password(account, password, origin, now)
    with database.atomic():
        store.locked(account.id)
        before = DataCopy.get_or_none(DataCopy.account == account.id)
        if before is not None and before.asked_at + AGAIN > now:
            raise TooSoon(before.asked_at + AGAIN)
        if before is not None:
            if before.file_key:
                files.delete(before.file_key)
            before.delete_instance()
        copy = DataCopy.create(account=account, language=language, asked_at=now)
        outbox.post(WORK, {"copy": copy.id}, now, account=account.id)


def make(copy_id: int, texts: Mapping[str, str], left_out: str, files: FileStore, now: datetime) -> None:
    """Write the archive of a copy and tell its person; do nothing if it is made already, or gone."""
    copy = DataCopy.get_or_none((DataCopy.id == copy_id) & DataCopy.made_at.is_null())
    if copy is None:
        return
    account: Account = copy.account
    archive = _Measured(stream(list(_members(account)), dict(texts), left_out, files, now, MOST_BYTES))
    key = new_key(now, secrets.token_hex(16))
    files.put_parts(key, archive)
    columns = {"made_at": now, "file_key": key, "size": archive.size, "sha256": archive.digest.hexdigest()}
    with database.atomic():
        unmade = (DataCopy.id == copy_id) & DataCopy.made_at.is_null()
        made = DataCopy.update(columns).where(unmade).execute()
        if made:
            day = paris_day(kept_until(copy)).isoformat()
            notices.notify_account(account, NoticeKind.COPY_READY, now, erased_on=day)
    if not made:
        files.delete(key)  # another worker stored its file first, or the copy was asked for anew


def read(account: Account, password: str, files: FileStore, origin: Origin, now: datetime) -> Iterator[bytes]:
    """Return the bytes of an account's copy, in parts. Raises WrongCredentials, TooSoon, NotPrintedYet, FileChanged."""
    accounts.require_password(account, password, origin, now)
    copy = of_account(account.id, now)
    if copy is None or not copy.file_key:
        raise NotPrintedYet
    return unchanged_parts(files, copy.file_key, copy.sha256)


class _Measured:
    """Parts of a file that are counted and digested while they go by."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts
        self.size, self.digest = 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self.size += len(part)
            self.digest.update(part)
            yield part


def _members(account: Account) -> Iterator[Member]:
    """Yield every file of an account; the name of a folder is what the person calls it by."""
    for dossier in dossiers.all_of_owner(account.id):
        yield from _of_dossier(dossier, dossier.reference or f"brouillon-{dossier.journey}")
    for conversation in conversations.every(account.id):
        folder = f"messages/{conversation.number}"
        if conversation.file_key:
            yield stored(f"{folder}/attestation.pdf", 0, conversation.file_key, conversation.sha256)
        for message in conversations.messages(conversation.id):
            for number, file in enumerate(message.files, 1):
                if file.scan != Scan.CLEAN:
                    continue
                ending = _ENDINGS.get(file.media_type, "bin")
                yield stored(f"{folder}/{message.id}-{number}.{ending}", file.size, file.key, file.sha256)


def _of_dossier(dossier: Dossier, folder: str) -> Iterator[Member]:
    if dossier.reference:
        for paper in papers.of_dossier(dossier):
            if paper.printed:
                yield Member(f"{folder}/papiers/{paper.name}", 0, paper.read)
    for file in dossiers.all_documents(dossier.id):
        place = f"{folder}/documents/{file.slot}" + ("/remplaces" if file.removed_at else "")
        if file.scan == Scan.CLEAN:
            name = f"{place}/{file.id}.{_ENDINGS.get(file.media_type, 'bin')}"
            yield stored(name, file.size, file.key, file.sha256)
