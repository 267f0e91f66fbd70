"""Supporting documents as a page shows them: requested, received, or refused with the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask import url_for

from app.domain.journeys.journey import SupportingDocument
from app.domain.rules.uploads import CURES, LIMITS, REASONS, Refused, Scan
from app.forms.views import FieldView
from app.services.applications.reuse import ReusableFiles
from app.storage.models import Document
from app.web.localisation.language import gettext as _

# Telephones offer their camera for pictures; HEIC is named because some systems do not count it among them.
ACCEPT = "image/*,.heic,.heif,.pdf"


@dataclass(frozen=True)
class FileView:
    """A received file."""

    id: int
    name: str
    pages: int
    size: int
    url: str  # of the page that shows it
    preview_url: str
    remove_url: str
    letter: bool = False
    waiting: bool = False  # not scanned for viruses yet
    scan_url: str = ""  # tells when that is done


@dataclass(frozen=True)
class RefusedView:
    """A refused file: what is wrong with it, and what to do."""

    why: str
    cure: str


@dataclass(frozen=True)
class SlotView:
    """A supporting document. `state` is empty, received, refused, or wait (for a scan or after a letter)."""

    key: str
    title: str
    hint: str
    state: str
    files: Sequence[FileView] = ()
    refused: Sequence[RefusedView] = ()  # of the files just sent
    explanation: str = ""
    explanation_error: str = ""
    upload_url: str = ""
    explain_url: str = ""
    accept: str = ACCEPT
    full: bool = False  # at the maximum number of files
    request: str = ""  # the reason it is requested again
    examples: Sequence[str] = ()  # descriptions of acceptable documents
    earlier: Sequence[FileView] = ()  # files received before it was requested again
    kept: bool = False  # the applicant keeps the earlier files
    keep_url: str = ""
    again: Sequence[FileView] = ()  # reusable files of an earlier dossier
    again_on: date | None = None
    again_url: str = ""
    lost: str = ""  # the name of a file that had a virus, if nothing was sent since
    to_file: bool = False  # of a draft, which can be filed without it


def errors(slots: Sequence[SlotView]) -> list[FieldView]:
    """Return the fields in error among those of documents, for the error summary."""
    files = [
        FieldView(f"{slot.key}-files", "file", slot.title, error=slot.refused[0].why)
        for slot in slots
        if slot.refused
    ]
    words = [
        FieldView(f"{slot.key}-why", "long_text", slot.title, error=slot.explanation_error) for slot in slots
    ]
    return [field for field in (*files, *words) if field.error]


@dataclass(frozen=True)
class Refusals:
    """The errors of this request by document key: names and refusals of files, or an explanation's error."""

    files: Mapping[str, Sequence[tuple[str, Refused]]] = field(default_factory=dict)
    explanations: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # error, text typed


@dataclass(frozen=True)
class Addresses:
    """The URLs that the forms of a document post to."""

    upload: Callable[[str], str]
    explain: Callable[[str], str]
    remove: Callable[[int], str]
    again: Callable[[str], str] = lambda slot: ""


def file_view(document: Document, remove_url: str) -> FileView:
    """Return a received file with its links."""
    url = url_for("suivi.file", document=document.id)
    return FileView(
        id=document.id,
        name=document.name,
        pages=document.pages,
        size=document.size,
        url=url_for("suivi.file_pages", document=document.id),
        preview_url=f"{url}?preview=1" if document.preview_key else "",
        remove_url=remove_url,
        letter=document.letter,
        waiting=document.scan == Scan.WAITING,
        scan_url=url_for("suivi.file_scan", document=document.id) if document.scan == Scan.WAITING else "",
    )


def slot_views(
    asked: Sequence[SupportingDocument],
    documents: Sequence[Document],
    explanations: Mapping[str, str],
    addresses: Addresses,
    refusals: Refusals,
    again: Mapping[str, ReusableFiles] | None = None,
    lost: Mapping[str, str] | None = None,
) -> tuple[SlotView, ...]:
    """Return the supporting documents in the procedure's order; `again`, of a draft, has files of earlier dossiers.

    `lost` has the names of files that had a virus, by the key of their document.
    """
    views = (
        replace(
            _slot(document, documents, explanations, addresses, refusals),
            lost=(lost or {}).get(document.key, ""),
        )
        for document in asked
    )
    if again is None:
        return tuple(views)
    return tuple(_with_earlier(replace(view, to_file=True), again.get(view.key), addresses) for view in views)


def _with_earlier(view: SlotView, reusable: ReusableFiles | None, addresses: Addresses) -> SlotView:
    if reusable is None or view.files:
        return view
    files = tuple(file_view(document, "") for document in reusable.documents)
    return replace(view, again=files, again_on=reusable.day, again_url=addresses.again(view.key))


def _slot(
    asked: SupportingDocument,
    documents: Sequence[Document],
    explanations: Mapping[str, str],
    addresses: Addresses,
    refusals: Refusals,
) -> SlotView:
    files = tuple(file_view(d, addresses.remove(d.id)) for d in documents if d.slot == asked.key)
    refused = [_refused(name, why) for name, why in refusals.files.get(asked.key, ())]
    explanation_error, typed = refusals.explanations.get(asked.key, ("", ""))
    return SlotView(
        key=asked.key,
        title=_(asked.title),
        hint=_(asked.hint) if asked.hint else "",
        state=_state(files, explanations.get(asked.key, ""), bool(refused)),
        files=files,
        refused=refused,
        explanation=typed or explanations.get(asked.key, ""),
        explanation_error=explanation_error,
        upload_url=addresses.upload(asked.key),
        explain_url=addresses.explain(asked.key),
        full=len(files) >= LIMITS.max_files_a_slot,
    )


def _refused(name: str, refused: Refused) -> RefusedView:
    values = {**refused.values, "name": name}
    return RefusedView(_(REASONS[refused.reason], **values), _(CURES[refused.reason], **values))


def _state(files: Sequence[FileView], explanation: str, refused: bool) -> str:
    if refused and not files:
        return "refused"
    if any(file.waiting for file in files):
        return "wait"
    if any(not file.letter for file in files):
        return "received"
    return "wait" if files or explanation else "empty"
