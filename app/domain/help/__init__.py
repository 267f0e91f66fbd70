"""Questions and answers of the help pages, one module a theme; each sentence is a msgid."""

from app.domain.help import (
    account,
    assistance,
    card,
    certificates,
    changes,
    filing,
    following,
    law,
    particular,
    photo,
)
from app.domain.help.entry import THEMES, Entry, Theme

ENTRIES: tuple[Entry, ...] = (
    *filing.ENTRIES,
    *account.ENTRIES,
    *photo.ENTRIES,
    *following.ENTRIES,
    *law.ENTRIES,
    *particular.ENTRIES,
    *certificates.ENTRIES,
    *card.ENTRIES,
    *changes.ENTRIES,
    *assistance.ENTRIES,
)

_BY_KEY = {entry.key: entry for entry in ENTRIES}


def entry(key: str) -> Entry | None:
    """Return the question with a key, None if there is none."""
    return _BY_KEY.get(key)


def by_theme() -> tuple[tuple[Theme, tuple[Entry, ...]], ...]:
    """Return all questions by theme, in the order of THEMES."""
    return tuple((theme, tuple(entry for entry in ENTRIES if entry.theme is theme)) for theme in THEMES)
