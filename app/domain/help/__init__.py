"""The questions people ask and their answers, one file a theme: each sentence is a msgid."""

from app.domain.help import account, assistance, card, certificates, changes, filing, following, photo
from app.domain.help.entry import THEMES, Entry, Theme

ENTRIES: tuple[Entry, ...] = (
    *filing.ENTRIES,
    *account.ENTRIES,
    *photo.ENTRIES,
    *following.ENTRIES,
    *certificates.ENTRIES,
    *card.ENTRIES,
    *changes.ENTRIES,
    *assistance.ENTRIES,
)

_BY_KEY = {one.key: one for one in ENTRIES}


def entry(key: str) -> Entry | None:
    """The question with this address, None for an unknown one."""
    return _BY_KEY.get(key)


def by_theme() -> tuple[tuple[Theme, tuple[Entry, ...]], ...]:
    """All questions, theme by theme."""
    return tuple((theme, tuple(one for one in ENTRIES if one.theme is theme)) for theme in THEMES)
