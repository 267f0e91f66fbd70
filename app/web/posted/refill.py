"""Filling typed values into the forms of a page that was drawn without them, by any template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

Attributes = dict[str, str | None]
Values = dict[str, list[str]]  # what was typed, by the name of the field

_KEPT_OUT = frozenset({"hidden", "password", "file", "submit", "button"})
_ONCE = "one-time-code"


@dataclass
class _Field:
    """A field of a form: its start tag, where it stands, and for a list or a text what is in it."""

    tag: str
    attributes: Attributes
    start: int
    after: int  # the end of the start tag
    end: int = 0  # of what is inside
    options: list["_Field"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        return self.attributes.get("type") or "text" if self.tag == "input" else self.tag


@dataclass
class _Form:
    """A form, and the folded parts of the page that it stands in."""

    path: str
    after: int
    folds: list[_Field]
    fields: list[_Field] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads the forms of a page with the places of their fields."""

    def __init__(self, page: str, own_path: str) -> None:
        super().__init__(convert_charrefs=False)
        self.own_path = own_path
        self.forms: list[_Form] = []
        self._form: _Form | None = None
        self._folds: list[_Field] = []
        self._open: _Field | None = None
        self._lines = [0]
        for line in page.split("\n"):  # as the library counts them: other signs end no line
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(page)

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        found = _Field(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if tag == "details":
            self._folds.append(found)
        elif tag == "form":
            path = urlsplit(found.attributes.get("action") or "").path or self.own_path
            self._form = _Form(path, found.after, list(self._folds))
            self.forms.append(self._form)
        elif self._form and tag in ("input", "select", "textarea"):
            self._form.fields.append(found)
            self._open = None if tag == "input" else found
        elif tag == "option" and self._open:
            self._open.options.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self._folds:
            self._folds.pop()
        elif tag == "form":
            self._form = None
        elif self._open and tag == self._open.tag:
            self._open.end = self._place()
            self._open = None


def refill(
    page: str,
    own_path: str,
    typed: Mapping[str, Values],
    notice: Callable[[bool, bool], str],
    label: Callable[[str, str], str] = lambda name, value: value,
) -> str:
    """Return a page with what was typed in its forms, by the path that each is sent to.

    `notice` gives the markup put first into a form that was filled, given whether it is the first of the page and
    whether files have to be chosen again; `label` names the code of a choice that is not offered. Hidden fields,
    passwords and files are left as they are; a folded part with a filled form is opened.
    """
    edits: dict[tuple[int, int], str] = {}
    for form in _Reader(page, own_path).forms:
        values = typed.get(form.path)
        changes = _changes(page, form, values, label) if values and _is_same(form, values) else {}
        if not changes:
            continue
        files = any(item.kind == "file" for item in form.fields)
        edits[form.after, form.after] = notice(not edits, files)
        edits |= changes
        edits |= {(fold.start, fold.after): _tag(fold, {"open": None}) for fold in form.folds}
    for (start, end), text in sorted(edits.items(), reverse=True):
        page = page[:start] + text + page[end:]
    return page


def _is_same(form: _Form, values: Values) -> bool:
    """Return whether it is the form that was typed into: others sent to the same path say so in a hidden field."""
    hidden = (
        item for item in form.fields if item.name == "choice" and item.kind == "hidden" and "choice" in values
    )
    return all((item.attributes.get("value") or "") in values[item.name] for item in hidden)


def _changes(
    page: str, form: _Form, values: Values, label: Callable[[str, str], str]
) -> dict[tuple[int, int], str]:
    visible = [
        item
        for item in form.fields
        if item.kind not in _KEPT_OUT and item.name and item.attributes.get("autocomplete") != _ONCE
    ]
    if not any(item.name in values for item in visible):
        return {}
    left = {name: list(given) for name, given in values.items()}
    changes: dict[tuple[int, int], str] = {}
    for item in visible:
        if item.kind in ("radio", "checkbox"):
            ticked = (item.attributes.get("value") or "on") in values.get(item.name, ())
            changes[item.start, item.after] = _tag(item, {"checked": None} if ticked else {}, "checked")
        elif left.get(item.name):
            changes |= _filled(page, item, left[item.name].pop(0), label)
    return {place: text for place, text in changes.items() if page[slice(*place)] != text}


def _filled(
    page: str, item: _Field, value: str, label: Callable[[str, str], str]
) -> dict[tuple[int, int], str]:
    if item.tag == "input":
        return {(item.start, item.after): _tag(item, {"value": label(item.name, value)})}
    if item.tag == "textarea":
        return {(item.after, item.end): f"\n{escape(value)}"}
    chosen = {
        (option.start, option.after): _tag(
            option, {"selected": None} if option.attributes.get("value") == value else {}, "selected"
        )
        for option in item.options
    }
    if value not in [option.attributes.get("value") for option in item.options]:
        added = f'<option value="{escape(value)}" selected>{escape(label(item.name, value))}</option>'
        chosen[item.end, item.end] = added
    return {place: text for place, text in chosen.items() if page[slice(*place)] != text}


def _tag(item: _Field, changes: Attributes, without: str = "") -> str:
    attributes = {name: text for name, text in item.attributes.items() if name != without} | changes
    written = "".join(
        f" {name}" if text is None else f' {name}="{escape(text)}"' for name, text in attributes.items()
    )
    return f"<{item.tag}{written}>"
