"""Check the words of sentences: the glossary of each language, and the names of buttons and pages they quote.

A glossary is a file: `translations/glossary.toml` for the sentences of the code, `translations/<code>/glossary.toml`
for a catalogue. Each says how its language quotes, which words it never uses, and what it quotes beside labels.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from app.web.localisation.catalogues import forms

FILE = "glossary.toml"
VALUE = re.compile(r"\{?%\(\w+\)s\}?")  # filled in at run time: a name, a search


@dataclass(frozen=True)
class Term:
    """A thing, the word that names it, and patterns of the words that do not."""

    say: str
    never: tuple[str, ...]
    unless: tuple[str, ...] = ()  # pieces of sentences in which such a word is right
    source: str = ""

    @cached_property
    def _wrong(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.never), re.IGNORECASE)

    def misused_in(self, text: str) -> str:
        """Return the wrong word of a sentence, "" if it has none."""
        for piece in self.unless:
            text = text.replace(piece, "")
        found = self._wrong.search(VALUE.sub("%", text))
        return found.group(0) if found else ""


@dataclass(frozen=True)
class Glossary:
    """The words of a language."""

    marks: tuple[str, str]  # around a quotation
    quoted: frozenset[str] = frozenset()  # quotations that are no label of the service
    terms: tuple[Term, ...] = ()

    def quotations(self, text: str) -> list[str]:
        """Return what a sentence quotes, but for what is filled in at run time."""
        opening, closing = map(re.escape, self.marks)
        found = re.findall(f"{opening}(.*?){closing}", text)
        return [words for words in found if not VALUE.fullmatch(words)]

    def faults(self, text: str, labels: Iterable[str]) -> Iterator[str]:
        """Yield what is wrong with the words of a sentence."""
        for term in self.terms:
            if word := term.misused_in(text):
                yield f"says « {word} »: {term.say}"
        for words in self.quotations(text):
            if words not in self.quoted and words not in labels:
                yield f"quotes « {words} », which is no label"


@dataclass(frozen=True)
class Sentence:
    """A sentence of the code in each of its plural forms, and its forms in a catalogue."""

    source: tuple[str, ...]
    translation: tuple[str, ...] = field(default=())


def read(folder: Path) -> Glossary:
    """Read the glossary of a folder."""
    told: dict[str, Any] = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    opening, closing = told["marks"]
    terms = tuple(
        Term(term["say"], tuple(term["never"]), tuple(term.get("unless", ())), term.get("source", ""))
        for term in told.get("term", ())
    )
    return Glossary((opening, closing), frozenset(told.get("quoted", ())), terms)


def sentences(catalog: Catalog) -> list[Sentence]:
    """Return the sentences of a catalogue."""
    return [Sentence(forms(message.id), forms(message.string)) for message in catalog if message.id]


def source_faults(catalog: Catalog, glossary: Glossary) -> Iterator[str]:
    """Yield the faults of the sentences of the code."""
    known = sentences(catalog)
    labels = {sentence.source[0] for sentence in known}
    for sentence in known:
        for text in sentence.source:
            for fault in glossary.faults(text, labels):
                yield f"« {text} » {fault}"


def translation_faults(catalog: Catalog, source: Glossary, glossary: Glossary) -> Iterator[str]:
    """Yield the faults of a catalogue: its words, and labels not quoted as its own pages write them."""
    known = [sentence for sentence in sentences(catalog) if all(sentence.translation)]
    names = {sentence.source[0]: sentence.translation[0] for sentence in known}
    labels = set(names.values())
    for sentence in known:
        named = {words for text in sentence.source for words in source.quotations(text) if words in names}
        for text in sentence.translation:
            for fault in glossary.faults(text, labels):
                yield f"« {text} » {fault}"
            quoted = set(glossary.quotations(text))
            for words in sorted(named - source.quoted - (quoted & glossary.quoted)):
                if names[words] not in quoted:
                    yield f"« {text} » does not quote the label « {names[words]} »"


def plain_faults(wanted: Catalog, kept: Catalog, glossary: Glossary) -> Iterator[str]:
    """Yield the faults of the source in plain words: its own glossary, and labels as its pages write them."""
    plain = {
        sentence.source[0]: sentence.translation for sentence in sentences(kept) if all(sentence.translation)
    }
    labels = {plain.get(sentence.source[0], sentence.source)[0] for sentence in sentences(wanted)}
    for texts in plain.values():
        for text in texts:
            yield from (f"« {text} » {fault}" for fault in glossary.faults(text, labels))
