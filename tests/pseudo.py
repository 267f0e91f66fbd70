"""Two invented languages, made of the sentences of the code: what a translation may look like, and nobody maintains.

One is written from left to right, accented and two fifths longer, with the four plural forms of Lithuanian; the other
from right to left, in Arabic letters, with the six forms of Arabic. Each sentence stands between brackets, so that a
test sees what did not come from a catalogue.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from app.languages import DIRECTORY, language_of
from app.web.localisation.catalogues import PLACEHOLDER, compile_catalogue, forms

LTR, RTL = "lt", "ar"
OPENS, CLOSES = "⟦", "⟧"
_ACCENTED = str.maketrans("aeiouycnAEIOUYCN", "àéîöûýçñÀÉÎÖÛÝÇÑ")
_ARABIC = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه", strict=True)))


def said(sentence: str, code: str) -> str:
    """Return a sentence in an invented language; values keep their places."""
    pieces, place = [], 0
    for found in PLACEHOLDER.finditer(sentence):
        pieces += (_letters(sentence[place : found.start()], code), found.group(0))
        place = found.end()
    pieces.append(_letters(sentence[place:], code))
    longer = " ~" * (len(sentence) // 5) if code == LTR else ""
    return f"{OPENS}{''.join(pieces)}{longer}{CLOSES}"


def _letters(text: str, code: str) -> str:
    return text.translate(_ACCENTED) if code == LTR else text.lower().translate(_ARABIC)


def sentences() -> Catalog:
    """Return the sentences of the code, from a complete catalogue."""
    with (DIRECTORY / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


def write(folder: Path) -> None:
    """Make both languages in a folder of catalogues."""
    known = sentences()
    for code in (LTR, RTL):
        catalog = Catalog(locale=code)
        for message in known:
            if message.id:
                *_one, last = forms(message.id)
                text = said(last, code)
                plural = not isinstance(message.id, str)
                catalog.add(
                    message.id,
                    (text,) * language_plurals(code) if plural else text,
                    context=message.context,
                )
        path = folder / code / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True)
        with path.open("wb") as target:
            write_po(target, catalog)
        broken = compile_catalogue(path)
        assert not broken, broken


def language_plurals(code: str) -> int:
    """Return how many plural forms a language has."""
    return Catalog(locale=language_of(code).locale).num_plurals


def outside(text: str) -> str:
    """Return what of a text stands outside the brackets."""
    while (shorter := re.sub(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}", " ", text)) != text:
        text = shorter
    return "\n".join(" ".join(line.split()) for line in text.splitlines())
