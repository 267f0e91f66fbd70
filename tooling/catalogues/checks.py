"""Check that every sentence of the code is in every language's catalogue, translated, with the same placeholders.

What a language says of which thing, and the labels that sentences quote, are checked by `wording`; the signs, numbers and
lengths of a translation by `signs`.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from app.languages import Scope, State, language_of
from app.web.localisation.catalogues import fills, forms, placeholders
from tooling.catalogues import files, plain, signs, terms, wording
from tooling.catalogues.extraction import TRANSLATIONS, key_of, names, of_agents, placeholders_told
from tooling.parts import ROOT

RIGHT = "plurals: right"


def required_in(code: str, message: Message) -> bool:
    """Return whether a language may not lack a sentence."""
    language = language_of(code)
    whole = language.state in (State.COMPLETE, State.PLAIN)
    return whole and (language.scope is Scope.EVERYBODY or not of_agents(message))


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


def alike(code: str, key: Message, kept: Message) -> str | None:
    """Return what is wrong with plural forms that say the same in a language that tells numbers apart.

    Of six forms, as in Arabic, three differ at least: one, two, some. Where a word has one form in such a language
    (« un mois, deux mois »), the remark `# plurals: right` stands above the entry.
    """
    written = forms(kept.string)
    least = max(2, len(written) // 2)
    if len(written) == 1 or language_of(code).counted_alike or RIGHT in kept.user_comments:
        return None
    if len(set(written)) >= least or (language_of(code).of_source and len(set(forms(key.id))) == 1):
        return None
    return f"has {len(set(written))} plural forms that differ, and needs {least} of {len(written)}"


def faults(wanted: Catalog, path: Path) -> Iterator[str]:
    """Yield the faults of a catalogue, sentences no longer in the code included."""
    kept = files.read(path)
    folder = path.parent.parent
    code = folder.name
    yield from (f"{code}: {wrong}" for wrong in of_entries(code, wanted, kept))
    if language_of(code).plain:
        yield from (
            f"{code}: {wrong}" for wrong in wording.plain_faults(wanted, kept, wording.read(TRANSLATIONS))
        )
        yield from (f"{code}: {wrong}" for wrong in plain.long_sentences(kept))
    if language_of(code).state is not State.COMPLETE:
        return  # its words are settled, and its labels whole, when it is complete
    for wrong in wording.translation_faults(kept, wording.read(TRANSLATIONS), wording.read(folder)):
        yield f"{code}: {wrong}"
    yield from (f"{code}: {wrong}" for wrong in terms.faults(code, kept))


def of_entries(code: str, wanted: Catalog, kept: Catalog) -> Iterator[str]:
    """Yield what is wrong with the entries of a language, each by itself."""
    messages = [message for message in wanted if message.id]
    for message in messages:
        found = kept.get(message.id, message.context)
        if wrong := fault(message, found, required_in(code, message)):
            yield f"« {forms(message.id)[0]} » {wrong}"
        elif found and all(forms(found.string)):
            if not isinstance(message.id, str) and len(found.string) != kept.num_plurals:
                yield f"« {forms(message.id)[0]} » needs {kept.num_plurals} plural forms"
            if wrong := alike(code, message, found):
                yield f"« {forms(message.id)[0]} » {wrong}"
            of_source = language_of(code).of_source
            yield from (f"« {text} » {wrong}" for text, wrong in signs.faults(message, found, of_source))
    keys = set(map(key_of, messages))
    for message in kept:
        if message.id and key_of(message) not in keys:
            yield f"« {forms(message.id)[0]} » is no longer in the code"


def undescribed(wanted: Catalog) -> Iterator[str]:
    """Yield the placeholders of which translators are not told what they are."""
    told = placeholders_told()
    for message in wanted:
        for name in names(message) if message.id else ():
            if name not in told:
                yield f"« {forms(message.id)[0]} »: %({name})s needs a line in translations/placeholders.toml"


def outdated(wanted: Catalog, path: Path) -> Iterator[str]:
    """Yield a catalogue that `--update` would write otherwise: comments, references or the order of its entries."""
    if path.read_bytes() != files.written(files.merge(files.read(path), wanted)):
        yield f"{path.relative_to(ROOT)} is not as `make catalogues` writes it"
