"""Printed documents: certificates, the list of supporting documents, the sealed application."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno

from app.domain import wording
from app.domain.dossiers.attestations import Facts, spell_code
from app.domain.dossiers.printed_rows import printed_rows
from app.domain.rules.rights import UNDATED
from app.languages import language_of
from app.pdf.engine import PrintingFailed, page_count, print_template
from app.pdf.families import FONTS_DIR
from app.pdf.own_page import OwnPage
from app.pdf.twin import Twin

__all__ = [
    "FONTS_DIR",
    "PrintingFailed",
    "application_pdf",
    "attestation_pdf",
    "attestation_values",
    "check_qr",
    "list_pdf",
]

Section = tuple[str, Sequence[tuple[str, str]]]
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def attestation_pdf(
    facts: Facts,
    check_url: str,
    demonstration: bool,
    operator: str,
    *,
    fonts_dir: Path = FONTS_DIR,
    twin: Twin | None = None,
    own: OwnPage | None = None,
) -> bytes:
    """Return a certificate as one A4 page, in a smaller layout if long names need it, and its holder's own page.

    The same facts give the same bytes. `check_url` is what the QR code holds; the page prints it without its
    statement, beside the typed code.
    """
    shown = own if own and own.drawable(fonts_dir) else None
    values = {**attestation_values(facts, check_url, demonstration, operator, twin), "own": shown}
    page = print_template("attestation.html", facts.issued_at, fonts_dir, dense=False, **values)
    if page_count(page) == (2 if shown else 1):
        return page
    return print_template("attestation.html", facts.issued_at, fonts_dir, dense=True, **values)


def attestation_values(
    facts: Facts, check_url: str, demonstration: bool, operator: str, twin: Twin | None = None
) -> dict[str, object]:
    """Return the values of a certificate's template."""
    return dict(
        facts=facts,
        rows=tuple(printed_rows(facts)),
        twin=twin,
        rights=facts.rights,
        title=facts.title,
        undated=UNDATED,
        code=spell_code(facts.code),
        check_url=check_url,
        check_page=typed_address(check_url),
        qr=_qr(check_url),
        demonstration=demonstration,
        operator=operator,
        own=None,
        **_date_formats(),
    )


def list_pdf(
    heading: str,
    intro: str,
    items: Sequence[tuple[str, str, str]],
    footer: str,
    language: str,
    demonstration: bool,
    *,
    fonts_dir: Path = FONTS_DIR,
    twin: Twin | None = None,
) -> bytes:
    """Return the list of supporting documents to tick: (French name, translation, hint), texts already in `language`.

    The French name stands on a line of its own, in French for who listens, from left to right in every language; without
    a translation it is in the language of the list.
    """
    return print_template(
        "list.html",
        _EPOCH,
        fonts_dir,
        twin=twin,
        heading=heading,
        intro=intro,
        items=items,
        footer=footer,
        spoken=language_of(language),
        demonstration=demonstration,
    )


def application_pdf(
    heading: str,
    sections: Sequence[Section],
    footer: str,
    language: str,
    demonstration: bool,
    *,
    made_at: datetime = _EPOCH,
    fonts_dir: Path = FONTS_DIR,
    twin: Twin | None = None,
) -> bytes:
    """Return the sealed application: sections of (label, answer), or of sentences, whose label is ""."""
    printable_sections = [
        (title, [(label, answer.splitlines() or [""]) for label, answer in rows]) for title, rows in sections
    ]
    return print_template(
        "application.html",
        made_at,
        fonts_dir,
        twin=twin,
        heading=heading,
        sections=printable_sections,
        footer=footer,
        spoken=language_of(language),
        demonstration=demonstration,
    )


def typed_address(check_url: str) -> str:
    """Return the address of the check page as a person types it: without scheme and statement."""
    parts = urlsplit(check_url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def check_qr(check_url: str) -> segno.QRCode:
    """Return the QR code of an address with a statement: capitals and digits take 5.5 bits each, the rest 8.

    Level L: at one size the modules of a higher level are finer, which costs more than it corrects.
    """
    address, mark, statement = check_url.partition("#")
    # A fixed mask: searching for the best one takes a tenth of the time to print, and a signature looks random anyway.
    segments: Any = [address + mark, statement]  # as documented; the stubs know one text only
    return segno.make(segments, error="l", micro=False, boost_error=False, mask=2)


def _qr(check_url: str) -> str:
    target = BytesIO()
    check_qr(check_url).save(target, kind="png", scale=4, border=0)
    return "data:image/png;base64," + b64encode(target.getvalue()).decode()


def _date_formats() -> dict[str, object]:
    names = ("birth_fr", "birth_en", "day_fr", "day_en", "moment_fr", "moment_en")
    return {name: getattr(wording, name) for name in names}
