"""Jinja templates in which calls with constants only are replaced by their result when the template compiles.

It uses `Environment.compile` and the nodes of the syntax tree as Jinja's manual documents them, nothing private.
tests/libraries/test_jinja.py checks what it relies on.
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, nodes

Fold = Callable[..., str]
SENTENCE = "_"


class FoldingEnvironment(Environment):
    """A Jinja environment that replaces calls of the functions in `folds` with constants by their result.

    A sentence with a value of one of the filters `marking`, which return markup, is left to the function.
    """

    def __init__(self, folds: dict[str, Fold], marking: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init__(**options)
        self.folds = folds
        self.marking = marking

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the shared globals where a template has none of its own: Jinja's ChainMap is slow to copy."""
        return super().make_globals(d) if d else self.globals

    def compile(
        self, source: Any, name: str | None = None, filename: str | None = None, *rest: Any, **options: Any
    ) -> Any:
        """Compile a template, of text or of nodes, as Jinja does, after its constant calls are replaced."""
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        return super().compile(self._folded(tree), name, filename, *rest, **options)

    def _folded(self, node: Any) -> Any:
        """Return the tree with its constant calls replaced and its included templates put in place."""
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                setattr(node, name, self._folded(value))
            elif isinstance(value, list):
                setattr(node, name, [self._folded(v) if isinstance(v, nodes.Node) else v for v in value])
        if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            return nodes.Scope(self._folded(self._part(node.template.value)).body, lineno=node.lineno)
        return node if self._has_markup(node) else _called(node, self.folds)

    def _has_markup(self, node: Any) -> bool:
        """Return whether a call has a value with markup, which `text % values` would turn into text."""
        values = (pair.value for pair in node.kwargs) if isinstance(node, nodes.Call) else ()
        return any(isinstance(value, nodes.Filter) and value.name in self.marking for value in values)

    def _part(self, name: str) -> nodes.Template:
        loader: Any = self.loader
        source, path, _uptodate = loader.get_source(self, name)
        return self.parse(source, name, path)


def _called(node: Any, folds: Mapping[str, Fold]) -> Any:
    """Return the result of a constant call as a node; a sentence with values becomes `text % values`."""
    fold = _fold_of(node, folds)
    if fold is None:
        return node
    text = nodes.Const(fold(*(argument.value for argument in node.args)), lineno=node.lineno)
    if not node.kwargs:
        return text
    values = [nodes.Pair(nodes.Const(pair.key), pair.value, lineno=node.lineno) for pair in node.kwargs]
    return nodes.Mod(text, nodes.Dict(values, lineno=node.lineno), lineno=node.lineno)


def _fold_of(node: Any, folds: Mapping[str, Fold]) -> Fold | None:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    name = node.node.name
    constant = all(isinstance(argument, nodes.Const) for argument in node.args)
    plain = constant and (name == SENTENCE or not node.kwargs)
    return folds.get(name) if plain and node.args and not (node.dyn_args or node.dyn_kwargs) else None
