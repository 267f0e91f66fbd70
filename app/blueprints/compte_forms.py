"""A small form of the account pages: one declared step, read and drawn like those of an application."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.domain.journey import Case, Step
from app.domain.text import Problem
from app.forms import steps as forms
from app.forms.views import flat, views
from app.web.current import now, today
from app.web.language import language
from app.web.rendering import page


def read(step: Step) -> forms.Reading:
    """What was sent."""
    return forms.read(step, request.form, Case({}, today=today()))


def blank(step: Step, **values: Any) -> forms.Reading:
    """A form not sent yet, with what is already known."""
    return forms.Reading({}, {**forms.shown(step, {}), **values})


def switching() -> bool:
    """Whether the form was only sent to see it in another language."""
    return "switch_language" in request.form


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
    if switching():
        wrong, status = {}, 200
    fields = views(step, reading.raw, language(), wrong)
    return page(
        template,
        status,
        step=step,
        fields=fields,
        summary=flat(fields) if wrong else (),
        switch_form="form",
        **context,
    )


def told(problem: Problem) -> str:
    """A problem's sentence in the page's language."""
    return _(problem.text, **problem.values)


def waiting(until: datetime) -> str:
    """How long until the next try."""
    seconds = max(1, int((until - now()).total_seconds()))
    if seconds < 60:
        wait = ngettext("%(num)s seconde", "%(num)s secondes", seconds)
    else:
        wait = ngettext("%(num)s minute", "%(num)s minutes", -(-seconds // 60))
    return _("Plusieurs essais ont échoué. Attendez %(wait)s, puis réessayez.", wait=wait)
