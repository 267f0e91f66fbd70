"""Vague docstrings and unnamed variables are found, and plain ones are not."""

import ast

import pytest

from tooling.prose import (
    FIRST_LINE,
    FOLDERS,
    ROOT,
    faults,
    first_lines,
    problems,
    template_problems,
    unclear,
    unnamed,
    unnamed_in_template,
)

HERE = ROOT / "tests" / "tooling" / "test_prose.py"


@pytest.mark.parametrize(
    "line",
    [
        "Return the account of whoever signs in.",
        "Nobody reads it.",
        "The agent who decides.",
        "A sentence that goes on in the next line and therefore",
        f"Return {'very ' * FIRST_LINE}much.",
    ],
)
def test_an_unclear_first_line_is_found(line):
    assert unclear(line)
    tree = ast.parse(f'def act():\n    """{line}\n\n    More.\n    """')
    assert [fault for fault in faults(HERE, tree) if f"{HERE.relative_to(ROOT)}:1" in fault]


@pytest.mark.parametrize("line", ["Return the whole account.", "A state (see states.py)…", "Raise an error!"])
def test_a_plain_first_line_passes(line):
    assert not unclear(line)


def test_only_first_lines_are_read():
    tree = ast.parse('"""First.\n\nWhoever reads on.\n"""\nclass Kept:\n    """Second."""\n')
    assert [line for _number, line in first_lines(tree)] == ["First.", "Second."]


@pytest.mark.parametrize(
    "code",
    [
        "for one in rows:\n    pass",
        "ids = [one.id for one in rows]",
        "for key, one in rows:\n    pass",
        "def _key(one):\n    return one",
        "one = 1",
        "for it in rows:\n    pass",
        "things = [thing for thing in rows]",
        "pairs = {thing: row for thing, row in rows}",
    ],
)
def test_a_variable_named_after_nothing_is_found(code):
    assert list(unnamed(ast.parse(code)))


@pytest.mark.parametrize(
    "template",
    [
        "{% for one in rows %}{{ one }}{% endfor %}",
        "<ul>\n{% for row, it in rows if row %}<li>{{ it.title }}</li>{% endfor %}</ul>",
        "{% set it = rows[0] %}",
        "{% macro line(thing, words) %}{{ thing }}{% endmacro %}",
    ],
)
def test_a_variable_of_a_template_named_after_nothing_is_found(template):
    assert list(unnamed_in_template(template))


def test_words_of_a_template_are_no_names():
    assert not list(
        unnamed_in_template(
            '{% for row in rows %}{{ row.one }} one of it {{ url("one", of=row) }}{% endfor %}'
        )
    )


def test_templates_name_what_they_hold():
    assert not list(template_problems())


def test_the_word_itself_is_no_fault():
    assert not list(unnamed(ast.parse('for row in rows.one:\n    print("one", row(one=1))')))


def test_folders_are_walked():
    assert all((ROOT / folder).is_dir() for folder in FOLDERS)
    assert not list(problems(("tests/tooling",)))
