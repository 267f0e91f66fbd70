"""The certificate of being blocked: printed once from what was sealed, the same bytes ever after."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from app.services.certificates.printing import Damaged, NotPrintedYet
from app.storage.files import FileStore, new_key
from app.storage.models import Conversation


def print_once(
    conversation_id: int, draw: Callable[[Conversation], bytes], files: FileStore, now: datetime
) -> None:
    """Draw and store it, unless it was done."""
    found = Conversation.get_or_none(Conversation.id == conversation_id)
    if found is None or found.blocked is None or found.file_key:
        return
    content = draw(found)
    key = new_key(now, secrets.token_hex(16))
    files.put(key, content)
    unprinted = (Conversation.id == conversation_id) & (Conversation.file_key == "")
    digest = hashlib.sha256(content).hexdigest()
    if not Conversation.update(file_key=key, sha256=digest).where(unprinted).execute():
        files.delete(key)  # another worker was first


def read(conversation: Conversation, files: FileStore) -> bytes:
    """The certificate as it was printed; NotPrintedYet, or Damaged when the store changed it."""
    if not conversation.file_key:
        raise NotPrintedYet
    content = files.read(conversation.file_key)
    if hashlib.sha256(content).hexdigest() != conversation.sha256:
        raise Damaged
    return content


__all__ = ["NotPrintedYet", "print_once", "read"]
