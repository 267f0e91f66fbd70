"""Forms of requests: built from declared steps, filled with the submitted values, rendered."""

from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case
from app.domain.text import Problem
from app.forms.steps import StepForm, form_class
from app.forms.validators import sentence
from app.forms.views import flat, stored_views, views
from app.web.current import today
from app.web.localisation.language import language
from app.web.pages.rendering import render_page


def form_of(step: Step, known: Mapping[str, Any] | None = None, case: Case | None = None) -> StepForm:
    """Return the form of a step, filled with what was posted or, on a GET, with the stored answers `known`."""
    sent = request.form if request.method == "POST" else None
    return form_class(step)(sent, case or Case({}, today=today()), known)


def blank_form(step: Step, known: Mapping[str, Any] | None = None) -> StepForm:
    """Return the form of a step filled with the stored answers `known`, ignoring the request."""
    return form_class(step)(known=known)


def query_form(step: Step) -> StepForm:
    """Return the form of a step filled from the query string."""
    return form_class(step)(request.args, Case({}, today=today()))


def form_fields(form: StepForm, others: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the template's context of a form: `fields`, and those of them in error as `wrong`.

    `others` are values saved meanwhile in another tab, formatted, by question key.
    """
    fields = views(form, language(), others)
    return {
        "fields": fields,
        "wrong": [field for field in flat(fields) if field.error] if form.errors else (),
    }


def stored_fields(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the template's context of a step with its stored answers, as `form_fields` does of its form."""
    return {"fields": stored_views(step, answers, language()), "wrong": ()}


def render_staff_form(template: str, form: StepForm, status: int = 200, **context: Any) -> Response:
    """Render the page of a form; the status is 422 if a field is in error and no other status is given."""
    fields = form_fields(form)
    status = 422 if fields["wrong"] and status == 200 else status
    return render_page(template, status, step=form.step, **fields, **context)


def render_form(template: str, form: StepForm, status: int = 200, **context: Any) -> Response:
    """Render the page of a form of applicants or the public, which keeps what was typed on a change of language."""
    return render_staff_form(template, form, status, switch_form="form", **context)


def format_problem(problem: Problem) -> str:
    """Return a problem's sentence in the page's language."""
    return sentence(problem)
