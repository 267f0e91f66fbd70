"""No class of ours redefines or calls what a library keeps for itself.

Ruff's SLF001 holds every other object; it does not look at `self`, `cls` and `super()`, nor at imports.
"""

import ast
import importlib
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import app

ROOT = Path(app.__file__).parent
# Documented by Peewee, and read in this one class: app/storage/models/table.py.
ALLOWED = {("Table", "_meta")}


def is_foreign(module: str) -> bool:
    """Return whether a module is of a library, neither ours nor the standard library's."""
    return module.partition(".")[0] not in {*sys.stdlib_module_names, "app", "tests"}


def is_private(name: str) -> bool:
    """Return whether a name begins with one underscore; `_` alone is gettext's."""
    return name.startswith("_") and not name.startswith("__") and name != "_"


def private_names(cls: type) -> tuple[set[str], set[str]]:
    """Return the private names that a class makes, methods and attributes, and those that it only reads."""
    made, read = set(), set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(cls)))):
        if isinstance(node, ast.FunctionDef):
            made.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        elif isinstance(node, ast.Attribute):
            (made if isinstance(node.ctx, ast.Store) else read).add(node.attr)
    return set(filter(is_private, made)), set(filter(is_private, read))


def reached(cls: type) -> set[str]:
    """Return the private names that a class redefines, or reads and has not made, of a base of a library."""
    foreign = [base for base in cls.__mro__ if is_foreign(base.__module__)]
    if not foreign:
        return set()
    theirs = {name for base in foreign for name in dir(base)}
    made, read = private_names(cls)
    ours = [base for base in cls.__mro__ if base.__module__.partition(".")[0] in ("app", "tests")]
    return (made & theirs) | (read - set().union(*(private_names(base)[0] for base in ours)))


def classes() -> Iterator[type]:
    """Return every class of the application."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if ".migrations" not in module.name:
            for cls in vars(importlib.import_module(module.name)).values():
                if inspect.isclass(cls) and cls.__module__ == module.name:
                    yield cls


def private_imports(source: str) -> set[str]:
    """Return the private names that a module imports from a library."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and is_foreign(node.module or "app"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names if is_private(alias.name)}
            found |= {node.module or "" for part in (node.module or "").split(".") if is_private(part)}
    return found


def test_no_class_reaches_into_a_base_of_a_library() -> None:
    found = {(cls.__name__, name) for cls in classes() for name in reached(cls)}
    assert found == ALLOWED


def test_no_module_imports_a_private_name_of_a_library() -> None:
    sources = {path: private_imports(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")}
    assert {path.name: names for path, names in sources.items() if names} == {}


def test_a_private_name_redefined_or_read_would_be_seen() -> None:
    from jinja2 import Environment

    class Redefining(Environment):
        def _generate(self, *given: object) -> str:
            return super()._generate(*given)

    class Reading(Environment):
        def cached(self) -> object:
            return self._kept_for_itself

    assert reached(Redefining) == {"_generate"}
    assert reached(Reading) == {"_kept_for_itself"}


def test_a_private_import_would_be_seen() -> None:
    assert private_imports("from jinja2.environment import _cache") == {"jinja2.environment._cache"}
    assert (
        private_imports("from flask_babel import gettext as _\nfrom app.cli.commands import _database")
        == set()
    )
