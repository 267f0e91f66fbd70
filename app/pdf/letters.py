"""The letter of a decision as paper: the service, the person, the paragraphs; as many pages as it takes."""

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
    """The same paragraphs give the same bytes. A letter the fonts lack is spelled [U+4E2D]; nothing is markup."""

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
