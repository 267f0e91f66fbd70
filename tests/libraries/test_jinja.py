"""What app/web/pages/jinja_folding.py takes for granted of Jinja; a red test here says what a new version changed."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, nodes

FIELDS = {
    nodes.Call: ("node", "args", "kwargs", "dyn_args", "dyn_kwargs"),
    nodes.Const: ("value",),
    nodes.Dict: ("items",),
    nodes.Getattr: ("node", "attr", "ctx"),
    nodes.If: ("test", "body", "elif_", "else_"),
    nodes.Include: ("template", "with_context", "ignore_missing"),
    nodes.Keyword: ("key", "value"),
    nodes.Mod: ("left", "right"),
    nodes.Name: ("name", "ctx"),
    nodes.Output: ("nodes",),
    nodes.Pair: ("key", "value"),
    nodes.Scope: ("body",),
    nodes.Template: ("body",),
}


class Watched(Environment):
    """Notes what is compiled."""

    compiled: list[tuple[Any, ...]]

    def compile(self, *given: Any, **options: Any) -> Any:
        self.compiled.append(given)
        return super().compile(*given, **options)


def test_every_template_is_compiled_by_the_method_that_folds() -> None:
    environment = Watched(loader=DictLoader({"a.html": "A"}))
    environment.compiled = []
    environment.get_template("a.html")
    environment.from_string("B")
    assert [given[0] for given in environment.compiled] == ["A", "B"], (
        "Jinja no longer calls Environment.compile(source, …) with the text of a template: nothing is folded, every "
        "sentence is translated at each page"
    )
    assert environment.compiled[0][1] == "a.html", "the second argument is no longer the template's name"


def test_a_tree_compiles_like_the_text_it_was_parsed_from() -> None:
    environment = Environment()
    text = "{% for one in (1, 2) %}{{ one }}{% endfor %}"
    assert environment.compile(environment.parse(text), raw=True) == environment.compile(text, raw=True), (
        "Environment.compile no longer takes the tree that Environment.parse gives"
    )


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_nodes_have_the_fields_that_folding_reads_and_makes(kind: type[nodes.Node]) -> None:
    assert kind.fields == FIELDS[kind], f"nodes.{kind.__name__} is made of {kind.fields} now"


def test_a_template_without_globals_of_its_own_shares_those_of_its_environment() -> None:
    class Shared(Environment):
        def make_globals(self, d: Any) -> Any:
            return super().make_globals(d) if d else self.globals

    environment = Shared(loader=DictLoader({"a.html": "{{ late }}"}))
    template = environment.get_template("a.html")
    environment.globals["late"] = "seen"
    assert template.render() == "seen", "Jinja no longer asks make_globals for the globals of a template"


def test_a_template_asks_its_blocks_and_its_parent_through_its_attributes() -> None:
    texts = {
        "page": "<{% block a %}{% endblock %}>",
        "own": "{% extends 'page' %}{% block a %}mine{% endblock %}",
    }
    environment = Environment(loader=DictLoader(texts))
    page, own = environment.get_template("page"), environment.get_template("own")
    page.root_render_func = lambda context: ("page ", *context.blocks["a"][0](context))
    own.blocks = {"a": lambda context: ("changed",)}
    assert own.render() == "page changed", (
        "Jinja no longer renders through Template.root_render_func and Template.blocks: pieces of blocks pass one by one"
    )
