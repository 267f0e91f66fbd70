"""The sections of an application as it was filed, on paper and on its page."""

from collections.abc import Callable, Iterator
from datetime import date

from app.domain.journeys.journey import Journey
from app.domain.procedures import journey as journey_of
from app.domain.rules.births import born
from app.domain.rules.identifiers import group_foreign_number
from app.domain.rules.uploads import Scan
from app.presenters.answers import NO_NAME, NO_NUMBER, NOTHING, reviewed_answer
from app.services.filed import case_of, filing
from app.storage.applications import attestations, dossiers
from app.storage.models import Document, Dossier
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import ngettext

Rows = list[tuple[str, str]]
Changed = Callable[[Document], bool]


def sections(dossier: Dossier, language: str, changed: Changed) -> Iterator[tuple[str, Rows]]:
    """Yield the title and rows of each section: identity, sealed answers, documents with their digest.

    `changed` says whether the stored bytes of a file are no longer those that were received.
    """
    journey = journey_of(dossier.journey, dossier.journey_version)
    yield _("Votre titre"), _identity_rows(dossier, language)
    sealed = filing(dossier).sealed
    for step, rows in journey.rows(sealed):
        yield _(step.title), [(_(q.title), reviewed_answer(q, value, sealed, language)) for q, value in rows]
    yield _("Justificatifs"), list(_document_rows(dossier, journey, changed))


def _identity_rows(dossier: Dossier, language: str) -> Rows:
    identity: dict[str, str] = dossier.identity
    until = date.fromisoformat(identity["valid_until"])
    latin = identity.get("latin_name", "")
    return [
        (_("Nom"), identity["surname"] or _(NO_NAME)),
        (_("Prénoms"), identity["given_names"] or _(NO_NAME)),
        *([(_("En lettres latines (passeport)"), latin)] if latin else []),
        (_("Date de naissance"), formats.birth(born(identity), language)),
        (_("Numéro étranger"), group_foreign_number(identity["foreign_number"]) or _(NO_NUMBER)),
        (_("Titre valable jusqu’au"), formats.day(until, language)),
        (_("Service chargé de la demande"), filing(dossier).service),
    ]


def _document_rows(dossier: Dossier, journey: Journey, changed: Changed) -> Iterator[tuple[str, str]]:
    # The job may run after a later request for documents: print only what was received before filing.
    filed = attestations.filed_at(dossier.id)
    received = [
        file
        for file in dossiers.all_documents(dossier.id)
        if filed and file.received_at <= filed and file.scan != Scan.INFECTED
    ]
    explanations = dossiers.explanations(dossier.id)
    photo, case = dossiers.photo(dossier.id), case_of(dossier)
    if photo or journey.photo(case):
        yield _("e-photo"), photo.code if photo else _(NOTHING)
    for asked in journey.needed(case):
        lines = [_file(file, changed(file)) for file in received if file.slot == asked.key]
        yield _(asked.title), "\n".join(lines) or explanations.get(asked.key) or _(NOTHING)


def _file(file: Document, changed: bool) -> str:
    """Return the line of a file: its digest, or that it is not what was received."""
    if changed:
        stored = _("%(name)s : ce fichier n’est plus tel qu’il a été reçu")
        return stored % {"name": file.name}
    line = ngettext(
        "%(name)s, %(num)s page, empreinte SHA-256 %(digest)s…",
        "%(name)s, %(num)s pages, empreinte SHA-256 %(digest)s…",
        file.pages,
        name=file.name,
        digest=file.sha256[:16],
    )
    return str(line)
