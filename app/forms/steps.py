"""A step's form: a WTForms class made once from its questions, and what came of a submission."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case
from app.domain.text import Problem
from app.forms.fields import FIELDS, AnswerField


@cache
def form_class(step: Step) -> type[Form]:
    """The form of a step; questions not asked are left out when it is read."""
    fields = {q.key: FIELDS[q.kind](q.label) for q in step.questions}
    return type(f"{step.slug}Form", (Form,), fields)


@dataclass(frozen=True)
class Reading:
    """A submission as it was read: values to keep, raw text to show again, sentences beside fields."""

    answers: dict[str, Any]
    raw: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()  # the errors that only say that nothing was answered

    def without_missing(self) -> "Reading":
        """The same where an unanswered question is no error: for leaving and coming back later."""
        return replace(self, errors={k: v for k, v in self.errors.items() if k not in self.missing})

    def with_error(self, key: str, problem: Problem) -> "Reading":
        """The same with what the world outside says of one answer."""
        return replace(self, errors={**self.errors, key: _(problem.text, **problem.values)})


def read(step: Step, formdata: MultiDict[str, str], case: Case) -> Reading:
    """Read a submitted step. Only questions asked, given the submitted answers, are checked and kept."""
    form: Any = form_class(step)(formdata)
    fields: dict[str, AnswerField] = dict(form._fields)
    typed = {key: one.data for key, one in fields.items()}
    whole = replace(case, answers={**case.answers, **{k: v for k, v in typed.items() if v is not None}})
    asked = {question.key for question in step.asked(whole.answers)}
    problems = step.problems(whole)
    errors, missing = {}, set()
    for key in (k for k in fields if k in asked):
        if fields[key].process_errors:
            errors[key] = fields[key].process_errors[0]
        elif key in problems:
            errors[key] = _(problems[key].text, **problems[key].values)
            if typed[key] in (None, "", []):
                missing.add(key)
    kept = {key: typed[key] for key in asked if typed[key] is not None and key not in errors}
    raw = {key: one.raw for key, one in fields.items()}
    return Reading(kept, raw, errors, frozenset(missing))


def shown(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The stored answers of a step as they are put into its fields."""
    return {q.key: FIELDS[q.kind].shown(answers.get(q.key)) for q in step.questions}


def digest(step: Step, answers: Mapping[str, Any]) -> str:
    """What a page showed of a step, in a few characters: tells whether another tab saved meanwhile."""
    text = json.dumps([answers.get(q.key) for q in step.questions], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
