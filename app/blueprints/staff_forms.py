"""A form of the agents' side: one declared step, read and drawn. Its page has no session of an applicant to prolong."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.wrappers import Response

from app.domain.journeys.journey import Step
from app.forms import steps as forms
from app.forms.views import FieldView, flat, views
from app.web.language import language
from app.web.rendering import render_page


def blank(step: Step, **values: Any) -> forms.Reading:
    """A form not sent yet, with what is already known."""
    return forms.Reading({}, forms.shown(step, values))


def show(
    template: str,
    step: Step,
    reading: forms.Reading,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The page of a form; `errors` are those that the service found."""
    wrong = {**reading.errors, **(errors or {})}
    fields = tuple(_typed(one) for one in views(step, reading.raw, language(), wrong))
    return render_page(
        template,
        422 if wrong and status == 200 else status,
        step=step,
        fields=fields,
        wrong=[one for one in flat(fields) if one.error],
        **context,
    )


def _typed(view: FieldView) -> FieldView:
    """A code of six digits: a telephone shows its digits for it."""
    return replace(view, inputmode="numeric") if view.autocomplete == "one-time-code" else view
