"""Files attached to a message: examined and stored before the message names them, scanned before they open."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from app.domain.rules.uploads import LIMITS, Refusal, Refused, Scan
from app.gateways.antivirus import Scanner
from app.services.received_files import Sent, receive
from app.storage import outbox
from app.storage.files import FileStore, new_key
from app.storage.models import Attachment, Message


@dataclass(frozen=True)
class StoredAttachments:
    """Files examined and stored that no message names yet, and why the first of the refused ones was refused."""

    files: tuple[Attachment, ...] = ()
    refused: Refused | None = None
    store: FileStore | None = None

    def drop(self) -> None:
        """Delete the files from the store."""
        for attachment in self.files:
            for key in attachment.keys:
                cast(FileStore, self.store).delete(key)

    def join(self, message: Message, dossier_id: int | None, now: datetime) -> None:
        """Store the rows of the files in the transaction of their message, and have the worker scan them."""
        for file in self.files:
            file.message = message
            file.save(force_insert=True)
            if file.scan == Scan.WAITING:
                outbox.post("scan_attachment", {"attachment": file.id}, now, dossier=dossier_id)

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
    """Examine and store the files of a message; accepted files are stored even if others are refused.

    `source` is who sends them: an account, an agent or an address.
    """
    good, refused = [], None
    for upload in sent[: LIMITS.max_joined]:
        received = receive(upload, source, scanner, now)
        if isinstance(received, Refused):
            refused = refused or received
            continue
        written = received.file
        stored = received.store(new_key(now, secrets.token_hex(16)), files)
        columns = {"media_type": written.media_type, "size": len(written.content), "sha256": written.sha256}
        good.append(Attachment(name=upload.shown_name, **columns, **stored))
    if len(sent) > LIMITS.max_joined:
        refused = refused or Refused(Refusal.TOO_MANY_JOINED)
    return StoredAttachments(tuple(good), refused, files)
