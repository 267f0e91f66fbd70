"""WTForms validators of a step's form: what the domain says of its questions, in the page's language."""

from typing import Any

from flask_babel import gettext as _
from wtforms.validators import StopValidation, ValidationError

from app.domain.journeys.questions import Question


class OnlyIfAsked:
    """Skip a question that the other answers leave out, and forget what was wrong with what was typed in it."""

    def __call__(self, form: Any, field: Any) -> None:
        """Stop, without an error, where the question is not asked."""
        if field.name not in form.asked:
            field.errors.clear()
            raise StopValidation


class Rules:
    """Hold a question's own rules: an answer where one is required, its length, its options, its checks."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ValidationError with the first rule broken; what could not be read has its sentence already."""
        if field.errors:
            return
        if problem := self.question.problem(field.data, form.case):
            raise ValidationError(_(problem.text, **problem.values))
