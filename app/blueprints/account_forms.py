"""A small form of the account pages: one declared step, read and drawn like those of an application."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case
from app.domain.text import N_, Problem
from app.forms import steps as forms
from app.forms.views import FieldView, flat, views
from app.web.current import now, today
from app.web.language import language
from app.web.rendering import render_page

# Numbers that are not amounts: a telephone shows its digits for them.
_DIGITS = frozenset({"number", "code"})
_CODES = frozenset({"visa"})  # letters and digits, read one by one


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
    fields = tuple(_typed(one) for one in views(step, reading.raw, language(), wrong))
    return render_page(
        template,
        status,
        step=step,
        fields=fields,
        summary=flat(fields) if wrong else (),
        switch_form="form",
        **context,
    )


def _typed(view: FieldView) -> FieldView:
    if view.key in _DIGITS:
        return replace(view, inputmode="numeric", width="w10 code")
    return replace(view, width="w10 code") if view.key in _CODES else view


def told(problem: Problem) -> str:
    """A problem's sentence in the page's language."""
    return _(problem.text, **problem.values)


def waiting(until: datetime) -> str:
    """How long until the next try."""
    wait = _duration(until)
    return _("Plusieurs essais ont échoué. Attendez %(wait)s, puis réessayez.", wait=wait)


def sent_lately(until: datetime) -> str:
    """How long until the next letter."""
    wait = _duration(until)
    return _("Un code vient de partir. Attendez %(wait)s avant d’en demander un autre.", wait=wait)


def too_often(until: datetime) -> str:
    """How long until another letter to the same address."""
    wait = _duration(until)
    return _("Plusieurs e-mails sont déjà partis à cette adresse. Attendez %(wait)s.", wait=wait)


# What of a record cannot be read, after « nous ne pouvons pas lire ».
_PARTS = {
    "name": N_("le nom"),
    "number": N_("le numéro étranger"),
    "birth": N_("la date de naissance"),
    "validity": N_("les dates de validité"),
    "record": N_("une information"),
}


def faulty_part(part: str) -> str:
    """The words for what a record of the register has wrong."""
    return _(_PARTS[part])


def _duration(until: datetime) -> str:
    seconds = max(1, ceil((until - now()).total_seconds()))
    if seconds < 60:
        return ngettext("%(num)s seconde", "%(num)s secondes", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", ceil(seconds / 60))
