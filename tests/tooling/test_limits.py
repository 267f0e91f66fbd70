"""The limits are seen when they are passed."""

import ast

from tooling.limits import FUNCTION_LINES, ROOT, foreign_imports, long_functions, too_long

HERE = ROOT / "tests" / "tooling" / "test_limits.py"


def test_a_long_file_is_seen():
    assert list(too_long(HERE, 1))
    assert not list(too_long(HERE, 300))


def test_a_long_function_is_seen():
    body = "    pass\n" * FUNCTION_LINES
    assert list(long_functions(HERE, ast.parse(f"def verbose():\n{body}")))
    assert not list(long_functions(HERE, ast.parse("def short():\n    pass")))


def test_a_dependency_of_the_domain_is_seen():
    assert list(foreign_imports(HERE, ast.parse("from flask import g")))
    assert list(foreign_imports(HERE, ast.parse("import app.storage.models")))
    assert not list(foreign_imports(HERE, ast.parse("import datetime\nfrom app.domain.states import State")))
