"""Files attached to a message: examined, scanned and stored before the message names them."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from app.domain.rules.uploads import LIMITS, Refusal, Refused
from app.gateways.antivirus import Scanner
from app.services.received_files import Sent, receive
from app.storage.files import FileStore, new_key
from app.storage.models import Attachment


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

    `source` is who sends them: an account, an agent or an address.
    """
    good, refused = [], None
    for upload in sent[: LIMITS.max_joined]:
        received = receive(upload, source, scanner, now)
        if isinstance(received, Refused):
            refused = refused or received
            continue
        if not received.scanned:
            refused = refused or Refused(Refusal.NOT_CHECKED)
            continue
        written, key = received.file, new_key(now, secrets.token_hex(16))
        files.put(key, written.content)
        columns = {"media_type": written.media_type, "size": len(written.content), "sha256": written.sha256}
        good.append(Attachment(name=upload.shown_name, key=key, **columns))
    if len(sent) > LIMITS.max_joined:
        refused = refused or Refused(Refusal.TOO_MANY_JOINED)
    return StoredAttachments(tuple(good), refused, files)
