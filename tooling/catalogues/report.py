"""How far each language is: entries, words left, by the places where sentences are seen; what changed in French since."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from app.languages import KNOWN, Scope, language_of
from app.web.localisation.catalogues import forms
from tooling.catalogues import files
from tooling.catalogues.extraction import of_agents, seen
from tooling.catalogues.rewording import changed

_WORD = re.compile(r"[^\W\d_]+(?:[-’][^\W\d_]+)*")


def words(sentence: tuple[str, ...]) -> int:
    """Return how many French words a translator has to translate."""
    return sum(len(_WORD.findall(text)) for text in sentence)


def lines(wanted: Catalog, only: str = "") -> Iterator[str]:
    """Yield the report, of one language or of all."""
    for path in files.languages():
        code = path.parent.parent.name
        if only in ("", code):
            yield from of_language(code, wanted, files.read(path))


def of_language(code: str, wanted: Catalog, kept: Catalog) -> Iterator[str]:
    """Yield the report of a language."""
    language = language_of(code)
    entries: Counter[str] = Counter()
    left: dict[str, Counter[str]] = defaultdict(Counter)
    for message in wanted:
        if not message.id or (language.scope is Scope.PUBLIC and of_agents(message)):
            continue
        entries["all"] += 1
        found = kept.get(message.id, message.context)
        if found is None or not all(forms(found.string)) or found.fuzzy:
            place = seen(message)[0]
            left[place].update(entries=1, words=words(forms(message.id)))
    missing = sum(counts["entries"] for counts in left.values())
    of_words = sum(counts["words"] for counts in left.values())
    state = language.state if code in KNOWN else "not in languages.toml"
    yield f"{code} ({language.name}, {state}, {language.scope}):"
    yield f"  {entries['all']} entries, {missing} left, of {of_words} words"
    for place, counts in sorted(left.items(), key=lambda item: -item[1]["words"]):
        yield f"    {place}: {counts['entries']} entries, {counts['words']} words"
    reworded = list(changed(kept))
    if reworded:
        yield "  the French changed since these were translated; read them again (--read-again):"
        yield from (
            f"    « {forms(message.id)[0]} », formerly « {message.previous_id[0]} »" for message in reworded
        )
