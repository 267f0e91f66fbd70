"""Handlers that print certificates, letters, and the application as filed; each names the page that says the same."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import g

from app.domain.dossiers.attestations import Facts, public_rows
from app.domain.dossiers.decision_letters import Head
from app.domain.rules.calendar import paris_day
from app.jobs.work import Work
from app.keys import KeyPurpose
from app.languages import language_of
from app.presenters import certificate_rows
from app.presenters.applicants import blocked_sections, filed_sections
from app.services.certificates import printing, seals
from app.services.decisions import decision_letters
from app.services.filed import filing
from app.storage.files import FileChanged, FileMissing, FileStore, read_unchanged
from app.storage.models import Attestation, Conversation, DecisionLetter, Document, Dossier
from app.web.localisation import formats
from app.web.localisation.catalogues import plain
from app.web.localisation.language import DEFAULT, language
from app.web.localisation.language import gettext as _

if TYPE_CHECKING:
    from app.pdf.own_page import OwnPage


def _page(work: Work, path: str) -> str:
    """Return the address of a page of ours in French, the language of papers."""
    return f"{work.settings.origin.rstrip('/')}/{DEFAULT}/{path}"


def _changed(files: FileStore, file: Document) -> bool:
    """Return whether the stored bytes of a file are no longer those that were received."""
    try:
        read_unchanged(files, file.key, file.sha256)
    except (FileChanged, FileMissing):
        return True
    return False


def print_attestation(work: Work) -> None:
    """Print a certificate and store its PDF."""

    def draw(attestation: Attestation) -> bytes:
        from app.pdf import attestation_pdf
        from app.pdf.twin import BOTH, Twin

        settings, facts = work.settings, Facts.from_json(attestation.facts)
        signers = work.app.extensions["keyring"].of(KeyPurpose.PAPERS)
        url = seals.check_url(settings.origin, seals.sealed(attestation, signers, paris_day(work.now)))
        fonts = Path(settings.fonts_dir)
        with work.app.app_context():
            g.language = attestation.dossier.account.language
            own = own_page(facts)
        twin = Twin(_page(work, f"attestations/{attestation.code}"), BOTH)
        return attestation_pdf(
            facts, url, settings.demonstration, settings.operator, fonts_dir=fonts, twin=twin, own=own
        )

    number = int(work.payload["attestation"])
    printing.print_paper(Attestation, number, draw, work.gateways.files, work.now)


def own_page(facts: Facts) -> "OwnPage | None":
    """Return what a certificate says in the language of its holder; None for those in which it is written."""
    from app.pdf.own_page import OwnPage

    spoken = language_of(language())
    if spoken.of_source or spoken.of_agents:
        return None
    (label, name), *rows = certificate_rows.formatted(public_rows(facts))
    short = re.split(r"\s*[(（]", name)[0]  # its French name is on the page before
    return OwnPage(
        spoken.tag,
        spoken.direction,
        plain(_("Vos droits avec ce document")),
        plain(
            _(
                "Cette page vous explique le document. Montrez celle qui est en français : elle seule fait foi."
            )
        ),
        tuple((plain(label), plain(text)) for label, text in ((label, short), *rows)),
    )


def print_application(work: Work) -> None:
    """Print the application as it was filed, in French, the language it is examined in."""

    def draw(dossier: Dossier) -> bytes:
        from app.pdf import application_pdf
        from app.pdf.twin import Twin

        settings = work.settings
        with work.app.app_context():
            g.language = DEFAULT
            filed = filing(dossier)
            heading = _("Demande %(reference)s", reference=filed.reference)
            day = formats.day(filed.filed_on, DEFAULT)
            footer = _("%(operator)s · demande déposée le %(day)s", operator=settings.operator, day=day)
            sections = list(filed_sections.sections(dossier, DEFAULT, partial(_changed, work.gateways.files)))
        at, fonts = work.now, Path(settings.fonts_dir)
        twin = Twin(_page(work, f"suivi/{filed.reference}/demande"))
        return application_pdf(
            heading, sections, footer, DEFAULT, settings.demonstration, made_at=at, fonts_dir=fonts, twin=twin
        )

    printing.print_application(int(work.payload["dossier"]), draw, work.gateways.files, work.now)


def print_certificate(work: Work) -> None:
    """Print a certificate of being blocked, in French, for the counter of a prefecture."""

    def draw(conversation: Conversation) -> bytes:
        from app.pdf import application_pdf
        from app.pdf.twin import Twin

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
        own = conversation.account_id is not None
        twin = Twin(_page(work, f"suivi/questions/{conversation.number}" if own else "aide/ecrire/recu"))
        return application_pdf(
            heading, sections, footer, DEFAULT, settings.demonstration, made_at=at, fonts_dir=fonts, twin=twin
        )

    number = int(work.payload["conversation"])
    printing.print_paper(Conversation, number, draw, work.gateways.files, work.now)


def print_letter(work: Work) -> None:
    """Print the letter of a decision, in French, the language of the decision."""

    def draw(letter: DecisionLetter) -> bytes:
        from app.pdf.letters import letter_pdf
        from app.pdf.twin import Twin

        settings, values = work.settings, letter.values
        head = Head(values["service"], values["ville"], values["nom"], values["reference"])
        return letter_pdf(
            head,
            decision_letters.read(letter),
            settings.operator,
            letter.issued_at,
            demonstration=settings.demonstration,
            fonts_dir=Path(settings.fonts_dir),
            twin=Twin(_page(work, f"suivi/{values['reference']}/lettres/{letter.id}")),
        )

    number = int(work.payload["letter"])
    printing.print_paper(DecisionLetter, number, draw, work.gateways.files, work.now)
