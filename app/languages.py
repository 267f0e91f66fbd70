"""The languages of the service: read from `translations/languages.toml`, described by CLDR through Babel."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from babel import Locale

FILE = "languages.toml"
DIRECTORY = Path(__file__).parent.parent / "translations"
_AFTER_SIGNS = 0x300  # letters of an alphabet come after spaces and hyphens


class State(StrEnum):
    """How far the catalogue of a language is."""

    SOURCE = "source"
    COMPLETE = "complete"
    DRAFT = "draft"
    PLAIN = "plain"


class Scope(StrEnum):
    """Whose pages a language has."""

    EVERYBODY = "everybody"
    PUBLIC = "public"


@dataclass(frozen=True)
class Language:
    """A language of the service; `code` names it in addresses and in folders."""

    code: str
    state: State
    scope: Scope
    locale_name: str
    reviewed: bool  # by a sworn translator; its pages say so until then
    own_name: str = ""  # where CLDR calls it otherwise than its speakers do
    own_tag: str = ""  # of its pages, where it is not the code
    alphabet: str = ""  # where the order of its letters is not that of Unicode
    encoding: str = ""  # whose order is that of its dictionaries
    counted_alike: bool = False  # a noun has one form after every number, though CLDR tells numbers apart

    @cached_property
    def locale(self) -> Locale:
        """The CLDR locale, for names, dates, numbers and plurals."""
        return Locale.parse(self.locale_name)

    @cached_property
    def name(self) -> str:
        """The name of the language in itself: `Français`, `العربية`."""
        name = (
            self.own_name
            or Locale(self.locale.language, script=self.locale.script).get_display_name()
            or self.code
        )
        return name[:1].upper() + name[1:]

    @property
    def tag(self) -> str:
        """Its BCP 47 tag, for the `lang` attribute."""
        return self.own_tag or self.code

    @property
    def of_source(self) -> bool:
        """Whether it is the source language, in its own words or in plain ones."""
        return self.state in (State.SOURCE, State.PLAIN)

    @property
    def plain(self) -> bool:
        """Whether it says the sentences of the source in plain words; a sentence of agents alone stays as it is."""
        return self.state is State.PLAIN

    @property
    def draft(self) -> bool:
        """Whether sentences may be missing, and are shown in French."""
        return self.state is State.DRAFT

    @property
    def of_agents(self) -> bool:
        """Whether agents' pages are in this language too."""
        return self.scope is Scope.EVERYBODY

    def sort_key(self, name: str) -> tuple[int, ...]:
        """Return what names are compared by in lists of this language; case counts for nothing, nor do accents.

        >>> sorted(["Йорданія", "Австрія", "Єгипет", "Зімбабве"], key=language_of("uk").sort_key)
        ['Австрія', 'Єгипет', 'Зімбабве', 'Йорданія']
        """
        if self.encoding:
            return tuple(name.encode(self.encoding, "replace"))
        return tuple(place for letter in name.casefold() for place in self._places(letter))

    def _places(self, letter: str) -> tuple[int, ...]:
        if letter in self.alphabet:
            return (_AFTER_SIGNS + self.alphabet.index(letter),)
        plain = unicodedata.normalize("NFKD", letter)
        return tuple(
            _AFTER_SIGNS + self.alphabet.index(sign) if sign in self.alphabet else ord(sign)
            for sign in plain
            if not unicodedata.combining(sign)
        )

    @cached_property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of its script, for the `dir` attribute."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"


def read(directory: Path) -> Mapping[str, Language]:
    """Return the languages of a folder of catalogues by code, in the order of its file."""
    rows = tomllib.loads((directory / FILE).read_text(encoding="utf-8"))
    return {
        code: Language(
            code,
            State(row["state"]),
            Scope(row["scope"]),
            row.get("locale", code),
            row.get("reviewed", False),
            row.get("name", ""),
            row.get("tag", ""),
            row.get("alphabet", ""),
            row.get("encoding", ""),
            row.get("counted_alike", False),
        )
        for code, row in rows.items()
    }


KNOWN = read(DIRECTORY)
SOURCE = next(known.code for known in KNOWN.values() if known.state is State.SOURCE)
# What the menu offers unless LANGUAGES says otherwise.
OFFERED = tuple(known.code for known in KNOWN.values() if known.state is not State.DRAFT)


@cache
def language_of(code: str) -> Language:
    """Return the language of a code; one that the file does not name is a draft."""
    return KNOWN.get(code) or Language(code, State.DRAFT, Scope.EVERYBODY, code, reviewed=False)
