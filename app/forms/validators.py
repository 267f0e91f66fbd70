"""WTForms validators of step forms: the rules of the domain, with sentences in the page's language."""

from typing import Any

from wtforms.validators import StopValidation, ValidationError

from app.domain.journeys.questions import Question
from app.domain.text import N_, Problem
from app.web.localisation.language import gettext as _


def sentence(problem: Problem) -> str:
    """Return a problem's sentence in the page's language; a value that is a problem itself is a sentence to translate."""
    values = {
        name: sentence(value) if isinstance(value, Problem) else value
        for name, value in problem.values.items()
    }
    return str(_(problem.text, **values))


class OnlyIfAsked:
    """Clears the errors of a question that is not asked, and stops the chain of its validators."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raise StopValidation without a message if the question is not asked."""
        if field.name not in form.asked:
            field.errors.clear()
            raise StopValidation


class Rules:
    """Applies the rules of a question: required, length, options, checks."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ValidationError for the first rule broken; an unreadable answer has its error already."""
        if field.errors:
            return
        problem = self.question.problem(field.data, form.case) or self._doubt(form, field)
        if problem and problem.doubt:
            field.doubted = True
            again = N_("%(doubt)s Si c’est juste, envoyez une deuxième fois : votre réponse sera gardée.")
            problem = Problem(again, {"doubt": problem})
        if problem:
            raise ValidationError(sentence(problem))

    def _doubt(self, form: Any, field: Any) -> Problem | None:
        doubt: Problem | None = field.doubt
        return None if self.question.is_confirmed(field.data, form.case.answers) else doubt
