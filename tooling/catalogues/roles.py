"""What a sentence is where it is written: a button, an error, a subject; read from the code and the templates.

A translator reads it above the entry. In Python it is told by the argument of the class or function that the sentence
is given to; in a template by the element, the attribute, the macro or the block around it.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

Key = tuple[str | None, str]  # context, French sentence (the first of its forms)

MARKS = {"N_": 0, "_": 0, "gettext": 0, "ngettext": 0, "_l": 0, "lazy_gettext": 0, "lazy_ngettext": 0}
WITH_CONTEXT = ("pgettext", "C_")

BUTTON, ERROR, SUBJECT, SMS = "button", "error message", "subject of an e-mail", "text message (SMS)"
LABEL, CHOICE, HINT, LINK = "question or label of a field", "choice", "explanation under a field", "link"
MEANING = "what a French word means, as in a dictionary"
HEADING, SENTENCE, WINDOW = "heading", "sentence", "title of the window"
OF_PYTHON: Mapping[str, str] = {
    "Question.2": LABEL,
    "PermitQuestion.2": LABEL,
    "FieldView.2": LABEL,
    "label=": LABEL,
    "PermitQuestion.3": HINT,
    "hint=": HINT,
    "missing=": ERROR,
    "PermitQuestion.4": ERROR,
    "Problem.0": ERROR,
    "ValueError.0": ERROR,
    "add_error.1": ERROR,
    "error=": ERROR,
    "Option.1": CHOICE,
    "Held.1": CHOICE,
    "Reason.1": CHOICE,
    "Option.2": "explanation of a choice, or the reason that the person reads",
    "Held.2": "explanation of a choice",
    "Reason.2": "reason that the person reads",
    "Reason.3": "example that ends a sentence",
    "Step.1": "title of a step or of a form",
    "Step.2": "sentence at the head of a form",
    "Entry.2": "question of the help pages",
    "Entry.3": "answer of the help pages",
    "Entry.6": "words that people search for, not shown",
    "Theme.1": "theme of the help pages",
    "Paragraph.0": SENTENCE,
    "Paragraph.1": "item of a list",
    "Link.0": LINK,
    "Place.1": LINK,
    "SupportingDocument.1": "name of a document",
    "SupportingDocument.2": "which document, in a sentence",
    "instead=": "what may be given instead of a document",
    "when=": "for whom: stands beside a name",
    "Words.0": BUTTON,
    "Words.1": HEADING,
    "Words.2": SENTENCE,
    "Words.3": "confirmation once it is done",
    "history=": "line of an application’s history",
    "history_from=": "line of an application’s history",
    "OtherCode.0": "country or territory",
    "OtherCode.1": "nationality (feminine in French)",
    "Title.0": "title of a certificate",
    "PublicRow.0": "label beside a value",
    "title=": HEADING,
    "heads=": "head of a column",
    "short=": "short name of a question, in a summary",
}
OF_ELEMENTS: Mapping[str, str] = {
    "button": BUTTON,
    "a": LINK,
    "h1": "title of the page",
    **dict.fromkeys(("h2", "h3", "h4"), HEADING),
    "title": WINDOW,
    **dict.fromkeys(("th", "dt"), "label beside or above a value"),
    **dict.fromkeys(("label", "legend"), LABEL),
    "option": CHOICE,
    "summary": "opens more when pressed",
    "caption": "title of a table",
    "li": "item of a list",
    "p": SENTENCE,
    "td": SENTENCE,
    "dd": SENTENCE,
}
OF_ATTRIBUTES = {
    "alt": "image, told to those who do not see it",
    "placeholder": HINT,
    "content": "for search engines",
}
OF_BLOCKS: Mapping[str, str] = {
    "title": WINDOW,
    "button": BUTTON,
    "kicker": "small line above the title",
    "lede": SENTENCE,
}
OF_MACROS: Mapping[str, str] = {
    "back": LINK,
    "tag": "state, in a small box",
    "notice": "title of a notice",
    "verdict": "title of a notice",
    "part": LABEL,
    "passkey_form": BUTTON,
}
SPOKEN = "spoken by screen readers, not shown"  # aria-label, title

_CALL = re.compile(
    r"\b(?:_|ngettext)\(\s*([\"'])((?:(?!\1)[^\\]|\\.)*)\1|\bpgettext\(\s*\"([^\"]*)\",\s*\"([^\"]*)\"",
    re.DOTALL,
)
_JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b(?:[^<>\"]|\"[^\"]*\")*(/?)>")
_VOID = frozenset(("input", "img", "br", "hr", "meta", "link", "use", "col", "source"))
_BLOCK = re.compile(r"{%-?\s*(end)?block\s*(\w*)")
_MACRO = re.compile(
    r"{{-?\s*(\w+)\((?:(?!}}).)*$|{%-?\s*call\s*(?:\(\w*\)\s*)?(\w+)\((?:(?!%}).)*$", re.DOTALL
)


def roles(app: Path) -> dict[Key, set[str]]:
    """Return what each sentence under a folder is, by context and sentence."""
    found: dict[Key, set[str]] = defaultdict(set)
    for path in sorted(app.rglob("*.py")):
        for key, role in of_python(path.read_text(encoding="utf-8")):
            found[key].add(role)
    for path in sorted((app / "templates").rglob("*.*")):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(app / "templates").as_posix()
        for key, role in of_template(text, name):
            found[key].add(role)
    return found


def of_python(source: str) -> Iterator[tuple[Key, str]]:
    """Yield each marked sentence of a module with what it is."""
    yield from _within(ast.parse(source), "")


def _within(node: ast.AST, place: str) -> Iterator[tuple[Key, str]]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if key := _key(name, node.args):
            yield key, OF_PYTHON.get(place, SENTENCE)
            return
        for number, argument in enumerate(node.args):
            yield from _within(argument, f"{name}.{number}")
        for keyword in node.keywords:
            yield from _within(keyword.value, f"{keyword.arg}=")
        return
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        place = f"{node.targets[0].id}="
    for child in ast.iter_child_nodes(node):
        yield from _within(child, place)


def _key(name: str, arguments: list[ast.expr]) -> Key | None:
    said = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
    if name in MARKS and said and isinstance(said[0], str):
        return None, said[0]
    if name in WITH_CONTEXT and len(said) > 1:
        return str(said[0]), str(said[1])
    return None


def of_template(text: str, name: str) -> Iterator[tuple[Key, str]]:
    """Yield each sentence of a template with what it is, by where it stands."""
    markup = _JINJA.sub(lambda found: " " * len(found[0]), text)  # each tag keeps its place
    for found in _CALL.finditer(text):
        _quote, sentence, context, of_context = found.groups()
        said = of_context if sentence is None else sentence
        key = (context, said.replace('\\"', '"'))
        yield key, _role(text[: found.start()], markup[: found.start()], name)


def _role(before: str, markup: str, name: str) -> str:
    if name.startswith("sms/"):
        return SMS
    if name.startswith("mail/"):
        subject = not name.rpartition("/")[2].startswith("_") and "\n\n" not in before
        return SUBJECT if subject else "sentence of an e-mail"
    macro = _MACRO.search(before[-500:])
    if macro and (role := OF_MACROS.get(macro.group(1) or macro.group(2))):
        return role
    if markup.rfind("<") > markup.rfind(">"):
        attribute = re.search(r"([\w-]+)=\"[^\"<>]*$", markup)
        return OF_ATTRIBUTES.get(attribute.group(1) if attribute else "", SPOKEN)
    around = next((OF_ELEMENTS[tag] for tag in reversed(_open_tags(markup)) if tag in OF_ELEMENTS), "")
    return around or OF_BLOCKS.get(_open_block(before), SENTENCE)


def _open_tags(markup: str) -> list[str]:
    opened: list[str] = []
    for end, tag, closed in _TAG.findall(markup):
        if end and tag in opened:
            del opened[len(opened) - 1 - opened[::-1].index(tag) :]
        elif not end and not closed and tag not in _VOID:
            opened.append(tag)
    return opened


def _open_block(before: str) -> str:
    opened: list[str] = []
    for end, name in _BLOCK.findall(before):
        if not end:
            opened.append(name)
        elif opened:
            opened.pop()
    return opened[-1] if opened else ""
