"""A cache of the markup of fields, by question and language, with a mark in place of the value.

A field without an error or a second value has the same markup for everybody, except its value. The macro that
renders any field (`templates/macros/fields.html`) is called once with a mark where the value goes; later pages
only fill in the escaped value.
"""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from app.forms.views import FieldView

MARK = "\ue000"  # of the private use area: no text that the forms accept contains it
_OPTIONS = frozenset({"choice", "choices", "select"})
_MOST = 20_000  # skeletons kept for a language
_SLOT = "slot"  # the kind of a field that stands for the fields under a choice

Draw = Callable[[FieldView], Markup]
FieldSkeleton = tuple[str, ...]  # markup, place, markup, place, … markup


def cached_renderer(macro: Draw) -> Draw:
    """Return the function that templates of one language call to render a field, around the `macro` of any field."""
    skeletons: dict[tuple[Any, ...], FieldSkeleton] = {}

    def draw(view: FieldView) -> Markup:
        if view.blank is None or view.error or view.other_value:
            return macro(view)
        chosen = _chosen(view)
        # Keyed by the object, not its id(): ids are reused after garbage collection.
        key = (view.blank, chosen, *view.revealed)
        if key not in skeletons:
            if len(skeletons) >= _MOST:  # documents asked for by name make ever new ones
                skeletons.clear()
            skeletons[key] = _skeleton(view, chosen, macro)
        return _filled(skeletons[key], view, draw)

    return draw


def _chosen(view: FieldView) -> tuple[str, ...]:
    """Return the chosen options, a part of the key: they are in the markup, and few combinations occur."""
    if view.kind not in _OPTIONS:
        return ()
    values = view.value if isinstance(view.value, list | tuple) else [view.value]
    return tuple(value for value, _label, _hint in view.options if value in values)


def _skeleton(view: FieldView, chosen: tuple[str, ...], macro: Draw) -> FieldSkeleton:
    if view.kind == "date":
        value: Any = tuple(f"{MARK}{place}{MARK}" for place in range(3))
    elif view.kind in _OPTIONS:
        value = chosen if view.kind == "choices" else "".join(chosen)
    else:
        value = f"{MARK}{MARK}"
    revealed = {
        option: (FieldView(view.key, _SLOT, "", value=f"{MARK}{option}{MARK}"),) for option in view.revealed
    }
    return tuple(macro(view.filled(value=value, revealed=revealed)).split(MARK))


def _filled(skeleton: FieldSkeleton, view: FieldView, draw: Draw) -> Markup:
    parts = list(skeleton)
    for place in range(1, len(parts), 2):
        parts[place] = _content(parts[place], view, draw)
    return Markup("".join(parts))  # noqa: S704 – every part was drawn by a template or escaped by _content


def _content(place: str, view: FieldView, draw: Draw) -> str:
    if view.revealed:
        return "".join(map(draw, view.revealed[place]))
    if view.kind == "date":
        return escape(view.value[int(place)]) if view.value else ""
    return escape(view.value)
