"""What an act of an agent asks, and what becomes of the answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.journeys.journey import Journey, SupportingDocument
from app.domain.journeys.questions import Option, Question

Answers = dict[str, Any]
Colleagues = tuple[tuple[int, str], ...]  # number and name


@dataclass(frozen=True)
class FormContext:
    """What the questions of an act may depend on."""

    journey: Journey
    documents: tuple[SupportingDocument, ...]  # asked of this person
    colleagues: Callable[[], Colleagues]  # who else can be put in charge; read where it is asked


@dataclass(frozen=True, kw_only=True)
class Form:
    """The questions of an act, and the arguments that its service function takes beside the dossier and the act.

    Questions have to be the same objects for the same context: the forms made of them are kept.
    """

    questions: Callable[[FormContext], tuple[Question, ...]]
    arguments: Callable[[Answers], dict[str, Any]]
    # Ready sentences, shown under the form as the applicant will read them.
    reasons: Callable[[FormContext], tuple[Option, ...]] = lambda context: ()


def always(*questions: Question) -> Callable[[FormContext], tuple[Question, ...]]:
    """Return what asks the same questions in every context."""
    return lambda context: questions


NOTHING_ASKED = Form(questions=always(), arguments=lambda answers: {})
