"""The scan of received files by the worker: what waits for it, and what follows a virus.

Nobody opens a file before it was found clean: not its sender, not an agent, not an archive. A draft can be filed
meanwhile, and a message is read without its files. Where a virus is found, the bytes go, the row stays, and its sender
is told what to send again.
"""

from datetime import datetime

from app.domain.dossiers.states import Role, State
from app.domain.rules.uploads import Scan
from app.domain.texts.notices import NoticeKind
from app.gateways.antivirus import Scanner, Verdict
from app.services.messages import emails, notices
from app.storage import outbox, retention
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.files import FileMissing, FileStore
from app.storage.models import Attachment, Conversation, Document, Dossier

INFECTED = "document_infected"  # event of the history
KINDS = ("scan_document", "scan_attachment")


class NotScannedYet(Exception):
    """Raised when the scanner does not answer; the file waits, and is never taken for clean."""


def scan_document(number: int, scanner: Scanner, files: FileStore, now: datetime) -> None:
    """Scan a document that waits; take an infected one away and tell its person. Raises NotScannedYet, FileMissing."""
    document = retention.document(number)
    if document is None:
        return
    if document.scan == Scan.WAITING and _infected(document, scanner, files, now):
        _take_away(document, now)
    _clear(document, files)


def scan_attachment(number: int, scanner: Scanner, files: FileStore, now: datetime) -> None:
    """Scan a file of a message that waits; take an infected one away and tell its sender. Raises as `scan_document`."""
    file = retention.attachment(number)
    if file is None:
        return
    if file.scan == Scan.WAITING and _infected(file, scanner, files, now):
        with database.atomic():
            if _settled(file, Scan.INFECTED):
                _tell_sender(file, now)
    _clear(file, files)


def _infected(file: Document | Attachment, scanner: Scanner, files: FileStore, now: datetime) -> bool:
    """Scan what was sent, before our decoders have changed it; note it as clean unless it is infected."""
    try:
        # Rows that waited when originals were not kept yet have the stored copy alone.
        content = files.read(file.original_key or file.key)
    except FileMissing:
        if _waits(file):
            raise
        return False  # another worker scanned it since its row was read, and cleared what was sent
    verdict = scanner.scan(content)
    if verdict is Verdict.NOT_SCANNED:
        raise NotScannedYet
    outbox.hasten(KINDS, now)
    if verdict is Verdict.CLEAN:
        _settled(file, Scan.CLEAN)
    return verdict is Verdict.INFECTED


def _waits(file: Document | Attachment) -> bool:
    table = type(file)
    return bool(table.select().where((table.id == file.id) & (table.scan == Scan.WAITING)).exists())


def _settled(file: Document | Attachment, scan: Scan) -> bool:
    """Note the result of a scan; return False where another worker had it first."""
    table = type(file)
    waits = (table.id == file.id) & (table.scan == Scan.WAITING)
    return bool(table.update(scan=str(scan)).where(waits).execute())


def _clear(file: Document | Attachment, files: FileStore) -> None:
    """Delete the bytes that are not needed any more: the original of a clean file, all those of an infected one."""
    table = type(file)
    now_is = table.select(table.scan).where(table.id == file.id).first()
    keys = [file.original_key] if now_is and now_is.scan == Scan.CLEAN else file.keys
    for key in filter(None, keys):
        files.delete(key)
    table.update(original_key="").where(table.id == file.id).execute()


def _take_away(document: Document, now: datetime) -> None:
    with database.atomic():
        row = dossiers.locked(document.dossier_id)
        if not _settled(document, Scan.INFECTED):
            return
        in_force = (Document.id == document.id) & Document.removed_at.is_null()
        if not Document.update(removed_at=now).where(in_force).execute():
            return  # its person has removed it already
        facts = {"slot": document.slot}
        dossiers.append_event(row, INFECTED, Role.SYSTEM, now, facts=facts)
        if row.state == State.DRAFT:
            begun = {"journey": row.journey, "version": row.journey_version}
            notices.notify_account(row.account, NoticeKind.FILE_INFECTED, now, **begun)
        else:
            notices.notify(row, NoticeKind.FILE_INFECTED, now)


def _tell_sender(file: Attachment, now: datetime) -> None:
    """Tell an applicant or a visitor; an agent reads it in the conversation."""
    conversation: Conversation = file.message.conversation
    if file.message.agent_id is not None:
        return
    if conversation.account is None:
        facts = {"number": conversation.number}
        emails.write("accounts/file_infected", conversation.email, conversation.language, facts, now)
        return
    facts = {"number": conversation.number}
    dossier: Dossier | None = conversation.dossier
    if dossier is None:
        notices.notify_account(conversation.account, NoticeKind.FILE_INFECTED, now, **facts)
    else:
        notices.notify(dossier, NoticeKind.FILE_INFECTED, now, **facts)
