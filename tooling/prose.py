"""Check the first lines of docstrings and the names of variables, those of templates too.

The first line of a docstring is one plain sentence: what the module, class or function does or is. Pronouns of
nobody in particular ("whoever asks for it") hide the subject, so they are refused there.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tooling.parts import ROOT

FOLDERS = ("app", "bench", "cluster", "tooling")
FROZEN = ROOT / "app" / "storage" / "migrations"  # not edited once they have run
FIRST_LINE = 120
VAGUE = re.compile(r"\b(who|whom|whoever|whatever|nobody|somebody)\b", re.IGNORECASE)
ENDINGS = (".", "!", "?", ":", "…")
TEMPLATES = ROOT / "app" / "templates"
UNNAMED = frozenset({"it", "one", "thing"})  # say nothing about what they hold
READER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def first_lines(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line number and the first line of each docstring."""
    for node in ast.walk(tree):
        if isinstance(node, Documented) and (text := ast.get_docstring(node)):
            yield getattr(node, "lineno", 1), text.splitlines()[0]


def unclear(line: str) -> str:
    """Return what is wrong with the first line of a docstring, "" if nothing is."""
    if word := VAGUE.search(line):
        return f"says « {word.group()} »: name the person or the thing"
    if not line.endswith(ENDINGS):
        return "does not end with punctuation: keep the first sentence on one line"
    if len(line) > FIRST_LINE:
        return f"has {len(line)} characters, at most {FIRST_LINE}"
    return ""


def unnamed(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each variable or parameter that has a name of UNNAMED."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in UNNAMED:
            yield node.lineno, node.id
        if isinstance(node, ast.arg) and node.arg in UNNAMED:
            yield node.lineno, node.arg


def unnamed_in_template(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each variable of a template (of loops, `set`, macros) with a name of UNNAMED."""
    for name in READER.parse(text).find_all(nodes.Name):
        if name.ctx in ("store", "param") and name.name in UNNAMED:
            yield name.lineno, name.name


def faults(path: Path, tree: ast.Module) -> Iterator[str]:
    """Yield each fault of a module, with its place."""
    name = path.relative_to(ROOT)
    for number, line in first_lines(tree):
        if fault := unclear(line):
            yield f"{name}:{number}: the docstring {fault}"
    for number, word in unnamed(tree):
        yield f"{name}:{number}: call « {word} » after what it holds"


def problems(folders: tuple[str, ...] = FOLDERS) -> Iterator[str]:
    """Yield the faults of every module under some folders of the project."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not path.is_relative_to(FROZEN):
                yield from faults(path, ast.parse(path.read_text(encoding="utf-8")))


def template_problems() -> Iterator[str]:
    """Yield the variables of templates whose names say nothing, with their places."""
    for path in sorted(TEMPLATES.rglob("*.*")):
        for number, word in unnamed_in_template(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}:{number}: call « {word} » after what it holds"


def main() -> int:
    """Print each fault in FOLDERS and templates, or in the folders given as arguments; return 1 if there is one."""
    folders = tuple(sys.argv[1:]) or FOLDERS
    found = list(problems(folders)) + ([] if sys.argv[1:] else list(template_problems()))
    print("\n".join(found) or f"prose: clear in {', '.join(folders)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
