"""Sheets of the sentences that no page of a demonstration shows: each as what it is, among its neighbours in the code.

A letter or a text message is one sheet: its sentences in their order, in every case that it provides for.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from babel.messages.catalog import Catalog, Message

from app.web.localisation.catalogues import PLACEHOLDER, forms
from tooling.catalogues.exchange import key
from tooling.catalogues.extraction import placeholders_told
from tooling.parts import ROOT

MOST = 50  # sentences of a sheet
_LETTERS = re.compile(r"app/templates/(mail|sms)/")
_EXAMPLE = re.compile("« (.*?) »")
# The beginning of what an entry is, and the element that shows it so.
_ELEMENTS = {
    "heading": "h2", "title": "h2", "subject": "h2", "question": "strong", "label": "strong", "name": "strong",
    "button": "button", "link": "u", "explanation": "small", "error": "mark", "text message": "kbd", "item": "li",
}  # fmt: skip
STYLE = """body{font:17px/1.45 system-ui;margin:24px;max-width:46rem}section{border-bottom:1px solid #ddd;padding:7px 0}
p{margin:0;color:#666;font-size:12px}h1{font-size:20px}h2{margin:0;font-size:20px}mark{background:none;color:#b00020}
button,kbd{font:inherit;padding:5px 12px;border:1px solid #444;border-radius:6px;background:#eef}
kbd{display:block;border-radius:14px}
var{background:#eee;font-style:normal}"""


@dataclass(frozen=True)
class Sheet:
    """A page made of sentences: its title, its HTML, in which each sentence says its key."""

    title: str
    html: str


def sheets(
    wanted: Catalog, kept: Catalog | None, seen: set[str], tag: str, direction: str
) -> Iterator[Sheet]:
    """Yield the sheets of what was not seen, in a language, or in French where its catalogue is None or lacks it."""
    told, left = placeholders_told(), {key(message) for message in wanted if message.id} - seen
    for file, messages in _by_file(wanted).items():
        if not any(key(message) in left for message in messages):
            continue
        left -= {key(message) for message in messages}
        for start in range(0, len(messages), MOST):
            part = messages[start : start + MOST]
            title = (
                f"{file.removeprefix('app/').removeprefix('templates/')} ({start + 1}–{start + len(part)})"
            )
            body = "".join(_entry(message, kept, told) for message in part)
            head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
            yield Sheet(
                title,
                f'<!doctype html><html lang="{tag}" dir="{direction}">{head}<h1>{escape(title)}</h1>{body}',
            )


def _by_file(wanted: Catalog) -> dict[str, list[Message]]:
    """Return the sentences of each file in the order of its text; letters and text messages first."""
    found: dict[str, list[Message]] = defaultdict(list)
    for message in wanted:
        for file, _line in message.locations if message.id else ():
            found[file].append(message)
    letters_first = sorted(found, key=lambda file: (not _LETTERS.match(file), file))
    return {file: sorted(found[file], key=_place_in(file)) for file in letters_first}


def _place_in(file: str) -> "_Place":
    return _Place((ROOT / file).read_text(encoding="utf-8"))


class _Place:
    """Where a sentence stands in a text; its first letters are enough, as the code breaks long ones into lines."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, message: Message) -> int:
        return self._text.find(forms(message.id)[0][:25])


def _entry(message: Message, kept: Catalog | None, told: dict[str, str]) -> str:
    found = kept.get(message.id, message.context) if kept else None
    shown = forms(found.string) if found and all(forms(found.string)) else forms(message.id)
    comment = message.auto_comments[0] if message.auto_comments else ""
    element = next((name for begins, name in _ELEMENTS.items() if comment.startswith(begins)), "span")
    words = "<br>".join(_words(text, told) for text in shown)
    sentence = f'<{element} data-entry="{key(message)}">{words}</{element}>'
    return f'<section><p lang="en" dir="ltr">{escape(comment)}</p>{sentence}</section>'


def _words(text: str, told: dict[str, str]) -> str:
    """Return a sentence with an example in the place of each value, its name where there is none."""

    def example(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if not name:
            return "%"
        given = _EXAMPLE.search(told.get(name, ""))
        return f"<var>{given[1] if given else name}</var>"

    return PLACEHOLDER.sub(example, escape(text, quote=False))
