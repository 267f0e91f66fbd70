"""Catalogues of translations: compiled without what would break a page, read with French where a sentence is missing.

A French sentence that stands in for a missing translation is marked, so that a page can say which language it is in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from app.domain.text import CONTEXT_ENDS, Name
from app.languages import SOURCE, language_of
from app.web.localisation.named import KEY_BEGINS, elements, unnamed

# Characters of the private use area around a sentence in the source language: no font and no person has them.
BEGINS, ENDS = "\ue0f0", "\ue0f1"
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%|\{(\w*)\}")

# Markup in which no element can stand: what is between the tags of the first ones, and inside any tag.
_WHOLE = re.compile(r"<(title|option|textarea|script|style|svg)\b[^>]*>.*?</\1>|<[^>]*>", re.DOTALL)
# An option holds text alone: its own tag says the language.
_OPTION = re.compile(f"(<option[^>]*)>{BEGINS}([^<{ENDS}]*){ENDS}</option>")


def placeholders(text: str) -> set[str]:
    """Return the placeholders of a sentence, which are replaced at run time."""
    return {found.group(0) for found in PLACEHOLDER.finditer(text)}


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the forms of a sentence or of its translation: one, or one for each plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def fills(text: str) -> bool:
    """Return whether a sentence takes its values as the service gives them."""
    if "%" in PLACEHOLDER.sub("", text):
        return False  # `% r` is a conversion, too
    try:
        text % defaultdict(str)
    except (TypeError, ValueError):
        return False
    return True


def breaks(message: Message) -> bool:
    """Return whether a translation would fail where its sentence is shown."""
    known = placeholders(forms(message.id)[-1])
    return any(placeholders(text) - known or (known and not fills(text)) for text in forms(message.string))


def usable(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages that can be shown: translated in every form, read again, and not breaking."""
    for message in catalog:
        if message.id and all(forms(message.string)) and not message.fuzzy and not breaks(message):
            yield message


def compile_catalogue(path: Path) -> list[str]:
    """Write the .mo file of a catalogue, and return the sentences left out because they would break a page."""
    with path.open("rb") as file:
        kept = read_po(file, locale=path.parent.parent.name)
    compiled = Catalog(locale=kept.locale, header_comment="", charset="utf-8")
    # Its own rule of plurals: a later CLDR may count more forms than its sentences have.
    compiled.mime_headers = [("Plural-Forms", kept.plural_forms)]
    for message in usable(kept):
        compiled.add(message.id, message.string, context=message.context)
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, compiled)
    broken = [message for message in kept if message.id and all(forms(message.string)) and breaks(message)]
    return [forms(message.id)[0] for message in broken]


class SourceSentences(NullTranslations):
    """The sentences of the source language: what a catalogue lacks, or all of them. None and one are singular."""

    def __init__(self, marked: bool) -> None:
        super().__init__()
        self.begins, self.ends = (BEGINS, ENDS) if marked else ("", "")

    def gettext(self, message: str) -> str:
        """Return a sentence, without its context; a name as it is."""
        if isinstance(message, Name):
            return message
        return f"{self.begins}{message.rpartition(CONTEXT_ENDS)[2]}{self.ends}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of a sentence for a number."""
        return self.gettext(msgid1 if n < 2 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return a sentence of a context."""
        return self.gettext(message)


@cache
def catalogue(directory: str, code: str) -> NullTranslations:
    """Return the translations of a language, read once; what it lacks comes in French, marked in another language."""
    if code == SOURCE:
        return SourceSentences(marked=False)
    found = Translations.load(directory, [code])
    found.add_fallback(SourceSentences(marked=not language_of(code).of_source))
    return found


def marked_page(html: str) -> str:
    """Return a page in which each marked sentence says its language and direction, as an element where one can stand."""
    if BEGINS not in html and KEY_BEGINS not in html:
        return html
    html = _OPTION.sub(rf'\1 lang="{SOURCE}" dir="ltr">\2</option>', html)
    parts: list[str] = []
    place = 0
    for found in _WHOLE.finditer(html):
        parts += (_elements(html[place : found.start()]), plain(found.group(0)))
        place = found.end()
    return "".join((*parts, _elements(html[place:])))


def plain(text: str) -> str:
    """Return a text without marks."""
    text = unnamed(text)
    return text.replace(BEGINS, "").replace(ENDS, "") if BEGINS in text else text


def _elements(text: str) -> str:
    return elements(text).replace(BEGINS, f'<span lang="{SOURCE}" dir="ltr">').replace(ENDS, "</span>")
