"""Classes of the procedures: steps, supporting documents and journeys.

The field, checks, summary row, stored answers and tests of a question all follow from its declaration.
Answers are JSON values: texts, ISO dates, cents, option keys or lists of option keys.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.domain.journeys.details import Detail
from app.domain.journeys.permits import PermitQuestion, Side
from app.domain.journeys.questions import CONFIRMED, EDITION, PHOTO, Case, Editioned, Kind, Question, as_list
from app.domain.rules import fees, mentions
from app.domain.rules.calendar import Delay, Timing, Window
from app.domain.rules.deadlines import RENEWAL, Answers, Deadline, Identity
from app.domain.rules.fees import Operation, Rate, Reservation
from app.domain.rules.parameters import AGAIN_DAYS
from app.domain.rules.permits import Grantable
from app.domain.rules.resource_check import Sufficiency
from app.domain.rules.rights import PERMIT_GRANTED, AttestationKind, Situation
from app.domain.rules.visas import awaits_validation
from app.domain.text import Problem


class Page(StrEnum):
    """The kinds of pages of a step."""

    FORM = "form"
    DOCUMENTS = "documents"
    SUMMARY = "summary"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True)
class Price:
    """The sentence of a step about the fee: a msgid with %(amount)s, and the answers assumed for the amount."""

    sentence: str
    supposing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """A page of a journey; `slug` is its address, `sentence` its introduction."""

    slug: str
    title: str
    sentence: str
    questions: tuple[Question, ...] = ()
    page: Page = Page.FORM
    sufficiency: Callable[[Answers, date], Sufficiency | None] | None = None
    beside: str = ""  # the question that tells the amount of `sufficiency`
    price: Price | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Computed once: a page finds its form by its step, and hashing twenty questions takes 5 µs."""
        return hash((self.slug, self.questions))

    def asked(self, answers: Answers) -> Iterator[Question]:
        """Yield the questions of the step that the answers so far require."""
        left_out: set[str] = set()
        for question in self.questions:
            when = question.when
            if when and (when.key in left_out or when.option not in as_list(answers.get(when.key))):
                left_out.add(question.key)
            else:
                yield question

    def digest(self, answers: Answers) -> str:
        """Return 16 hexadecimal digits that identify the answers of this step, to detect later changes."""
        text = json.dumps([answers.get(question.key) for question in self.questions], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def problems(self, case: Case) -> dict[str, Problem]:
        """Return the problems of the stored answers of this step, by key of the question."""
        answers, problems = case.answers, {}
        for question in self.asked(answers):
            if problem := question.problem(answers.get(question.key), case):
                problems[question.key] = problem
        return problems


@dataclass(frozen=True)
class SupportingDocument(Editioned):
    """A supporting document: `needed` is its condition, `hint` what must be visible on it.

    `instead` is the text on what is accepted instead and what to do if it is missing.
    """

    key: str
    title: str
    hint: str = ""
    needed: Callable[[Case], bool] = lambda case: True
    instead: str = ""
    proves: tuple[str, ...] = ()  # keys of the answers that it proves, shown beside it to the agent
    again_within: int = AGAIN_DAYS  # maximum age in days of an earlier file to offer for reuse; 0: never
    when: str = ""  # the condition under which it is needed, "" if it always is


class Purpose(StrEnum):
    """The purposes of procedures.

    The card after a validated VLS-TS is a renewal: the visa counts as a first permit, its end sets the window, and its
    tax was that of a first permit (usual practice).
    """

    FIRST = "first"  # a first permit, with a visa to be exchanged
    RENEWAL = "renewal"
    CHANGE = "change"  # of situation: address, permit lost, stolen or damaged
    VALIDATION = "validation"  # of a visa that counts as a permit


def _always(case: Case) -> bool:
    return True


def _never(case: Case) -> bool:
    return False


@dataclass(frozen=True)
class Journey(Editioned):
    """A procedure: steps, documents, deadline, fees, certificates and effects.

    All that differs between procedures is declared here; no page, service or job names one. They use it in one edition
    (`domain.procedures`), never as it is declared.
    """

    slug: str
    title: str
    english: str  # its name on documents, which are printed in French and English whatever the catalogues
    purpose: Purpose
    audience: str  # a sentence on the people that it is for
    steps: tuple[Step, ...]
    documents: tuple[SupportingDocument, ...]
    # Delay after which silence is a refusal (R*.432-1, R.432-2); None: the law sets none.
    answer_within: Callable[[Case], Delay | None]
    deadline: Deadline = RENEWAL
    # Kinds of permit in the register that it is open to, and their mentions; empty: any.
    holders: frozenset[str] = frozenset({"CST", "CSP", "VLS-TS", "RECEPISSE"})
    mentions: frozenset[str] = frozenset()
    takes_others: bool = False  # open to permits of other mentions too, for a change of the ground of stay
    operation: Callable[[Case], Operation | None] = lambda case: Operation.RENEWAL  # that is paid for
    rate: Callable[[Case], Rate] = lambda case: Rate.NORMAL
    photo: Callable[[Case], bool] = _always  # whether an e-photo is required
    makes_card: Callable[[Case], bool] = _always  # whether a card is made once it is granted
    situation: Situation = Situation.RENEWAL  # for the rights that the certificates state
    on_filing: AttestationKind | None = AttestationKind.DEPOSIT
    on_approval: AttestationKind | None = AttestationKind.FAVOURABLE
    automatic: Callable[[Case], bool] = _never  # whether the system grants it at filing
    moves_dossiers: bool = (
        False  # at filing, transfers the other open dossiers to the service of the new address
    )
    invalidates: bool = False  # at filing, invalidates the present permit
    leads_to: Callable[[Case], Purpose | None] = lambda case: None  # purpose of the procedure to begin next
    # What its rules read in the permit held, beside its kind and mention.
    turns_on: tuple[PermitQuestion, ...] = ()
    fee_when: Callable[[Case], str] = lambda case: ""  # the condition of the fee, if there are several
    photo_when: str = ""  # the condition of the e-photo, "" if it is always or never required
    # Further rows of its certificates.
    details: Callable[[Case], tuple[Detail, ...]] = lambda case: ()
    effects: tuple[str, ...] = ()  # sentences on the effects of filing, shown before and after it and mailed
    # Sentences of the mail about a favourable decision.
    granted: Callable[[Case], tuple[str, ...]] = lambda case: PERMIT_GRANTED
    # The kinds of permit that it can grant, the usual one first; empty: none, or the same permit again.
    grants: tuple[Grantable, ...] = ()
    granted_mention: Callable[[Case], str] = lambda case: ""  # the mention applied for, if there are several
    granted_until: Callable[[Case], date | None] = lambda case: (
        None
    )  # that of somebody else's permit, if it ends there
    refusals: tuple[str, ...] = ()  # reasons for a refusal of this procedure alone, see dossiers.decisions
    replaced_by: str = ""  # address of the procedure to begin instead once this one is retired
    version: int = EDITION
    _by_slug: dict[str, Step] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._by_slug.update({step.slug: step for step in self.steps})

    def __str__(self) -> str:
        return self.slug

    def step(self, slug: str) -> Step | None:
        """Return the step at an address, None if there is none."""
        return self._by_slug.get(slug)

    def serves(self, identity: Identity) -> bool:
        """Return whether the procedure is open to a permit; a visa to be validated first allows its validation only."""
        if awaits_validation(identity) is not (self.purpose is Purpose.VALIDATION):
            return False
        has_ground = self.takes_others or self.continues(identity)
        return has_ground and (not self.holders or identity["permit_kind"] in self.holders)

    def continues(self, identity: Identity) -> bool:
        """Return whether the permit has the procedure's ground of stay; True if the procedure is for any ground."""
        return not self.mentions or mentions.today(identity["mention"]) in self.mentions

    def advice(self, case: Case) -> tuple[Side, ...]:
        """Return the sides of the permit held that give advice before the first step."""
        sides = (side for question in self.turns_on for side in question.sides if side.advice)
        return tuple(side for side in sides if side.holds(case.identity, case.today))

    def window(self, case: Case) -> Window:
        """Return the filing window of a case."""
        return self.deadline.window(case.identity, case.answers)

    def fee(self, case: Case, filed_on: date) -> int:
        """Return the amount of the e-stamp, in cents, at the rates of `case.today`; 0 if nothing is due.

        The operation is that of the day of filing: a replacement card is due even if the permit ends soon by now.
        """
        filed = replace(case, today=filed_on)
        late = self.deadline.late_costs and self.window(case).timing(filed_on) is Timing.LATE
        more = fees.late_fee(case.identity, filed_on, case.today) if late else 0
        return fees.amount(self.operation(filed), self.rate(filed), case.today) + more

    def reservations(self, case: Case, filed_on: date) -> tuple[Reservation, ...]:
        """Return what is not certain of that amount."""
        filed, kinds = replace(case, today=filed_on), {case.identity["permit_kind"]}
        return fees.reservations(self.operation(filed), self.rate(filed), case.today, kinds)

    @property
    def one_at_a_time(self) -> bool:
        """Whether an application must be decided before the next one; changes (address, loss) can happen twice."""
        return self.purpose is not Purpose.CHANGE

    @property
    def stamp(self) -> Question | None:
        """Question about the e-stamp, None if the procedure is not paid before it is filed."""
        questions = (question for step in self.steps for question in step.questions)
        return next((question for question in questions if question.kind is Kind.STAMP), None)

    def needed(self, case: Case) -> tuple[SupportingDocument, ...]:
        """Return the supporting documents that a case requires."""
        return tuple(document for document in self.documents if document.needed(case))

    def is_complete(self, step: Step, case: Case) -> bool:
        """Return whether nothing is missing in a step; summary and confirmation are complete only by filing."""
        if step.page is Page.FORM:
            return not step.problems(case)
        if step.page is Page.DOCUMENTS:
            return not self.missing(case)
        return False

    def missing(self, case: Case) -> tuple[str, ...]:
        """Return the keys of required documents without file or explanation, the e-photo first."""
        required = [document.key for document in self.needed(case)]
        photo = [PHOTO] if self.photo(case) else []
        return tuple(key for key in photo + required if key not in case.received)

    def first_incomplete(self, case: Case) -> Step:
        """Return the first step with something missing; the summary if nothing is."""
        return next(step for step in self.steps if not self.is_complete(step, case))

    def can_visit(self, step: Step, first_incomplete: Step) -> bool:
        """Return whether a step can be opened: those up to the first incomplete one can."""
        return self.steps.index(step) <= self.steps.index(first_incomplete)

    def after(self, step: Step) -> Step:
        """Return the next step; the last one after itself."""
        return self.steps[min(self.steps.index(step) + 1, len(self.steps) - 1)]

    def before(self, step: Step) -> Step | None:
        """Return the previous step, None before the first."""
        index = self.steps.index(step)
        return self.steps[index - 1] if index else None

    def relevant(self, answers: Answers) -> dict[str, Any]:
        """Return the answers to the questions that are still asked: they are stored at filing, reviewed and printed."""
        asked = {
            question.key: answers[question.key]
            for step in self.steps
            for question in step.asked(answers)
            if question.key in answers
        }
        confirmed = {
            key: value for key, value in answers.get(CONFIRMED, {}).items() if asked.get(key) == value
        }
        return {**asked, CONFIRMED: confirmed} if confirmed else asked

    def rows(self, answers: Answers) -> Iterator[tuple[Step, list[tuple[Question, Any]]]]:
        """Yield each step that has questions with its questions and answers, for summary, PDF and agent's page."""
        for step in self.steps:
            if step.questions:
                yield step, [(question, answers.get(question.key)) for question in step.asked(answers)]
