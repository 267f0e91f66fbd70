"""The time to print a certificate, warm, beside WeasyPrint with the same content."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from app.domain.dossiers.attestations import Facts
from app.domain.rules.rights import AttestationKind, Situation
from app.pdf import FONTS_DIR, attestation_pdf, attestation_values, engine
from app.pdf.families import LATIN
from bench.table import Line

ROUNDS = 15
CHECK = "https://sejour.example/fr/verifier#" + "AEAQIAAAA5PUC" * 14


def facts() -> Facts:
    """Return an extension certificate of an invented person."""
    return Facts(
        kind=AttestationKind.EXTENSION,
        situation=Situation.RENEWAL,
        code="K7QM42XD",
        surname="Nguyễn",
        given_names="Thị Ánh",
        born_on=date(2002, 3, 14),
        nationality_fr="vietnamienne",
        nationality_en="Vietnamese",
        foreign_number="9920000137",
        reference="69-2026-000123-6",
        procedure_fr="renouvellement, étudiant",
        procedure_en="renewal, student",
        filed_at=datetime(2026, 10, 12, 12, 31, tzinfo=UTC),
        permit_fr="carte de séjour temporaire",
        permit_en="temporary residence permit",
        permit_until=date(2027, 1, 31),
        service="Service du séjour de Lyon",
        issued_at=datetime(2027, 1, 28, 9, 0, tzinfo=UTC),
        valid_from=date(2027, 2, 1),
        valid_until=date(2027, 4, 30),
    )


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def weasyprint_html(document: Facts) -> str:
    """Return the certificate's page with its fonts declared for WeasyPrint."""
    face = "@font-face {{ font-family: paper; font-weight: {}; src: url({}) }}".format
    regular, bold = LATIN.files(FONTS_DIR)
    fonts = face(400, regular.as_uri()) + face(700, bold.as_uri())
    html = engine.html(
        "attestation.html", dense=False, **attestation_values(document, CHECK, True, "Guichet séjour")
    )
    return html.replace("<style>", f"<style>{fonts} html {{ font-family: paper }}", 1)


def speed() -> list[Line]:
    """Measure alternating prints of the same page, from facts to PDF, with the same fonts and QR code."""
    document = facts()

    def ours() -> bytes:
        return attestation_pdf(document, CHECK, demonstration=True, operator="Guichet séjour")

    def theirs() -> bytes | None:
        return HTML(string=weasyprint_html(document)).write_pdf(font_config=FontConfiguration())

    ours(), theirs()
    pairs = [(_milliseconds(ours), _milliseconds(theirs)) for _ in range(ROUNDS)]
    share = median(a / b for a, b in pairs)
    return [Line("one attestation, warm: time against WeasyPrint", "≤ 0.5", share, share <= 0.5)]
