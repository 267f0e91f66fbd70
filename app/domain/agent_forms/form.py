"""Class of the forms of agents' actions: questions, and the arguments made of the answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.domain.journeys.journey import Journey, SupportingDocument
from app.domain.journeys.questions import Option, Question

Answers = dict[str, Any]
Colleagues = tuple[tuple[int, str], ...]  # id and name of each


@dataclass(frozen=True, kw_only=True)
class ServiceContext:
    """What the questions of a form may depend on in every dossier of a service."""

    colleagues: Callable[[], Colleagues]  # that can be put in charge; a function, as few forms need the query


@dataclass(frozen=True, kw_only=True)
class FormContext(ServiceContext):
    """What the questions of a form may depend on."""

    journey: Journey
    documents: tuple[SupportingDocument, ...]  # required of the applicant
    certified: Callable[[], bool]  # whether certificates that prove a right are in force; a function likewise
    fee: Callable[[], int] = lambda: 0  # cents of the e-stamp, if a card is made; a function likewise
    answers: Answers = field(default_factory=dict)  # as they were submitted, or corrected since
    photo_missing: bool = False  # an e-photo is required of the applicant, and has not arrived
    prints_missing: bool = False  # the service takes fingerprints first, and the person did not come


@dataclass(frozen=True, kw_only=True)
class Form:
    """The questions of an action, and the further arguments of the function that performs it.

    `questions` must return the same objects for the same context: the form classes made of them are cached.
    """

    questions: Callable[[FormContext], tuple[Question, ...]]
    arguments: Callable[[Answers], dict[str, Any]]
    # Ready sentences, shown under the form with the text that the applicant reads.
    reasons: Callable[[FormContext], tuple[Option, ...]] = lambda context: ()


@dataclass(frozen=True, kw_only=True)
class SharedForm(Form):
    """A form that is the same for every dossier of a service, so that one answer can serve for several."""

    questions: Callable[[ServiceContext], tuple[Question, ...]]


def always(*questions: Question) -> Callable[[ServiceContext], tuple[Question, ...]]:
    """Return a function that returns the same questions for every context."""
    return lambda context: questions


NOTHING_ASKED = SharedForm(questions=always(), arguments=lambda answers: {})
