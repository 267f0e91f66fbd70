"""A step's form: a Flask-WTF class made once from its questions, filled by what was sent or by stored answers."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case
from app.forms.fields import FIELDS, AnswerField
from app.forms.validators import OnlyIfAsked, Rules


class StepForm(FlaskForm):
    """The form of one step. Only questions asked, given the answers sent, are validated and kept."""

    step: ClassVar[Step]
    bound_fields: ClassVar[dict[str, AnswerField]]

    class Meta(FlaskForm.Meta):
        """How WTForms treats the form."""

        csrf = False  # web.audiences checks the token of every request that changes something, once

        def get_translations(self, form: "StepForm") -> None:
            """Every sentence is ours: WTForms says nothing by itself."""

        def bind_field(self, form: "StepForm", unbound_field: Any, options: dict[str, Any]) -> AnswerField:
            """Copy a field bound once a class: binding anew takes 3 µs, and a page has twenty (7 % of its time)."""
            bound = form.bound_fields.get(options["name"])
            if bound is None:
                bound = form.bound_fields[options["name"]] = unbound_field.bind(
                    form=None, _meta=self, **options
                )
            field: AnswerField = object.__new__(type(bound))
            field.__dict__.update(bound.__dict__)
            return field

    def __init__(
        self,
        sent: MultiDict[str, str] | None = None,
        case: Case | None = None,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        """Fill the fields with what was sent, or else with the stored answers known.

        `case` is what is known of the person before these answers; validating needs it.
        """
        self._before = case or Case({})
        super().__init__(formdata=sent, data=known or {})

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **options: Any) -> None:
        """Fill the fields without looking for a filter of each, a third of the time: none has one."""
        for field in self:
            field.process(formdata, data.get(field.name))

    def is_submitted(self) -> bool:
        """Whether the form was sent to be kept, and not only to be seen in another language."""
        return super().is_submitted() and "switch_language" not in request.form

    @cached_property
    def case(self) -> Case:
        """The case with the answers sent, as far as they can be read."""
        read = {field.name: field.data for field in self if field.data is not None}
        return replace(self._before, answers={**self._before.answers, **read})

    @cached_property
    def asked(self) -> frozenset[str]:
        """Keys of the questions asked, given the answers sent."""
        return frozenset(question.key for question in self.step.asked(self.case.answers))

    @property
    def answers(self) -> dict[str, Any]:
        """The answers to keep of a validated form: asked, readable, and with nothing wrong."""
        return {
            field.name: field.data
            for field in self
            if field.name in self.asked and field.data is not None and not field.errors
        }

    def add_error(self, key: str, sentence: str) -> None:
        """Say what is wrong with an answer where it takes more than the form to know it."""
        self[key].errors = [*self[key].errors, sentence]

    def unanswered(self, key: str) -> bool:
        """Whether all that is wrong with a question is that nothing was answered."""
        return bool(self[key].errors) and self[key].data in ("", [])

    def accept_unanswered(self) -> None:
        """Forgive what was not answered, for leaving and coming back later: what is stored of it stays."""
        for field in self:
            if self.unanswered(field.name):
                field.errors, field.data = [], None


@cache
def form_class(step: Step) -> type[StepForm]:
    """Return the form class of a step. ValueError where a question has a name that a form needs for itself."""
    fields = {q.key: FIELDS[q.kind](q.label, validators=[OnlyIfAsked(), Rules(q)]) for q in step.questions}
    if taken := fields.keys() & set(dir(StepForm)):
        raise ValueError(f"Names that forms have taken: {sorted(taken)}")
    return type("StepForm", (StepForm,), {**fields, "step": step, "bound_fields": {}})
