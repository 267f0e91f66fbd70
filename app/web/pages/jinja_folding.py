"""Jinja templates in which what is the same at every rendering is computed when the template compiles.

Calls with constants only are replaced by their result, names of constants and their attributes by their value, and a
condition that they decide by the branch that it takes. Other calls of functions that need nothing of the page are made
as filters are, directly: Jinja asks the object of any other call three times what it wants to be given.

It uses `Environment.compile` and the nodes of the syntax tree as Jinja's manual documents them, nothing private.
tests/libraries/test_jinja.py checks what it relies on.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.runtime import Context

Fold = Callable[..., str]
Part = Callable[[Context], Iterator[str]]
SENTENCE = "_"
_NAMING = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport)


class WholeTemplate(Template):
    """A template whose blocks, and the page around them, are each put out as one text.

    Jinja passes every piece of a block on by itself, through each template that it stands in: hundreds of times a page.
    """

    @classmethod
    def from_code(cls, *given: Any, **options: Any) -> Template:
        """Return the template of compiled code."""
        made = super().from_code(*given, **options)
        made.root_render_func = _whole(made.root_render_func)
        made.blocks = {name: _whole(block) for name, block in made.blocks.items()}
        return made


def _whole(part: Part) -> Part:
    """Return a function of a compiled template that puts its text out at once."""
    return lambda context: iter(("".join(part(context)),))


class FoldingEnvironment(Environment):
    """A Jinja environment that replaces calls of the functions in `folds` with constants by their result.

    A sentence with a value of one of the filters `marking`, which return markup, is left to the function. The names
    of `constants` are theirs alone: a template that gives one of them to something else does not compile.
    """

    template_class = WholeTemplate

    def __init__(
        self,
        folds: dict[str, Fold],
        marking: frozenset[str] = frozenset(),
        constants: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.folds = folds
        self.marking = marking
        self.constants = constants or {}
        self.direct: set[str] = set()

    def add_functions(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        """Make functions and macros known to templates, which call them directly from now on."""
        self.globals.update(functions)
        self.filters.update(functions)
        self.direct.update(functions)

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
        self._fold_parts(node)
        if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            return nodes.Scope(self._folded(self._part(node.template.value)).body, lineno=node.lineno)
        if isinstance(node, nodes.Name | nodes.Getattr):
            return self._value(node)
        return self._directly(node if self._has_markup(node) else _called(node, self.folds))

    def _fold_parts(self, node: Any) -> None:
        for name, value in node.iter_fields():
            if isinstance(node, nodes.CallBlock) and name == "call":
                self._fold_parts(value)  # the call itself stays: its function is given the text of the block
            elif isinstance(value, nodes.Node):
                setattr(node, name, self._folded(value))
            elif name == "elif_":
                setattr(node, name, [self._folded(test) for test in value])
            elif isinstance(value, list):
                setattr(node, name, self._list(value))

    def _directly(self, node: Any) -> Any:
        """Return a call as a filter of its first argument, where the function may be called so."""
        named = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
        if not named or node.node.name not in self.direct or not node.args:
            return node
        first, *others = node.args
        given = (others, node.kwargs, node.dyn_args, node.dyn_kwargs)
        return nodes.Filter(first, node.node.name, *given, lineno=node.lineno)

    def _list(self, values: list[Any]) -> list[Any]:
        """Return a list of the tree, folded; neighbours that only put something out are one node."""
        folded: list[Any] = []
        for value in values:
            made = self._folded(value) if isinstance(value, nodes.Node) else value
            for part in self._unwrapped(made):
                if isinstance(part, nodes.Output) and folded and isinstance(folded[-1], nodes.Output):
                    folded[-1] = nodes.Output(folded[-1].nodes + part.nodes, lineno=folded[-1].lineno)
                else:
                    folded.append(part)
        return folded

    def _unwrapped(self, node: Any) -> list[Any]:
        """Return what stands for a node in a list: of a decided condition the branch, of a plain part the body."""
        if isinstance(node, nodes.If):
            return self._branch(node)
        if isinstance(node, nodes.Scope) and next(node.find_all(_NAMING), None) is None:
            return node.body
        return [node]

    def _branch(self, node: nodes.If) -> list[nodes.Node]:
        """Return the body of the branch that is always taken, else the condition."""
        test: Any = node.test
        try:
            taken = test.as_const(nodes.EvalContext(self))
        except nodes.Impossible:
            return [node]
        if taken:
            return node.body
        if not node.elif_:
            return node.else_
        first, *others = node.elif_
        return self._branch(nodes.If(first.test, first.body, others, node.else_, lineno=first.lineno))

    def _value(self, node: Any) -> nodes.Expr:
        """Return the value of a constant, or of its attribute, as a node."""
        name = node.node if isinstance(node, nodes.Getattr) else node
        if not isinstance(name, nodes.Name) or name.name not in self.constants:
            return node
        if name.ctx != "load":
            raise TemplateSyntaxError(f"{name.name} is a constant", node.lineno)
        value = self.constants[name.name]
        found = getattr(value, node.attr) if isinstance(node, nodes.Getattr) else value
        return nodes.Const(found, lineno=node.lineno) if isinstance(found, str | bool) else node

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
