"""Decision letters as PDF."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.domain.dossiers.decision_letters import Head
from app.pdf.engine import FONTS_DIR, print_template, spelled


def letter_pdf(
    head: Head,
    paragraphs: Sequence[Sequence[str]],
    operator: str,
    made_at: datetime,
    *,
    demonstration: bool,
    specimen: bool = False,
    fonts_dir: Path = FONTS_DIR,
) -> bytes:
    """Return a letter as PDF, on as many pages as it needs.

    The same paragraphs give the same bytes. Letters without glyph print as [U+4E2D]; no markup is interpreted.
    """

    def plain(text: str) -> str:
        return spelled(text, fonts_dir)

    return print_template(
        "letter.html",
        made_at,
        fonts_dir,
        service=plain(head.service),
        city=plain(head.city),
        person=plain(head.name),
        reference=plain(head.reference),
        paragraphs=[[plain(line) for line in lines] for lines in paragraphs],
        operator=plain(operator),
        footer=plain(f"{head.service} · {head.reference}"),
        demonstration=demonstration,
        specimen=specimen,
    )
