"""Decision letters as PDF."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.domain.dossiers.decision_letters import Head
from app.pdf.engine import print_template
from app.pdf.families import FONTS_DIR
from app.pdf.twin import Twin


def letter_pdf(
    head: Head,
    paragraphs: Sequence[Sequence[str]],
    operator: str,
    made_at: datetime,
    *,
    demonstration: bool,
    specimen: bool = False,
    fonts_dir: Path = FONTS_DIR,
    twin: Twin | None = None,
) -> bytes:
    """Return a letter as PDF, on as many pages as it needs.

    The same paragraphs give the same bytes; no markup is interpreted.
    """
    return print_template(
        "letter.html",
        made_at,
        fonts_dir,
        twin=twin,
        service=head.service,
        city=head.city,
        person=head.name,
        reference=head.reference,
        paragraphs=paragraphs,
        operator=operator,
        footer=f"{head.service} · {head.reference}",
        demonstration=demonstration,
        specimen=specimen,
    )
