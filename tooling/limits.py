"""Check sizes that keep the code readable, reasons of what silences a check, imports of the domain and of migrations.

Sizes are those of a file, a function, a template. Complexity is ruff's (C901, see ``pyproject.toml``).
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tooling.parts import ROOT

FILE_LINES = 300
FUNCTION_LINES = 40
TEMPLATE_LINES = 120
MIGRATIONS = ROOT / "app" / "storage" / "migrations"  # as long as a schema is, and frozen once they have run
SOURCES = ("app", "tests", "tooling", "bench", "cluster")


def too_long(path: Path, limit: int) -> Iterator[str]:
    """Yield a problem if a file has more lines than the limit."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > limit:
        yield f"{path.relative_to(ROOT)}: {lines} lines, at most {limit}"


def long_functions(path: Path, tree: ast.Module) -> Iterator[str]:
    """Yield each function longer than the limit, docstring included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield f"{where}: {node.name} has {lines} lines, at most {FUNCTION_LINES}"


_IGNORED = re.compile(
    r"# (?:type: ignore(?:\[[\w, -]+\])?|noqa(?:: ?[A-Z]+\d+(?:, ?[A-Z]+\d+)*)?)(?P<reason>.*)"
)


def unexplained(path: Path, source: str) -> Iterator[str]:
    """Yield each line that silences a check without a reason behind it, or in a comment above it."""
    above = ""
    for number, line in enumerate(source.splitlines(), 1):
        found = _IGNORED.search(line)
        explained = above.strip().startswith("#") or (found and found["reason"].strip(" #–"))
        if found and not explained:
            yield f"{path.relative_to(ROOT)}:{number}: silences a check and does not say why"
        above = line


def foreign_imports(path: Path, tree: ast.Module, known: str) -> Iterator[str]:
    """Yield each import other than the standard library and a package that the file may import."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        for name in names:
            if (
                not f"{name}.".startswith(f"{known}.")
                and name.partition(".")[0] not in sys.stdlib_module_names
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: imports {name}, and may know {known} only"


def problems() -> Iterator[str]:
    """Yield everything that is over a limit."""
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if path.is_relative_to(MIGRATIONS):
                # A name that the application moves or means otherwise one day would change what a migration did.
                yield from foreign_imports(path, tree, "peewee")
                continue
            yield from too_long(path, FILE_LINES)
            yield from unexplained(path, path.read_text(encoding="utf-8"))
            yield from long_functions(path, tree)
            if path.is_relative_to(ROOT / "app" / "domain"):
                yield from foreign_imports(path, tree, "app.domain")
    for path in sorted((ROOT / "app" / "templates").rglob("*.*")):
        yield from too_long(path, TEMPLATE_LINES)


def main() -> int:
    """Print each problem; return 1 if there is one."""
    found = list(problems())
    print("\n".join(found) or "sizes: all within their limits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
