"""Questions as a template draws them: words in the page's language, value, error, and what appears under a choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from flask_babel import gettext as _

from app.domain.journey import Kind, Question, Step
from app.reference import communes, countries


@dataclass(frozen=True)
class FieldView:
    """One field. `revealed` holds, by option, the fields placed right under that choice."""

    key: str
    kind: str
    label: str
    hint: str = ""
    required: bool = True
    value: Any = ""
    error: str = ""
    width: str = ""
    autocomplete: str = "off"
    inputmode: str = ""
    max_length: int = 200
    options: tuple[tuple[str, str, str], ...] = ()
    revealed: Mapping[str, tuple["FieldView", ...]] = field(default_factory=dict)
    other_value: str = ""


_INPUTMODES = {Kind.MONEY: "decimal", Kind.POSTCODE: "numeric", Kind.PHONE: "tel"}


@cache
def _blank(question: Question, language: str) -> FieldView:
    """A question in one language, without its answer. `language` is the key of the cache only."""
    return FieldView(
        key=question.key,
        kind=str(question.kind),
        label=_(question.label),
        hint=_(question.hint) if question.hint else "",
        required=question.required,
        width=question.width,
        autocomplete=question.autocomplete,
        inputmode=_INPUTMODES.get(question.kind, ""),
        max_length=question.max_length,
        options=tuple((o.key, _(o.label), _(o.hint) if o.hint else "") for o in question.options),
    )


def views(
    step: Step,
    raw: Mapping[str, Any],
    language: str,
    errors: Mapping[str, str] | None = None,
    others: Mapping[str, str] | None = None,
) -> tuple[FieldView, ...]:
    """The fields of a step, nested under the choices that call for them."""
    errors, others = errors or {}, others or {}
    under: dict[tuple[str, str], list[FieldView]] = {}
    top: list[FieldView] = []
    for question in reversed(step.questions):
        view = _filled(question, raw, language, errors.get(question.key, ""), others.get(question.key, ""))
        revealed = {
            o.key: tuple(under[question.key, o.key])
            for o in question.options
            if (question.key, o.key) in under
        }
        if revealed:
            view = replace(view, revealed=revealed)
        if question.when:
            under.setdefault((question.when.key, question.when.option), []).insert(0, view)
        else:
            top.insert(0, view)
    return tuple(top)


def _filled(question: Question, raw: Mapping[str, Any], language: str, error: str, other: str) -> FieldView:
    changes: dict[str, Any] = {"value": raw.get(question.key, ""), "error": error, "other_value": other}
    if question.kind is Kind.COUNTRY:
        changes |= {"kind": "select", "options": countries.options(language)}
    elif question.kind is Kind.COMMUNE:
        changes |= commune_changes(str(raw.get("postcode", "")), str(changes["value"]))
    return replace(_blank(question, language), **changes)


def commune_changes(postcode: str, value: str) -> dict[str, Any]:
    """A commune is chosen in a list once its postcode is known, typed otherwise."""
    choices = communes.communes_of(postcode.strip()) if postcode.strip().isdigit() else ()
    if not choices:
        return {"kind": "text"}
    chosen = next((c.code for c in choices if value in (c.code, c.name)), value)
    return {"kind": "select", "options": tuple((c.code, c.name, "") for c in choices), "value": chosen}


def commune_view(step: Step, postcode: str, value: str, language: str) -> FieldView | None:
    """The commune field alone, for the fragment that follows the postcode."""
    question = next((q for q in step.questions if q.kind is Kind.COMMUNE), None)
    return replace(_blank(question, language), **commune_changes(postcode, value)) if question else None


def flat(fields: tuple[FieldView, ...]) -> list[FieldView]:
    """All fields in the order of the page, nested ones after their choice: for the error summary."""
    result = []
    for view in fields:
        result.append(view)
        for nested in view.revealed.values():
            result += flat(nested)
    return result
