"""The Flask-WTF form of a step: a class made once from its questions."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import CONFIRMED, Case
from app.domain.text import clean
from app.forms.answer import AnswerField
from app.forms.fields import FIELDS
from app.forms.validators import OnlyIfAsked, Rules


class StepForm(FlaskForm):
    """The form of a step. Only the questions asked, given the answers sent, are validated and kept."""

    step: ClassVar[Step]
    bound_fields: ClassVar[dict[str, AnswerField]]

    class Meta(FlaskForm.Meta):
        """WTForms' configuration of the form."""

        csrf = False  # app.web.access.audiences checks the token of every POST, after the audience: not twice

        def get_translations(self, form: "StepForm") -> None:
            """Return None: validators and fields bring their own sentences."""

        def bind_field(self, form: "StepForm", unbound_field: Any, options: dict[str, Any]) -> AnswerField:
            """Return a copy of the field bound first: binding takes 3 µs, and a page has twenty (7 % of its time)."""
            bound = form.bound_fields.get(options["name"])
            if bound is None:
                bound = form.bound_fields[options["name"]] = unbound_field.bind(
                    form=None, _meta=self, **options
                )
            field: AnswerField = object.__new__(type(bound))
            field.__dict__ = bound.__dict__.copy()
            return field

    def __init__(
        self,
        sent: MultiDict[str, str] | None = None,
        case: Case | None = None,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        """Fill the fields with what was sent or, where it is None, with the stored answers `known`.

        `case` holds the answers stored before, the day and the identity, which the rules need.
        """
        self._before = case or Case({})
        super().__init__(formdata=sent, data=known or {})

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **options: Any) -> None:
        """Fill the fields. WTForms looks for a filter of each first, a third of the time; none has one."""
        for field in self:
            if formdata is None:
                field.process_data(data.get(field.name))
            else:
                field.process(formdata)
                field.confirms = clean(formdata.get(f"{field.name}-confirms", ""))

    def is_submitted(self) -> bool:
        """Return whether the form was posted, other than to be shown in another language."""
        return super().is_submitted() and "switch_language" not in request.form

    @cached_property
    def case(self) -> Case:
        """The case with the readable answers sent over the stored ones."""
        read = {field.name: field.data for field in self if field.data is not None}
        before = self._before.answers
        confirmed = {f.name: f.data for f in self if f.confirms and f.confirms == str(f.data)}
        if confirmed:
            read[CONFIRMED] = {**before.get(CONFIRMED, {}), **confirmed}
        return replace(self._before, answers={**before, **read})

    @cached_property
    def asked(self) -> frozenset[str]:
        """Keys of the questions asked, given the answers sent."""
        return frozenset(question.key for question in self.step.asked(self.case.answers))

    @property
    def answers(self) -> dict[str, Any]:
        """The answers to save once validated: of questions asked, readable and without error."""
        return {
            field.name: field.data
            for field in self
            if field.name in self.asked and field.data is not None and not field.errors
        }

    @property
    def record(self) -> dict[str, Any]:
        """The answers to save with a dossier: what the person confirmed is kept beside them."""
        confirmed = self.case.answers.get(CONFIRMED)
        return {**self.answers, CONFIRMED: confirmed} if confirmed else self.answers

    def add_error(self, key: str, sentence: str) -> None:
        """Add an error that validation cannot find, such as a refusal of a service."""
        self[key].errors = [*self[key].errors, sentence]

    def unanswered(self, key: str) -> bool:
        """Return whether a field is in error only because nothing was answered."""
        return bool(self[key].errors) and self[key].data in ("", [])

    def accept_unanswered(self) -> None:
        """Clear the errors of unanswered questions, and leave their stored answers as they are."""
        for field in self:
            if self.unanswered(field.name):
                field.errors, field.data = [], None


@lru_cache(maxsize=2_000)  # more than all declared steps; documents asked for by name make ever new ones
def form_class(step: Step) -> type[StepForm]:
    """Return the form class of a step. Raises ValueError for a question named like an attribute of forms."""
    fields = {q.key: FIELDS[q.kind](q, validators=[OnlyIfAsked(), Rules(q)]) for q in step.questions}
    if taken := fields.keys() & set(dir(StepForm)):
        raise ValueError(f"Attributes of forms cannot name questions: {sorted(taken)}")
    return type("StepForm", (StepForm,), {**fields, "step": step, "bound_fields": {}})
