"""Keep translations while the French changes its words, and remember which ones were made from the former words."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from app.web.localisation.catalogues import forms
from tooling.catalogues import files
from tooling.parts import ROOT


def reword(catalog: Catalog, old: str, new: str) -> bool:
    """Give the translation of a sentence to its new words, with the former ones; False if there is no such sentence.

    The new words stand for the singular of a sentence that has a plural.
    """
    kept = [message for message in catalog if message.id and forms(message.id)[0] == old]
    for message in kept:
        catalog.delete(message.id, message.context)
        plural = forms(message.id)[1:]
        catalog.add(
            (new, *plural) if plural else new,
            message.string,
            message.locations,
            message.flags,
            message.auto_comments,
            message.user_comments,
            previous_id=message.previous_id or forms(message.id),
            context=message.context,
        )
    return bool(kept)


def reword_all(old: str, new: str) -> int:
    """Reword a sentence in each catalogue; return 1 if one has it not."""
    missing = 0
    for path in files.languages():
        catalog = files.read(path)
        if reword(catalog, old, new):
            files.write(path, catalog)
        else:
            print(f"{path.relative_to(ROOT)} has no « {old} »")
            missing = 1
    return missing


def changed(catalog: Catalog) -> Iterator[Message]:
    """Yield the sentences whose French changed its words since they were translated."""
    return (message for message in catalog if message.id and message.previous_id)


def read_again(path: Path, sentence: str) -> int:
    """Forget the former words of a sentence whose translation still holds; return 1 if there are none."""
    catalog = files.read(path)
    found = [message for message in changed(catalog) if forms(message.id)[0] == sentence]
    for message in found:
        message.previous_id = []
    files.write(path, catalog)
    return 0 if found else 1
