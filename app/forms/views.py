"""Questions as a template draws them: words in the page's language, value, error, and what appears under a choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Question
from app.domain.rules.identifiers import normal_postcode
from app.forms.fields import FIELDS
from app.forms.steps import StepForm
from app.reference import communes, countries
from app.web.localisation.language import gettext as _
from app.web.localisation.language import translations


@dataclass(eq=False)
class FieldView:
    """One field. `revealed` holds, by option, the fields placed right under that choice."""

    key: str
    kind: str
    label: str
    hint: str = ""
    required: bool = True
    value: Any = ""
    error: str = ""
    doubted: str = ""  # the value in doubt, which the page sends back: unchanged, it is confirmed
    missing: bool = False  # whether the error is that nothing was answered: it names the question itself
    width: str = ""
    autocomplete: str = "off"
    inputmode: str = ""
    max_length: int = 200
    options: tuple[tuple[str, str, str], ...] = ()
    revealed: Mapping[str, tuple["FieldView", ...]] = field(default_factory=dict)
    written: str = ""  # of a commune, the name that its list does not have
    other_value: str = ""
    blank: "FieldView | None" = None  # the same field before any answer, one object a question and language

    def filled(self, **changes: Any) -> "FieldView":
        """The same field with other values: dataclasses.replace at a tenth of its cost, for fields are many."""
        view = object.__new__(FieldView)
        view.__dict__ = self.__dict__ | changes
        return view


_INPUTMODES = {Kind.MONEY: "decimal", Kind.POSTCODE: "numeric", Kind.PHONE: "tel"}


@lru_cache(maxsize=20_000)
def _blank(question: Question, words: NullTranslations) -> FieldView:
    """A question in one language, without its answer. `words`, the catalogue in use, is the key of the cache only."""
    return FieldView(
        key=question.key,
        kind=str(question.kind),
        label=_(question.label),
        hint=_(question.hint) if question.hint else "",
        required=question.required,
        width=question.width,
        autocomplete=question.autocomplete,
        inputmode=question.inputmode or _INPUTMODES.get(question.kind, ""),
        max_length=question.max_length,
        options=tuple((o.key, _(o.label), _(o.hint) if o.hint else "") for o in question.options),
    )


@dataclass(frozen=True, eq=False)
class Branch:
    """A question, its field before any answer and, by option, the questions that appear right under it."""

    question: Question
    blank: FieldView
    under: tuple[tuple[str, tuple["Branch", ...]], ...]


@lru_cache(maxsize=2_000)
def _tree(step: Step, words: NullTranslations) -> tuple[Branch, ...]:
    """Return the questions of a step, nested as on the page."""
    under: dict[tuple[str, str], list[Branch]] = {}
    top: list[Branch] = []
    for question in reversed(step.questions):
        keys = [option.key for option in question.options if (question.key, option.key) in under]
        revealed = tuple((key, tuple(under[question.key, key])) for key in keys)
        branch = Branch(question, _blank(question, words), revealed)
        when = question.when
        place = under.setdefault((when.key, when.option), []) if when else top
        place.insert(0, branch)
    return tuple(top)


def views(form: StepForm, language: str, others: Mapping[str, str] | None = None) -> tuple[FieldView, ...]:
    """Return the fields of a form, nested under the choices that call for them.

    `others` are values saved meanwhile in another tab, formatted, by question key.
    """
    return tuple(_view(branch, form, language, others or {}) for branch in _tree(form.step, translations()))


def stored_views(step: Step, answers: Mapping[str, Any], language: str) -> tuple[FieldView, ...]:
    """Return the fields of a step with its stored answers, as a form filled with them gives them, without making one."""
    return tuple(_stored(branch, answers, language) for branch in _tree(step, translations()))


def _stored(branch: Branch, answers: Mapping[str, Any], language: str) -> FieldView:
    question = branch.question
    value = FIELDS[question.kind].format(answers.get(question.key))
    revealed = {
        option: tuple(_stored(below, answers, language) for below in branches)
        for option, branches in branch.under
    }
    changes = _shape(branch, value, answers.get("postcode") or "", language)
    return branch.blank.filled(**{"value": value, "revealed": revealed} | changes)


def _shape(branch: Branch, value: Any, postcode: str, language: str) -> dict[str, Any]:
    """Return what differs from the field before any answer: the list of communes, or of countries."""
    kind = branch.question.kind
    if kind is Kind.COMMUNE:  # the shape of its field depends on the postcode: it has no blank
        return commune_changes(postcode, value)
    if kind is Kind.COUNTRY:
        return {"blank": branch.blank, "kind": "select", "options": countries.options(language)}
    return {"blank": branch.blank}


def _view(branch: Branch, form: StepForm, language: str, others: Mapping[str, str]) -> FieldView:
    question = branch.question
    field = form[question.key]
    changes: dict[str, Any] = {"value": field.value}
    if field.errors:
        changes |= {"error": field.errors[0], "missing": form.unanswered(question.key)}
    if field.doubted:
        changes["doubted"] = str(field.data)
    if question.key in others:
        changes["other_value"] = others[question.key]
    if branch.under:
        changes["revealed"] = {
            option: tuple(_view(below, form, language, others) for below in branches)
            for option, branches in branch.under
        }
    postcode = form["postcode"].value if "postcode" in form else ""
    return branch.blank.filled(**changes | _shape(branch, changes["value"], postcode, language))


def commune_changes(postcode: str, value: str) -> dict[str, Any]:
    """A commune is chosen in a list once its postcode is known, or written beside it; typed otherwise."""
    choices = communes.communes_of(normal_postcode(postcode))
    known = communes.commune(value)
    if not choices:  # a list without scripts could not follow the postcode, and sent a code
        return {"kind": "text", "value": known.name if known else value}
    found = communes.named(value, choices)  # the only one is chosen already: a list of one asks nothing
    return {
        "kind": "commune",
        "options": tuple((c.code, c.name, "") for c in choices),
        "value": found.code if found else "",
        "written": "" if found or known else value,
        "hint": "",  # for who types
    }


def commune_view(step: Step, postcode: str, value: str, language: str) -> FieldView | None:
    """The commune field alone, for the fragment that follows the postcode."""
    question = next((q for q in step.questions if q.kind is Kind.COMMUNE), None)
    return _blank(question, translations()).filled(**commune_changes(postcode, value)) if question else None


def flat(fields: tuple[FieldView, ...]) -> list[FieldView]:
    """All fields in the order of the page, nested ones after their choice: for the error summary."""
    result = []
    for view in fields:
        result.append(view)
        for nested in view.revealed.values():
            result += flat(nested)
    return result
