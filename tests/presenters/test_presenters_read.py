"""Presenters turn what was read into what is shown: none of them writes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import app.presenters

WRITES = frozenset(
    "create insert insert_many bulk_create bulk_update update delete delete_instance save execute atomic post put".split()
)
ROOT = Path(app.presenters.__file__).parent


def writing_calls(source: str) -> Iterator[str]:
    """Return the calls in a module that Peewee, the outbox or a file store would write with."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            yield f"line {node.lineno}: {node.func.attr}"


def test_no_presenter_writes() -> None:
    found = {path.name: list(writing_calls(path.read_text(encoding="utf-8"))) for path in ROOT.rglob("*.py")}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_a_written_row_would_be_seen() -> None:
    assert list(writing_calls("Document.create(name='x')")) == ["line 1: create"]
