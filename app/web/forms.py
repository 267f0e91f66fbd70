"""The form of a request: made from a declared step, filled with what was sent, drawn."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case
from app.domain.text import Problem
from app.forms.steps import StepForm, form_class
from app.forms.views import flat, views
from app.web.current import today
from app.web.language import language
from app.web.rendering import render_page


def form_of(step: Step, known: Mapping[str, Any] | None = None, case: Case | None = None) -> StepForm:
    """Return the form of a step with what was posted or, where nothing was, the stored answers known."""
    sent = request.form if request.method == "POST" else None
    return form_class(step)(sent, case or Case({}, today=today()), known)


def blank_form(step: Step, known: Mapping[str, Any] | None = None) -> StepForm:
    """Return the form of a step before anything is sent, with the stored answers known."""
    return form_class(step)(known=known)


def query_form(step: Step) -> StepForm:
    """Return the form of a step that is answered in the address."""
    return form_class(step)(request.args, Case({}, today=today()))


def form_fields(form: StepForm, others: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what a template needs of a form: its fields, and those of them that are wrong.

    `others` are values saved elsewhere meanwhile, in words, by question.
    """
    fields = views(form, language(), others)
    return {"fields": fields, "wrong": [field for field in flat(fields) if field.error]}


def render_staff_form(template: str, form: StepForm, status: int = 200, **context: Any) -> Response:
    """Answer with the page of a form; 422 where something in it is wrong and no other status is given."""
    fields = form_fields(form)
    status = 422 if fields["wrong"] and status == 200 else status
    return render_page(template, status, step=form.step, **fields, **context)


def render_form(template: str, form: StepForm, status: int = 200, **context: Any) -> Response:
    """Answer likewise to applicants and the public: changing language keeps what was typed."""
    return render_staff_form(template, form, status, switch_form="form", **context)


def format_problem(problem: Problem) -> str:
    """Return a problem's sentence in the page's language."""
    return str(_(problem.text, **problem.values))
