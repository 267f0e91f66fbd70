"""A macro that every template knows never has the name of a page's own variable: each would hide the other."""

import ast

from flask import Flask
from jinja2 import Environment, nodes
from jinja2.runtime import Macro

from app.settings import ROOT
from app.web.pages.rendering import TEMPLATES, environment_of


def optional_names(environment: Environment) -> set[str]:
    """The variables that some template asks for without being sure of them: a macro would always be there."""
    found = set()
    for path in TEMPLATES.rglob("*.*"):
        tree = environment.parse(path.read_text("utf-8"))
        asked = [test.node for test in tree.find_all(nodes.Test) if test.name in ("defined", "undefined")]
        asked += [kept.node for kept in tree.find_all(nodes.Filter) if kept.name in ("default", "d")]
        found |= {asked_of.name for asked_of in asked if isinstance(asked_of, nodes.Name)}
    return found


def given_names() -> set[str]:
    """The names of what the code gives to the templates that it renders."""
    calls = (
        call
        for path in (ROOT / "app").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
    )
    rendering = ("render", "render_page", "render_form")
    return {
        given.arg
        for call in calls
        if (call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")) in rendering
        for given in call.keywords
        if given.arg
    }


def test_no_macro_of_all_pages_has_the_name_of_a_variable_of_one(app: Flask) -> None:
    with app.test_request_context("/"):
        environment = environment_of("fr")
    macros = {name for name, known in environment.globals.items() if isinstance(known, Macro)}
    assert {"icon", "slot"} <= macros
    assert {"words", "again"} <= given_names()
    assert macros & (optional_names(environment) | given_names()) == set()
