"""Handlers that print certificates, letters, and the application as filed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.dossiers.attestations import Facts
from app.domain.dossiers.decision_letters import Head
from app.domain.journeys.journey import Journey
from app.domain.procedures import journey as journey_of
from app.domain.rules.births import born
from app.domain.rules.calendar import paris_day
from app.domain.rules.identifiers import group_foreign_number
from app.domain.rules.uploads import Scan
from app.jobs.work import Work
from app.keys import KeyPurpose
from app.presenters.answers import NO_NAME, NO_NUMBER, NOTHING, reviewed_answer
from app.presenters.applicants import blocked_sections
from app.services.certificates import printing, seals
from app.services.decisions import decision_letters
from app.services.filed import case_of, filing
from app.storage.applications import attestations, dossiers
from app.storage.files import FileChanged, FileMissing, FileStore, read_unchanged
from app.storage.models import Attestation, Conversation, DecisionLetter, Document, Dossier
from app.web.localisation import formats
from app.web.localisation.language import DEFAULT

Rows = list[tuple[str, str]]


def print_attestation(work: Work) -> None:
    """Print a certificate and store its PDF."""

    def draw(attestation: Attestation) -> bytes:
        from app.pdf import attestation_pdf

        settings, facts = work.settings, Facts.from_json(attestation.facts)
        signers = work.app.extensions["keyring"].of(KeyPurpose.PAPERS)
        url = seals.check_url(settings.origin, seals.sealed(attestation, signers, paris_day(work.now)))
        fonts = Path(settings.fonts_dir)
        return attestation_pdf(facts, url, settings.demonstration, settings.operator, fonts_dir=fonts)

    number = int(work.payload["attestation"])
    printing.print_paper(Attestation, number, draw, work.gateways.files, work.now)


def print_application(work: Work) -> None:
    """Print the application as it was filed, in French, the language it is examined in."""

    def draw(dossier: Dossier) -> bytes:
        from app.pdf import application_pdf

        settings = work.settings
        with work.app.app_context():
            g.language = DEFAULT
            filed = filing(dossier)
            heading = _("Demande %(reference)s", reference=filed.reference)
            day = formats.day(filed.filed_on, DEFAULT)
            footer = _("%(operator)s · demande déposée le %(day)s", operator=settings.operator, day=day)
            sections = list(sections_of(dossier, work.gateways.files))
        at, fonts = work.now, Path(settings.fonts_dir)
        return application_pdf(
            heading, sections, footer, DEFAULT, settings.demonstration, made_at=at, fonts_dir=fonts
        )

    printing.print_application(int(work.payload["dossier"]), draw, work.gateways.files, work.now)


def print_certificate(work: Work) -> None:
    """Print a certificate of being blocked, in French, for the counter of a prefecture."""

    def draw(conversation: Conversation) -> bytes:
        from app.pdf import application_pdf

        settings = work.settings
        with work.app.app_context():
            g.language = DEFAULT
            heading = _(
                "Attestation d’impossibilité d’utiliser le service %(number)s", number=conversation.number
            )
            moment = formats.moment(conversation.opened_at, DEFAULT)
            footer = _("%(operator)s · attestation demandée le %(at)s", operator=settings.operator, at=moment)
            sections = list(blocked_sections.sections(conversation, DEFAULT))
        at, fonts = conversation.opened_at, Path(settings.fonts_dir)
        return application_pdf(
            heading, sections, footer, DEFAULT, settings.demonstration, made_at=at, fonts_dir=fonts
        )

    number = int(work.payload["conversation"])
    printing.print_paper(Conversation, number, draw, work.gateways.files, work.now)


def print_letter(work: Work) -> None:
    """Print the letter of a decision, in French, the language of the decision."""

    def draw(letter: DecisionLetter) -> bytes:
        from app.pdf.letters import letter_pdf

        settings, values = work.settings, letter.values
        head = Head(values["service"], values["ville"], values["nom"], values["reference"])
        return letter_pdf(
            head,
            decision_letters.read(letter),
            settings.operator,
            letter.issued_at,
            demonstration=settings.demonstration,
            fonts_dir=Path(settings.fonts_dir),
        )

    number = int(work.payload["letter"])
    printing.print_paper(DecisionLetter, number, draw, work.gateways.files, work.now)


def sections_of(dossier: Dossier, files: FileStore) -> Iterator[tuple[str, Rows]]:
    """Yield the sections of the printed application: identity, sealed answers, documents with their digest."""
    journey = journey_of(dossier.journey, dossier.journey_version)
    yield _("Votre titre"), _identity_rows(dossier)
    sealed = filing(dossier).sealed
    for step, rows in journey.rows(sealed):
        yield _(step.title), [(_(q.title), reviewed_answer(q, value, sealed, DEFAULT)) for q, value in rows]
    yield _("Justificatifs"), list(_document_rows(dossier, journey, files))


def _identity_rows(dossier: Dossier) -> Rows:
    identity: dict[str, str] = dossier.identity
    until = date.fromisoformat(identity["valid_until"])
    latin = identity.get("latin_name", "")
    return [
        (_("Nom"), identity["surname"] or _(NO_NAME)),
        (_("Prénoms"), identity["given_names"] or _(NO_NAME)),
        *([(_("En lettres latines (passeport)"), latin)] if latin else []),
        (_("Date de naissance"), formats.birth(born(identity), DEFAULT)),
        (_("Numéro étranger"), group_foreign_number(identity["foreign_number"]) or _(NO_NUMBER)),
        (_("Titre valable jusqu’au"), formats.day(until, DEFAULT)),
        (_("Service chargé de la demande"), filing(dossier).service),
    ]


def _document_rows(dossier: Dossier, journey: Journey, files: FileStore) -> Iterator[tuple[str, str]]:
    # The job may run after a later request for documents: print only what was received before filing.
    filed = attestations.filed_at(dossier.id)
    received = [
        file
        for file in dossiers.all_documents(dossier.id)
        if filed and file.received_at <= filed and file.scan != Scan.INFECTED
    ]
    explanations = dossiers.explanations(dossier.id)
    photo = dossiers.photo(dossier.id)
    yield _("e-photo"), photo.code if photo else _(NOTHING)
    for asked in journey.needed(case_of(dossier)):
        lines = [_file(file, files) for file in received if file.slot == asked.key]
        yield _(asked.title), "\n".join(lines) or explanations.get(asked.key) or _(NOTHING)


def _file(file: Document, files: FileStore) -> str:
    """Return the line of a file: its digest, read again, or that it is not what was received."""
    try:
        read_unchanged(files, file.key, file.sha256)
    except (FileChanged, FileMissing):
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
