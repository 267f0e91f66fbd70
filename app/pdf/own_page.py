"""The page of a certificate in the language of its holder, after the certificate itself."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class OwnPage:
    """Texts in the holder's language, which `tag` names; the certificate stays in French and English."""

    tag: str
    direction: str
    title: str
    note: str
    rows: tuple[tuple[str, str], ...]

    def drawable(self, fonts_dir: Path) -> bool:
        """Return whether the fonts have every letter of its sentences; without them the page would not be readable."""
        from app.pdf.scripts import font_set

        fonts = font_set(fonts_dir)
        words = "".join((self.title, self.note, *(label for label, _text in self.rows)))
        return all(letter.isspace() or fonts.family_of(letter) for letter in set(words))
