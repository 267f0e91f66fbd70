"""Give sentences to translators outside gettext, and take their translations back: a file of JSON.

Each entry is under its key, which names it in pictures and reports too: `fr` and `en` (one text, or one for each plural),
`about` (what it is, where it is seen, its values) and `to`, which the translator fills: a text, or one for each
plural form.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message

from app.languages import Scope, language_of
from app.web.localisation.catalogues import forms
from app.web.localisation.named import entry_key
from tooling.catalogues import files
from tooling.catalogues.checks import fault
from tooling.catalogues.extraction import key_of, of_agents

HELP = "en"  # the language shown beside the French


def key(message: Message) -> str:
    """Return the key of an entry: the one by which pages and pictures name it."""
    context, sentence = key_of(message)
    return entry_key(sentence, context or "")


def entries(
    code: str, wanted: Catalog, kept: Catalog, helping: Catalog
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a language lacks within its scope, by key."""
    for message in wanted:
        if not message.id or (language_of(code).scope is Scope.PUBLIC and of_agents(message)):
            continue
        found = kept.get(message.id, message.context)
        if found is not None and all(forms(found.string)) and not found.fuzzy:
            continue
        known = helping.get(message.id, message.context)
        plural = not isinstance(message.id, str)
        yield (
            key(message),
            {
                "fr": list(message.id) if plural else message.id,
                "en": list(forms(known.string)) if known and plural else known.string if known else "",
                "about": message.auto_comments,
                "to": [""] * kept.num_plurals if plural else "",
            },
        )


def export(code: str, wanted: Catalog, into: Path) -> int:
    """Write what a language lacks; return how many entries."""
    kept, helping = files.read(files.path_of(code)), files.read(files.path_of(HELP))
    lacking = dict(entries(code, wanted, kept, helping))
    into.write_text(json.dumps(lacking, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(lacking)


def read(paths: Iterable[Path]) -> dict[str, Any]:
    """Read the files that came back."""
    given: dict[str, Any] = {}
    for path in paths:
        given |= json.loads(path.read_text(encoding="utf-8"))
    return given


def take(code: str, wanted: Catalog, given: dict[str, Any]) -> list[str]:
    """Put translations into a catalogue, comments and all else untouched; return what was refused, with its fault.

    `given` holds by key an entry as it was exported, or its translation alone.
    """
    catalog = files.merge(files.read(files.path_of(code)), wanted)
    refused = []
    for message in catalog:
        told = given.get(key(message)) if message.id else None
        told = told.get("to") if isinstance(told, dict) else told
        if not told or not all(forms(told)):
            continue
        text = told if isinstance(told, str) else tuple(told)
        if wrong := _wrong(message, text, catalog.num_plurals):
            refused.append(f"{key(message)} « {forms(message.id)[0]} » {wrong}")
        else:
            message.string = text
            message.flags.discard("fuzzy")
    files.write(files.path_of(code), catalog)
    return refused


def _wrong(message: Message, text: str | tuple[str, ...], plurals: int) -> str | None:
    if isinstance(text, str) != isinstance(message.id, str):
        return "needs one text, or one for each plural form, as its French"
    if not isinstance(text, str) and len(text) != plurals:
        return f"needs {plurals} plural forms"
    return fault(message, Message(message.id, text))
