"""The papers people take away: attestations, the list of supporting documents, the sealed application."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import segno

from app.domain import wording
from app.domain.dossiers.attestations import Facts, spell_code
from app.domain.rules.rights import UNDATED
from app.pdf.engine import FONTS_DIR, MissingGlyph, PrintingFailed, page_count, print_template, spelled

__all__ = [
    "FONTS_DIR",
    "MissingGlyph",
    "PrintingFailed",
    "application_pdf",
    "attestation_pdf",
    "attestation_values",
    "list_pdf",
]

Section = tuple[str, Sequence[tuple[str, str]]]
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_LONGEST_WORD = 20  # a longer piece of an address is a token: for the QR code, not for fingers


def attestation_pdf(
    facts: Facts, check_url: str, demonstration: bool, operator: str, *, fonts_dir: Path = FONTS_DIR
) -> bytes:
    """One A4 page; set smaller when long names need it. The same facts give the same bytes.

    `check_url` is the signed address behind the QR code; the page prints it without its token, beside the
    typed code. Raises MissingGlyph for a letter that cannot be printed.
    """
    values = attestation_values(facts, check_url, demonstration, operator)
    page = print_template("attestation.html", facts.issued_at, fonts_dir, dense=False, **values)
    if page_count(page) == 1:
        return page
    return print_template("attestation.html", facts.issued_at, fonts_dir, dense=True, **values)


def attestation_values(facts: Facts, check_url: str, demonstration: bool, operator: str) -> dict[str, object]:
    """All that the page of an attestation says."""
    return dict(
        facts=facts,
        rights=facts.rights,
        title=facts.title,
        undated=UNDATED,
        code=spell_code(facts.code),
        check_url=check_url,
        check_page=typed_address(check_url),
        qr=_qr(check_url),
        demonstration=demonstration,
        operator=operator,
        **_words(),
    )


def list_pdf(
    heading: str,
    intro: str,
    items: Sequence[tuple[str, str]],
    footer: str,
    language: str,
    demonstration: bool,
    *,
    fonts_dir: Path = FONTS_DIR,
) -> bytes:
    """The list of supporting documents to tick: (label, hint) items; texts already in `language`."""
    return print_template(
        "list.html",
        _EPOCH,
        fonts_dir,
        heading=heading,
        intro=intro,
        items=items,
        footer=footer,
        language=language,
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
) -> bytes:
    """The sealed application: sections of (label, answer). A letter the fonts lack is spelled [U+4E2D]."""
    readable = [
        (title, [(label, spelled(answer, fonts_dir).splitlines() or [""]) for label, answer in rows])
        for title, rows in sections
    ]
    return print_template(
        "application.html",
        made_at,
        fonts_dir,
        heading=heading,
        sections=readable,
        footer=footer,
        language=language,
        demonstration=demonstration,
    )


def typed_address(check_url: str) -> str:
    """The address of the check page as a person types it: no scheme, no token."""
    parts = urlsplit(check_url)
    words = [word for word in parts.path.split("/") if word and len(word) <= _LONGEST_WORD]
    return "/".join([parts.netloc, *words])


def _qr(text: str) -> str:
    target = BytesIO()
    # A signed token looks random under any mask: looking for the best one costs a tenth of the whole print.
    segno.make(text, error="m", micro=False, mask=2).save(target, kind="png", scale=4, border=0)
    return "data:image/png;base64," + b64encode(target.getvalue()).decode()


def _words() -> dict[str, object]:
    return {name: getattr(wording, name) for name in ("day_fr", "day_en", "moment_fr", "moment_en")}
