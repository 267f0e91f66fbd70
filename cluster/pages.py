"""Forms of a page, as a browser without scripts would send them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

OURS = re.compile(r'<a href="tel:|class="(ref|actions)|name="csrf_token"')  # what no bare page of a proxy has


@dataclass
class SentForm:
    """A form: where it goes, and the fields that it has, with their values."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects the forms of a page; a field that stands outside names its form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[SentForm] = []
        self.by_id: dict[str, SentForm] = {}
        self.present: SentForm | None = None
        self.select = self.textarea = ""
        self.first_option: str | None = None
        self.typed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.present = SentForm(given.get("action", ""))
            self.forms.append(self.present)
            self.by_id[given.get("id", "")] = self.present
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self.select, self.first_option = given.get("name", ""), None
        elif tag == "option" and self.select:
            self._option(given)
        elif tag == "textarea":
            self.textarea, self.typed = given.get("name", ""), ""

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "button", "file", "image") or (
            kind in ("radio", "checkbox") and "checked" not in given
        ):
            return
        self._add(given.get("name", ""), given.get("value", "on" if kind == "checkbox" else ""), given)

    def _option(self, given: dict[str, str]) -> None:
        if self.first_option is None:
            self.first_option = given.get("value", "")
        if "selected" in given:
            self.first_option = given.get("value", "")

    def _add(self, name: str, value: str, given: dict[str, str]) -> None:
        form = self.by_id.get(given.get("form", "")) or self.present
        if form and name:
            form.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.present = None
        elif tag == "select" and self.select:
            self._add(self.select, self.first_option or "", {})
            self.select = ""
        elif tag == "textarea" and self.textarea:
            self._add(self.textarea, self.typed.lstrip("\n"), {})
            self.textarea = ""


def form_to(page: str, path: str, here: str) -> SentForm | None:
    """Return the form of a page that goes to a path; one without `action` goes where the page is."""
    reader = _Reader()
    reader.feed(page)
    wanted = urlsplit(path).path
    for form in reader.forms:
        if (urlsplit(form.action).path or urlsplit(here).path) == wanted:
            return form
    return None


def token(page: str) -> str:
    """Return the token of the forms of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return found.group(1) if found else ""


def ours(status: int, page: str) -> bool:
    """Return whether an answer is one of the service's own: an error that a proxy made up is not."""
    return status < 500 or ("<html" in page and bool(OURS.search(page)))
