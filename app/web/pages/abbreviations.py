"""What the abbreviations of a page stand for, at its foot: found in what was drawn, said by one mechanism."""

import re
from collections.abc import Callable, Iterator, Sequence

from app.domain.texts.abbreviations import ABBREVIATIONS

StandFor = Sequence[tuple[str, str]]  # an abbreviation, and its words in the language of the page
PLACE = "<!--abbreviations-->"  # where a page wants it; desk pages do not: they are the words of the trade
_LONGEST_FIRST = "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
# Their letters anywhere: most pages have none, and are looked through in a sixth of the time.
_ANY = re.compile(_LONGEST_FIRST)


def _alone(short: str) -> str:
    """Return the pattern of an abbreviation that no Latin letter touches; letters of any other script may."""
    first, rest = re.escape(short[0]), re.escape(short[1:])
    return rf"{first}(?<![A-Za-z0-9-]{first}){rest}(?![A-Za-z0-9-])"


# Tags, and what of a page is no words, are passed over. Each choice begins with its letter, and looks behind it after it:
# the engine then tries the places of those letters alone, not every letter of a page in another script.
_FOUND = re.compile(
    "|".join(
        (
            r"<(script|style|svg)\b.*?</\1>",
            "<[^>]*>",
            *map(_alone, sorted(ABBREVIATIONS, key=len, reverse=True)),
        )
    ),
    re.DOTALL,
)


def explained(page: str, translate: Callable[[str], str], draw: Callable[[StandFor], str]) -> str:
    """Return a page with what its abbreviations stand for, at the place that it gives them.

    `translate` gives words of ABBREVIATIONS in its language, `draw` makes the markup. What the page says in full
    already is not repeated.
    """
    if PLACE not in page:
        return page
    if not _ANY.search(page):
        return page.replace(PLACE, "")
    small = page.lower()
    found = [(short, translate(ABBREVIATIONS[short])) for short in dict.fromkeys(_used(page))]
    left = [(short, words) for short, words in found if words.lower() not in small]
    return page.replace(PLACE, draw(left) if left else "")


def _used(page: str) -> Iterator[str]:
    return (found[0] for found in _FOUND.finditer(page) if not found[0].startswith("<"))
