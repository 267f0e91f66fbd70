"""What a journey is: questions in steps, steps in a journey, and what can be said of them.

A question declared here once drives its field, its check, its line in the summary, the seal and the tests.
Answers are kept as JSON values: text, ISO dates, cents, option keys or lists of option keys.
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
from app.domain.journeys.questions import EDITION, PHOTO, Case, Kind, Question, as_list
from app.domain.rules import fees, mentions
from app.domain.rules.calendar import Delay, Timing, Window
from app.domain.rules.deadlines import RENEWAL, Answers, Deadline, Identity
from app.domain.rules.fees import Operation
from app.domain.rules.parameters import AGAIN_DAYS
from app.domain.rules.permits import Grantable
from app.domain.rules.resource_check import Sufficiency
from app.domain.rules.rights import PERMIT_GRANTED, AttestationKind, Situation
from app.domain.rules.visas import awaits_validation
from app.domain.text import Problem


class Page(StrEnum):
    """What a step is made of."""

    FORM = "form"
    DOCUMENTS = "documents"
    SUMMARY = "summary"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True)
class Price:
    """What a step says of what is paid: a msgid that holds %(amount)s, and the answers it supposes."""

    sentence: str
    supposing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """One page of a journey; `slug` is its address, `sentence` says what is done there."""

    slug: str
    title: str
    sentence: str
    questions: tuple[Question, ...] = ()
    page: Page = Page.FORM
    sufficiency: Callable[[Answers, date], Sufficiency | None] | None = None
    price: Price | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Computed once: a page finds its form by its step, and hashing twenty questions takes 5 µs."""
        return hash((self.slug, self.questions))

    def asked(self, answers: Answers) -> Iterator[Question]:
        """The questions put to this person, given what they answered so far."""
        shown: set[str] = set()
        own = {question.key for question in self.questions}
        for question in self.questions:
            when = question.when
            if when and when.key in own and when.key not in shown:
                continue
            if when and when.option not in as_list(answers.get(when.key)):
                continue
            shown.add(question.key)
            yield question

    def as_of(self, edition: int) -> "Step":
        """The step as it was: later questions left out, and with them the condition that one of them made."""
        kept = {question.key for question in self.questions if question.since <= edition}
        added = {question.key for question in self.questions} - kept
        asked = (q for q in self.questions if q.key in kept)
        return replace(
            self,
            questions=tuple(replace(q, when=None) if q.when and q.when.key in added else q for q in asked),
        )

    def digest(self, answers: Answers) -> str:
        """Return 16 hexadecimal digits that change with the answers of this step: what a page showed of them."""
        text = json.dumps([answers.get(question.key) for question in self.questions], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def problems(self, case: Case) -> dict[str, Problem]:
        """Every problem of the stored answers of this step, by question."""
        found = {q.key: q.problem(case.answers.get(q.key), case) for q in self.asked(case.answers)}
        return {key: problem for key, problem in found.items() if problem}


@dataclass(frozen=True)
class SupportingDocument:
    """A document asked for. `needed` reads the case; `hint` says what must be seen on it.

    `instead` says what is accepted in its place, and what to do when it is missing.
    """

    key: str
    title: str
    hint: str = ""
    needed: Callable[[Case], bool] = lambda case: True
    instead: str = ""
    proves: tuple[str, ...] = ()  # keys of the answers that it proves, shown beside it to the agent
    again_within: int = AGAIN_DAYS  # days during which a file given earlier is offered again; 0: never
    since: int = 1  # the first edition that asks for it


class Purpose(StrEnum):
    """What a person comes for.

    A card asked by who holds a validated VLS-TS is a renewal: the visa counts as a first permit, has an end that
    sets the window, and its tax was the first one (domain reference §4.2, usual practice).
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
class Journey:
    """A procedure, whole, as the edition that a draft pins: what is asked, when, for how much, and what it ends in.

    Everything that differs from one procedure to the next is declared here; no page, service or job knows any by name.
    """

    slug: str
    title: str
    english: str  # its name on papers, which are read abroad and outlive every catalogue
    purpose: Purpose
    audience: str  # for whom it is, one sentence
    steps: tuple[Step, ...]
    documents: tuple[SupportingDocument, ...]
    # When silence becomes refusal (R*.432-1, R.432-2); None: the law says nothing.
    answer_within: Callable[[Case], Delay | None]
    deadline: Deadline = RENEWAL
    # Kinds of permit (of the register) that open it, and their mentions; empty: any.
    holders: frozenset[str] = frozenset({"CST", "CSP", "VLS-TS", "RECEPISSE"})
    mentions: frozenset[str] = frozenset()
    takes_others: bool = False  # also opened by a permit of another mention, to change the ground of stay
    operation: Callable[[Case], Operation | None] = lambda case: Operation.RENEWAL  # what is paid for
    reduced_fee: Callable[[Case], bool] = lambda case: False
    photo: Callable[[Case], bool] = _always  # whether an e-photo is asked
    makes_card: Callable[[Case], bool] = _always  # whether a card is made once it is granted
    situation: Situation = Situation.RENEWAL  # whose rights the certificates state
    on_filing: AttestationKind | None = AttestationKind.DEPOSIT
    on_approval: AttestationKind | None = AttestationKind.FAVOURABLE
    automatic: Callable[[Case], bool] = _never  # granted by itself as soon as it is filed
    moves_dossiers: bool = (
        False  # once filed, the person's open dossiers go to the service of the address it gives
    )
    invalidates: bool = False  # once filed, the permit held is worth nothing any more
    leads_to: Callable[[Case], Purpose | None] = lambda case: None  # what has to be asked next
    advice: Callable[[Case], tuple[str, ...]] = (
        lambda case: ()
    )  # worth knowing before one begins, by the permit held
    details: Callable[[Case], tuple[Detail, ...]] = (
        lambda case: ()
    )  # what its certificates say beside the holder
    effects: tuple[str, ...] = ()  # what filing changes at once: said before it, after it and by mail
    granted: Callable[[Case], tuple[str, ...]] = lambda case: (
        PERMIT_GRANTED
    )  # the letter of a favourable decision
    # The kinds of permit in which it can end, the usual one first; empty: it makes none, or the same one again.
    grants: tuple[Grantable, ...] = ()
    granted_mention: Callable[[Case], str] = lambda case: ""  # the one asked for, among several
    refusals: tuple[str, ...] = ()  # reasons for refusing that go with it alone, see domain.decisions
    version: int = EDITION
    _by_slug: dict[str, Step] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._by_slug.update({step.slug: step for step in self.steps})

    def __str__(self) -> str:
        return self.slug

    def as_of(self, edition: int) -> "Journey":
        """The procedure as a dossier begun in an earlier edition knows it."""
        return replace(
            self,
            steps=tuple(step.as_of(edition) for step in self.steps),
            documents=tuple(one for one in self.documents if one.since <= edition),
            version=edition,
            _by_slug={},
        )

    def step(self, slug: str) -> Step | None:
        """The step at this address."""
        return self._by_slug.get(slug)

    def serves(self, identity: Identity) -> bool:
        """Whether the permit held opens this procedure; a visa still to be validated opens its validation alone."""
        if awaits_validation(identity) is not (self.purpose is Purpose.VALIDATION):
            return False
        fits = self.takes_others or self.continues(identity)
        return fits and (not self.holders or identity["permit_kind"] in self.holders)

    def continues(self, identity: Identity) -> bool:
        """Whether the ground of stay is the one of the permit held; any, where the procedure has none of its own."""
        return not self.mentions or mentions.today(identity["mention"]) in self.mentions

    def window(self, case: Case) -> Window:
        """When it can be filed."""
        return self.deadline.window(case.identity, case.answers)

    def fee(self, case: Case, filed_on: date) -> int:
        """What is paid by e-stamp, in cents, at the rates of `case.today`; 0 where nothing is."""
        late = self.deadline.late_costs and self.window(case).timing(filed_on) is Timing.LATE
        return fees.amount(self.operation(case), self.reduced_fee(case), late, case.today)

    @property
    def one_at_a_time(self) -> bool:
        """Whether a second application waits until the first is decided: one can move, or lose a permit, twice."""
        return self.purpose is not Purpose.CHANGE

    @property
    def stamp(self) -> Question | None:
        """The question that asks for the e-stamp, where the procedure is paid before it is filed."""
        return next((q for step in self.steps for q in step.questions if q.kind is Kind.STAMP), None)

    def needed(self, case: Case) -> tuple[SupportingDocument, ...]:
        """The supporting documents asked of this person."""
        return tuple(document for document in self.documents if document.needed(case))

    def is_complete(self, step: Step, case: Case) -> bool:
        """Whether nothing is missing in a step. The last two are acts, complete only by filing."""
        if step.page is Page.FORM:
            return not step.problems(case)
        if step.page is Page.DOCUMENTS:
            return not self.missing(case)
        return False

    def missing(self, case: Case) -> tuple[str, ...]:
        """Keys of what is asked for and has neither a file nor an explanation, the e-photo first."""
        asked = [document.key for document in self.needed(case)]
        photo = [PHOTO] if self.photo(case) else []
        return tuple(key for key in photo + asked if key not in case.given)

    def first_incomplete(self, case: Case) -> Step:
        """Where the person has to go next; the summary when everything is there."""
        return next(step for step in self.steps if not self.is_complete(step, case))

    def can_visit(self, step: Step, first_incomplete: Step) -> bool:
        """Steps done and the first one to do, `first_incomplete`, are open; later ones are not."""
        return self.steps.index(step) <= self.steps.index(first_incomplete)

    def after(self, step: Step) -> Step:
        """The step that follows."""
        return self.steps[min(self.steps.index(step) + 1, len(self.steps) - 1)]

    def before(self, step: Step) -> Step | None:
        """The step that precedes, None at the first."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    def relevant(self, answers: Answers) -> dict[str, Any]:
        """Answers to questions still asked: what is reviewed, sealed and printed."""
        return {
            question.key: answers[question.key]
            for step in self.steps
            for question in step.asked(answers)
            if question.key in answers
        }

    def rows(self, answers: Answers) -> Iterator[tuple[Step, list[tuple[Question, Any]]]]:
        """The answered questions of each step that has any, in order: the summary, the PDF, the agent's view."""
        for step in self.steps:
            if step.questions:
                yield step, [(q, answers.get(q.key)) for q in step.asked(answers)]
