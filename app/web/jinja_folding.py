"""Jinja templates in which calls with constants only are replaced by their result when the template compiles.

It rests on what Jinja's manual says of `Environment.compile` and of the nodes of its syntax tree, and on nothing
private; tests/libraries/test_jinja.py says what it takes for granted.
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, nodes

Fold = Callable[..., str]
SENTENCE = "_"


class FoldingEnvironment(Environment):
    """Templates in which a call of a folded function with constants only is replaced by what it returns."""

    def __init__(self, folds: dict[str, Fold], **options: Any) -> None:
        super().__init__(**options)
        self.folds = folds

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The one dictionary of globals, where no template has its own: a chain of two is slow to copy."""
        return super().make_globals(d) if d else self.globals

    def compile(
        self, source: Any, name: str | None = None, filename: str | None = None, *rest: Any, **options: Any
    ) -> Any:
        """Compile a template, of text or of nodes, as Jinja does, after its constant calls are replaced."""
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        return super().compile(self._folded(tree), name, filename, *rest, **options)

    def _folded(self, node: Any) -> Any:
        """The same tree, its constant calls replaced, its parts included where they stand."""
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                setattr(node, name, self._folded(value))
            elif isinstance(value, list):
                setattr(node, name, [self._folded(v) if isinstance(v, nodes.Node) else v for v in value])
        if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            return nodes.Scope(self._folded(self._part(node.template.value)).body, lineno=node.lineno)
        return _called(node, self.folds)

    def _part(self, name: str) -> nodes.Template:
        loader: Any = self.loader
        source, path, _uptodate = loader.get_source(self, name)
        return self.parse(source, name, path)


def _called(node: Any, folds: Mapping[str, Fold]) -> Any:
    """What a call of constants returns; of a sentence with values only `%` is left for run time."""
    fold = _fold_of(node, folds)
    if fold is None:
        return node
    words = nodes.Const(fold(*(one.value for one in node.args)), lineno=node.lineno)
    if not node.kwargs:
        return words
    values = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
    return nodes.Mod(words, nodes.Dict(values, lineno=node.lineno), lineno=node.lineno)


def _fold_of(node: Any, folds: Mapping[str, Fold]) -> Fold | None:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    name = node.node.name
    plain = all(isinstance(one, nodes.Const) for one in node.args) and (name == SENTENCE or not node.kwargs)
    return folds.get(name) if plain and node.args and not (node.dyn_args or node.dyn_kwargs) else None
