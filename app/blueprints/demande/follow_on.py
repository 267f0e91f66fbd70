"""From an application just filed to the procedure that has to follow it: the person is led there (FAQ)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for

from app.domain.procedures import following
from app.domain.rules.rights import AttestationKind
from app.presenters import notice_words
from app.services.applications import dossiers
from app.services.applications.applicant_overview import journey_of
from app.storage.applications import attestations
from app.storage.applications import dossiers as store
from app.web.current import account, today

if TYPE_CHECKING:
    from app.storage.models import Dossier


@dataclass(frozen=True)
class Filed:
    """The application that was filed before: its reference, its procedure and its certificate, msgids, with a code."""

    reference: str
    title: str
    certificate: str = ""
    code: str = ""


def address_after_filing(dossier: "Dossier") -> str:
    """Return the address of the procedure that has to follow, if it can be begun, else of the confirmation."""
    draft = dossiers.load_draft(dossier, dossier.filed_on or today())
    journey = following(draft.journey, draft.case)
    if journey is None or dossiers.pending(account().id, journey):
        return url_for("demande.confirmation", reference=dossier.reference)
    return url_for("demande.begin", procedure=journey.slug, apres=dossier.reference)


def filed_before() -> Filed | None:
    """Return the person's application that the address says was filed before, None if it names none."""
    reference = request.args.get("apres", "")
    if not reference:
        return None
    dossier = store.owned(account().id, reference)
    issued = attestations.first(dossier.id)
    title = journey_of(dossier).title
    if issued is None:
        return Filed(reference, title)
    return Filed(reference, title, notice_words.CERTIFICATES[AttestationKind(issued.kind)], issued.code)
