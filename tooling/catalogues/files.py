"""Catalogues as files: read with the former words of a sentence, written the same way each time."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import denormalize, read_po, write_po

from app.languages import language_of
from tooling.catalogues.extraction import TRANSLATIONS

WIDTH = 110
_FORMER = re.compile(r"\| msgid(?:_plural)? (.*)", re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRAPPED = re.compile(rb"\n#\| (?!msgid)")  # a former sentence that Babel wrapped within its quotation marks
_GENERATOR = re.compile(rb'"Generated-By: [^\n]*\n')  # a new Babel would change each file


def languages() -> list[Path]:
    """Return the catalogue of each language but French."""
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def path_of(code: str) -> Path:
    """Return the catalogue of a language."""
    return TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"


def begin(code: str) -> None:
    """Write the empty catalogue of a language that `languages.toml` names."""
    path = path_of(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(
        path,
        Catalog(locale=language_of(code).locale, project="guichet-sejour", header_comment="", fuzzy=False),
    )


def read(path: Path) -> Catalog:
    """Read a catalogue; Babel's reader takes the former words of a sentence for remarks of a translator."""
    with path.open("rb") as file:
        catalog = read_po(file)
    for message in catalog:
        _recover_former(message)
    return catalog


def _recover_former(message: Message) -> None:
    former = [line for line in message.user_comments if _FORMER.match(line)]
    message.user_comments = [line for line in message.user_comments if line not in former]
    message.previous_id = [denormalize(f'"{"".join(_STRING.findall(line))}"') for line in former]


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as its file: references without lines, the former words of a sentence, nothing obsolete."""
    file = BytesIO()
    write_po(file, catalog, width=WIDTH, ignore_obsolete=True, include_previous=True, include_lineno=False)
    return _WRAPPED.sub(b" ", _GENERATOR.sub(b"", file.getvalue()))


def write(path: Path, catalog: Catalog) -> None:
    """Write the file of a catalogue."""
    path.write_bytes(written(catalog))


def merge(catalog: Catalog, wanted: Catalog) -> Catalog:
    """Take the sentences of the code into a catalogue, in their order; translations, remarks and former words stay.

    No translation is guessed from a sentence that is like it.
    """
    merged = Catalog(
        locale=catalog.locale, header_comment=catalog.header_comment, fuzzy=catalog.fuzzy, charset="utf-8"
    )
    merged.mime_headers = catalog.mime_headers
    for message in wanted:
        if not message.id:
            continue
        kept = catalog.get(message.id, message.context)
        if kept is None and message.context:
            kept = catalog.get(message.id)  # a context was added: what was translated without it still holds
        fits = kept is not None and isinstance(kept.id, str) == isinstance(message.id, str)
        merged.add(
            message.id,
            kept.string if kept and fits else None,
            message.locations,
            message.flags | ({"fuzzy"} if kept and kept.fuzzy else set()),
            message.auto_comments,
            kept.user_comments if kept else (),
            previous_id=kept.previous_id if kept else (),
            context=message.context,
        )
    return merged
