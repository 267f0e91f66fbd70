"""Files attached to a message: examined, scanned and stored before the message names them."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from app.domain.rules.uploads import Refusal, Refused
from app.gateways.antivirus import Scanner, Verdict
from app.intake import Accepted, examine
from app.services.access import throttles
from app.services.applications.documents import Sent
from app.storage.files import FileStore, new_key
from app.storage.models import Attachment

MAX_FILES = 3
FILES_OF_A_SOURCE = 180  # before the first delay: an address may be that of a whole residence


@dataclass(frozen=True)
class StoredAttachments:
    """Files examined and stored that no message names yet, and why the first of the refused ones was refused."""

    files: tuple[Attachment, ...] = ()
    refused: Refused | None = None
    store: FileStore | None = None

    def drop(self) -> None:
        """Delete the files from the store."""
        for attachment in self.files:
            cast(FileStore, self.store).delete(attachment.key)

    @contextmanager
    def dropped_on_error(self) -> Iterator[None]:
        """Delete the files from the store if the block raises: the message they belong to is not stored."""
        try:
            yield
        except BaseException:
            self.drop()
            raise


def store_attachments(
    sent: Sequence[Sent], scanner: Scanner, files: FileStore, now: datetime, source: str
) -> StoredAttachments:
    """Examine, scan and store the files of a message; accepted files are stored even if others are refused.

    `source` is who sends them, an account or an address: its files are counted before they are examined.
    """
    good, refused = [], None
    for upload in sent[:MAX_FILES]:
        outcome = _examine(upload, scanner, source, now)
        if isinstance(outcome, Refused):
            refused = refused or outcome
            continue
        key = new_key(now, secrets.token_hex(16))
        files.put(key, outcome.content)
        columns = {"media_type": outcome.media_type, "size": len(outcome.content), "sha256": outcome.sha256}
        good.append(Attachment(name=upload.name[-120:], key=key, **columns))
    if len(sent) > MAX_FILES:
        refused = refused or Refused(Refusal.TOO_MANY_JOINED, {"max": MAX_FILES})
    return StoredAttachments(tuple(good), refused, files)


def _examine(sent: Sent, scanner: Scanner, source: str, now: datetime) -> Accepted | Refused:
    try:
        throttles.attempt(f"files:{source}", now, FILES_OF_A_SOURCE)
    except throttles.TooSoon:
        return Refused(Refusal.BUSY)
    outcome = examine(sent.content, source=source)
    if isinstance(outcome, Refused):
        return outcome
    verdict = scanner.scan(sent.content)
    if verdict is Verdict.INFECTED:
        return Refused(Refusal.INFECTED, {})
    return outcome if verdict is Verdict.CLEAN else Refused(Refusal.NOT_CHECKED, {})
