"""Check that every sentence of the code is in every language's catalogue, translated, with the same placeholders.

French sentences are the keys, so French needs no catalogue; each folder is another language. What a language says of
which thing, and the labels that sentences quote, are checked by `tooling.wording`.
``--update`` takes new sentences from the code into each catalogue and keeps what is translated.
``--reword OLD NEW`` keeps the translations of a sentence whose words change in the code; run it before ``--update``.
``pybabel update --check`` is not used: it reports catalogues as out of date right after writing them.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from app.languages import Scope, State, language_of
from app.web.localisation.catalogues import fills, forms, placeholders
from tooling import wording
from tooling.parts import ROOT

TRANSLATIONS = ROOT / "translations"
# Folders whose sentences are shown to agents alone.
OF_AGENTS = tuple(
    f"app/{folder}/"
    for folder in (
        *("blueprints/administration", "blueprints/agents", "blueprints/instruction", "domain/actions"),
        *("domain/agent_forms", "presenters/staff", "services/review", "services/staff"),
        *("templates/administration", "templates/agents", "templates/instruction", "templates/mail/staff"),
    )
)
KEYWORDS = ["-k", "_l", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2"]  # beside gettext's own


def pybabel(*arguments: str) -> None:
    """Run a pybabel command in the project's folder."""
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "-q", *arguments], cwd=ROOT, check=True)


def extract(into: Path) -> Catalog:
    """Return the sentences of the code and the templates, in the order of the source."""
    options = ["-F", "pyproject.toml", *KEYWORDS, "--add-location=file", "--project", "guichet-sejour"]
    pybabel("extract", *options, "-o", str(into), "app")
    with into.open("rb") as file:
        return read_po(file)


def languages() -> list[Path]:
    """Return the catalogue of each language but French."""
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def of_agents(message: Message) -> bool:
    """Return whether a sentence is shown to agents alone, by the places that name it."""
    return all(place.startswith(OF_AGENTS) for place, _line in message.locations)


def fault(key: Message, kept: Message | None, required: bool = True) -> str | None:
    """Return what is wrong with the translation of a sentence, None if nothing is; it may lack unless `required`."""
    if kept is None:
        return "is not in the catalogue" if required else None
    translations = forms(kept.string)
    if not all(translations):
        return "is not translated" if required or any(translations) else None
    if kept.fuzzy:
        return "is marked fuzzy: a guess nobody has read again"
    *others, last = forms(key.id)
    wanted = placeholders(last)
    if any(placeholders(text) != wanted for text in others):
        return "needs the same placeholders in each of its forms: in some languages, the first is that of 1, 21, 31"
    if any(placeholders(text) != wanted for text in translations):
        return f"must hold exactly {', '.join(sorted(wanted)) or 'no placeholder'}"
    if wanted and not all(map(fills, translations)):
        return "has a % that is not a value: write %%"
    return None


def faults(wanted: Catalog, path: Path) -> Iterator[str]:
    """Yield the faults of a catalogue, sentences no longer in the code included."""
    with path.open("rb") as file:
        kept = read_po(file)
    folder = path.parent.parent
    name = folder.name
    language = language_of(name)
    keys = {(message.context, forms(message.id)[0]) for message in wanted if message.id}
    for message in wanted:
        required = language.state is not State.DRAFT and (
            language.scope is Scope.EVERYBODY or not of_agents(message)
        )
        if message.id and (wrong := fault(message, kept.get(message.id, message.context), required)):
            yield f"{name}: « {forms(message.id)[0]} » {wrong}"
    for message in kept:
        if message.id and (message.context, forms(message.id)[0]) not in keys:
            yield f"{name}: « {forms(message.id)[0]} » is no longer in the code"
    if language.state is State.DRAFT:
        return  # its words are settled, and its labels whole, when it is complete
    for wrong in wording.translation_faults(kept, wording.read(TRANSLATIONS), wording.read(folder)):
        yield f"{name}: {wrong}"


def update(template: Path, wanted: Catalog) -> None:
    """Merge the code's sentences into each catalogue, without guesses and without obsolete sentences."""
    with template.open("wb") as file:
        write_po(file, wanted, no_location=True)
    for path in languages():
        language = path.relative_to(TRANSLATIONS).parts[0]
        options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "-w", "110"]
        pybabel("update", *options, "-i", str(template), "-o", str(path), "-l", language)


def reword(catalog: Catalog, old: str, new: str) -> bool:
    """Give the translation of a sentence to its new words; False if the catalogue has no such sentence.

    The new words stand for the singular of a sentence that has a plural.
    """
    kept = [message for message in catalog if message.id and forms(message.id)[0] == old]
    for message in kept:
        catalog.delete(message.id, message.context)
        plural = forms(message.id)[1:]
        catalog.add((new, *plural) if plural else new, message.string, context=message.context)
    return bool(kept)


def reword_all(old: str, new: str) -> int:
    """Reword a sentence in each catalogue; return 1 if one has it not."""
    missing = 0
    for path in languages():
        with path.open("rb") as file:
            catalog = read_po(file)
        if not reword(catalog, old, new):
            print(f"{path.relative_to(ROOT)} has no « {old} »")
            missing = 1
            continue
        with path.open("wb") as file:
            write_po(file, catalog, width=110, ignore_obsolete=True)
    return missing


def main() -> int:
    """Print each fault; return 1 if there is one."""
    if sys.argv[1:2] == ["--reword"]:
        return reword_all(*sys.argv[2:4])
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        wanted = extract(template)
        if "--update" in sys.argv:
            update(template, wanted)
            return 0
        found = list(wording.source_faults(wanted, wording.read(TRANSLATIONS)))
        found += [line for path in languages() for line in faults(wanted, path)]
    print("\n".join(found) or f"sentences: {len(wanted)} in each of {len(languages()) + 1} languages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
