"""What every page owes: valid HTML5, one h1, a title, unique ids, labelled fields, no empty term, no inline code.

html5lib, which knows every rule of HTML5, needs as long as the service for a page. It reads the frame of each
arrangement of elements once: without words, numbers and addresses, which are read by a quick expression each time.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from html.entities import html5

import html5lib

# What our templates are made of: values in double quotes, no sign where HTML wants a reference.
_NAME = r"[a-zA-Z][\w:.-]*"
_CONTROL = r"\0-\x08\x0b\x0e-\x1f\x7f-\x9f"
_REFERENCE = r"&(?:[a-zA-Z]+|#3[49]|#x27);"
_VALUE = rf'"(?:[^"<&{_CONTROL}]++|{_REFERENCE})*+"'
_TAG = re.compile(rf"<(/?)({_NAME})((?:\s+{_NAME}(?:={_VALUE})?)*+)\s*(/?)>|<!--(?:[^-]|-(?!-))*-->")
_ATTRIBUTE = re.compile(rf'({_NAME})(?:="([^"]*)")?')
_WORDS = re.compile(rf"(?:[^<&{_CONTROL}]++|{_REFERENCE})*+")
_NAMED = re.compile(r"&([a-zA-Z]+;)")
_DOCTYPE = "<!doctype html>"
# Fields that nobody sees or that say themselves what they are.
_SAID = ("hidden", "submit", "button")


@dataclass
class _Page:
    """What is noted of the elements of a page, in their order."""

    frame: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: int = 0
    title: str = ""
    language: str = ""
    labelled: set[str] = field(default_factory=set)
    fields: list[tuple[dict[str, str], bool]] = field(default_factory=list)  # and whether inside a label
    in_label: bool = False


def check_page(text: str) -> None:
    """Raise AssertionError for what is wrong with a page."""
    assert text.lower().startswith(_DOCTYPE), "no doctype"
    assert html5.keys() >= set(_NAMED.findall(text)), "a reference that HTML5 does not know"
    page, at = _Page([_DOCTYPE]), len(_DOCTYPE)
    for tag in _TAG.finditer(text, at):
        _note_words(page, text[at : tag.start()])
        at = tag.end()
        if tag[2]:
            _note_tag(page, tag)
    _note_words(page, text[at:])
    _read("".join(page.frame))
    assert page.language, "no language"
    assert page.headings == 1, f"{page.headings} h1"
    assert page.title, "no title"
    _check_ids(page)


@lru_cache(maxsize=4096)
def _read(frame: str) -> None:
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(frame)
    errors = [f"{position}: {code}" for position, code, _ in parser.errors]
    assert not errors, f"not valid HTML5: {errors[:5]} in {frame}"
    terms = tree.iter("{http://www.w3.org/1999/xhtml}dt")
    assert all("".join(one.itertext()).strip() for one in terms), "a term without a word"


def _note_words(page: _Page, words: str) -> None:
    assert _WORDS.fullmatch(words), f"not valid HTML5: {words[:200]!r}"
    if page.frame[-1].startswith("<title"):
        page.title = unescape(words).strip()
    page.frame.append("x" if unescape(words).strip() else " " * bool(words))


def _note_tag(page: _Page, tag: re.Match[str]) -> None:
    end, name, given, closed = tag.groups()
    if name == "label":
        page.in_label = not end
    if end:
        page.frame.append(f"</{name}>")
        return
    found = _attributes(given)
    kind = f' type="{found["type"]}"' if "type" in found else ""
    others = "".join(f" {one}" for one in found if one != "type")
    page.frame.append(f"<{name}{kind}{others}{closed}>")
    assert "style" not in found, "inline style"
    assert not any(one.startswith("on") for one in found), "inline handler"
    assert name != "style", "inline stylesheet"
    assert name != "script" or found.get("src"), "inline script"
    if found.get("id"):
        page.ids.append(found["id"])
    if name == "html":
        page.language = found.get("lang", "")
    elif name == "h1":
        page.headings += 1
    elif name == "label":
        page.labelled.add(found.get("for", ""))
    elif name in ("input", "select", "textarea"):
        page.fields.append((found, page.in_label))


def _attributes(given: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(given)
    found = dict(pairs)
    assert len(found) == len(pairs), f"not valid HTML5: an attribute twice in {given}"
    return found


def _check_ids(page: _Page) -> None:
    ids = set(page.ids)
    assert len(ids) == len(page.ids), f"ids twice: {sorted(one for one in ids if page.ids.count(one) > 1)}"
    for found, inside in page.fields:
        if found.get("type") in _SAID or "hidden" in found:
            continue
        named = found.get("id") in page.labelled or inside or found.get("aria-label")
        assert named, f"no label: {found.get('name')}"
        for target in found.get("aria-describedby", "").split():
            assert target in ids, f"described by nothing: {target}"
