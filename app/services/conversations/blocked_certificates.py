"""Printing of certificates of being blocked: drawn once from the stored facts; the file never changes afterwards."""

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
    """Draw and store the certificate of a conversation; do nothing if it is stored already or none was requested."""
    conversation = Conversation.get_or_none(Conversation.id == conversation_id)
    if conversation is None or conversation.blocked is None or conversation.file_key:
        return
    content = draw(conversation)
    key = new_key(now, secrets.token_hex(16))
    files.put(key, content)
    unprinted = (Conversation.id == conversation_id) & (Conversation.file_key == "")
    digest = hashlib.sha256(content).hexdigest()
    if not Conversation.update(file_key=key, sha256=digest).where(unprinted).execute():
        files.delete(key)  # another worker stored its file first


def read(conversation: Conversation, files: FileStore) -> bytes:
    """Return the printed certificate. Raises NotPrintedYet, and Damaged if the stored bytes changed."""
    if not conversation.file_key:
        raise NotPrintedYet
    content = files.read(conversation.file_key)
    if hashlib.sha256(content).hexdigest() != conversation.sha256:
        raise Damaged
    return content


__all__ = ["NotPrintedYet", "print_once", "read"]
