"""Form of an agent's correction of a typing error in a submitted answer."""

from dataclasses import replace
from functools import cache
from typing import Any

from app.domain.agent_forms.form import Answers, Form, FormContext
from app.domain.journeys.checks import some_words
from app.domain.journeys.questions import Kind, Option, Question, When
from app.domain.text import N_

AMENDED = "amended"  # key of the question whose answer is the key of the answer corrected
# Answers that are typed, and can be mistyped. A choice is the applicant's; a commune decides which service is in charge.
_TYPED = frozenset({Kind.TEXT, Kind.DATE, Kind.MONEY, Kind.PHONE})


def _questions(context: FormContext) -> tuple[Question, ...]:
    return _amendment(
        tuple(
            question
            for step in context.journey.steps
            for question in step.asked(context.answers)
            if question.kind in _TYPED and context.answers.get(question.key)
        )
    )


@cache
def _amendment(typed: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return the question about the answer to correct, each answer as a field of its own kind, and the reason."""
    chosen = Question(
        AMENDED,
        Kind.CHOICE,
        N_("La réponse à corriger"),
        options=tuple(Option(question.key, question.title) for question in typed),
        missing=N_("Choisissez la réponse à corriger."),
    )
    fields = (replace(question, when=When(AMENDED, question.key)) for question in typed)
    reason = Question(
        "reason",
        Kind.LONG_TEXT,
        N_("Ce qui le montre (l’usager le lira)"),
        hint=N_("Par exemple : votre passeport porte 12AB34567."),
        missing=N_("Écrivez ce qui montre la faute de frappe : l’usager le lit."),
        checks=(some_words,),
        max_length=1000,
    )
    return (chosen, *fields, reason)


def _arguments(answers: Answers) -> dict[str, Any]:
    key = answers[AMENDED]
    return {"key": key, "value": answers[key], "reason": answers["reason"]}


AMENDMENT = Form(questions=_questions, arguments=_arguments)
