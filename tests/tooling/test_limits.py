"""The limits are seen when they are passed."""

import ast

from tooling.limits import FUNCTION_LINES, ROOT, foreign_imports, long_functions, too_long, unexplained

HERE = ROOT / "tests" / "tooling" / "test_limits.py"


def test_a_long_file_is_seen():
    assert list(too_long(HERE, 1))
    assert not list(too_long(HERE, 300))


def test_a_long_function_is_seen():
    body = "    pass\n" * FUNCTION_LINES
    assert list(long_functions(HERE, ast.parse(f"def verbose():\n{body}")))
    assert not list(long_functions(HERE, ast.parse("def short():\n    pass")))


def test_a_dependency_of_the_domain_is_seen():
    domain = "app.domain"
    assert list(foreign_imports(HERE, ast.parse("from flask import g"), domain))
    assert list(foreign_imports(HERE, ast.parse("import app.storage.models"), domain))
    assert list(foreign_imports(HERE, ast.parse("import app.domains"), domain))
    inside = "import datetime\nfrom app.domain import text\nfrom app.domain.dossiers.states import State"
    assert not list(foreign_imports(HERE, ast.parse(inside), domain))


def test_a_migration_that_imports_the_application_is_seen():
    assert list(foreign_imports(HERE, ast.parse("from app.storage.database import UtcField"), "peewee"))
    assert not list(foreign_imports(HERE, ast.parse("import json\nfrom peewee import *"), "peewee"))


def test_what_silences_a_check_without_a_reason_is_seen():
    silenced = "x = y()  # type" + ": ignore[arg-type]"
    assert list(unexplained(HERE, silenced))
    assert list(unexplained(HERE, silenced.replace("type: ignore[arg-type]", "noqa" + ": S310, E402")))
    assert not list(unexplained(HERE, f"{silenced}  # half a store"))
    assert not list(unexplained(HERE, f"# Half a store.\n{silenced}"))
