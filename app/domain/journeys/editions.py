"""Editions of procedures: an application continues with the questions of the edition in which it was begun."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from app.domain.journeys.journey import Journey, Page, Step
from app.domain.journeys.questions import EDITION, Question


def as_of(journey: Journey, edition: int) -> Journey:
    """Return a procedure in an edition, without what was added later or retired before.

    A question that depends on one that the edition does not have is asked unconditionally; one that depends on an option
    that the edition does not offer is left out, and so is a form without questions.
    """
    asked = {
        question.key: question
        for step in journey.steps
        for question in step.questions
        if question.in_edition(edition)
    }
    steps = tuple(_step_as_of(step, asked, edition) for step in journey.steps)
    return replace(
        journey,
        steps=tuple(step for step in steps if step.questions or step.page is not Page.FORM),
        documents=tuple(document for document in journey.documents if document.in_edition(edition)),
        version=edition,
        _by_slug={},
    )


def _step_as_of(step: Step, asked: Mapping[str, Question], edition: int) -> Step:
    questions = (
        _question_as_of(question, asked, edition)
        for question in step.questions
        if question.in_edition(edition) and _can_be_asked(question, asked, edition)
    )
    return replace(step, questions=tuple(questions))


def _question_as_of(question: Question, asked: Mapping[str, Question], edition: int) -> Question:
    return replace(
        question,
        options=tuple(option for option in question.options if option.in_edition(edition)),
        when=question.when if question.when and question.when.key in asked else None,
    )


def _can_be_asked(question: Question, asked: Mapping[str, Question], edition: int) -> bool:
    """Return whether an edition offers the option that a question depends on, and so on up the chain of conditions."""
    when = question.when
    parent = asked.get(when.key) if when else None
    if when is None or parent is None:
        return True
    offered = any(option.key == when.option and option.in_edition(edition) for option in parent.options)
    return offered and _can_be_asked(parent, asked, edition)


class Registry:
    """All procedures ever declared, by address and edition.

    An address may be declared several times, for successive editions, since costs and effects have no `since` of their
    own. Raises ValueError if two declarations share an edition.
    """

    def __init__(self, declared: Iterable[Journey], edition: int = EDITION) -> None:
        self.edition = edition
        self._editions: dict[tuple[str, int], Journey] = {}
        self._latest: dict[str, Journey] = {}
        for journey in declared:
            for number in range(journey.since, min(journey.until or edition, edition) + 1):
                self._add(as_of(journey, number))

    def _add(self, journey: Journey) -> None:
        slug, number = journey.slug, journey.version
        if (slug, number) in self._editions:
            raise ValueError(f"« {slug} » is declared twice in edition {number}")
        self._editions[slug, number] = journey
        if slug not in self._latest or self._latest[slug].version < number:
            self._latest[slug] = journey

    def journey(self, slug: str, edition: int) -> Journey:
        """Return the procedure of a dossier begun in an edition. Raises KeyError if the edition does not have it."""
        return self._editions[slug, edition]

    def every(self) -> tuple[Journey, ...]:
        """Return every edition of every procedure."""
        return tuple(self._editions.values())

    def latest(self, slug: str) -> Journey | None:
        """Return the last edition of a procedure, retired ones too; None for an unknown address."""
        return self._latest.get(slug)

    def known(self) -> tuple[Journey, ...]:
        """Return the last edition of every procedure, retired ones too."""
        return tuple(self._latest.values())

    def current(self, slug: str) -> Journey | None:
        """Return the present edition of a procedure; None for a retired one or an unknown address."""
        return self._editions.get((slug, self.edition))

    @cached_property
    def on_offer(self) -> tuple[Journey, ...]:
        """The procedures with which a new dossier can be begun."""
        return tuple(journey for journey in self.known() if self.current(journey.slug))

    def replacement(self, slug: str) -> Journey | None:
        """Return the present procedure that replaces a retired one, or the procedure itself; None if there is none."""
        for _hop in self._latest:  # at most so many, even if declarations replaced each other in a circle
            journey = self.latest(slug)
            if journey is None or journey.version == self.edition:
                return journey
            slug = journey.replaced_by
        return None

    def replaces(self, slug: str) -> tuple[str, ...]:
        """Return the addresses of the retired procedures that a procedure replaces."""
        retired = (journey.slug for journey in self.known() if journey.version != self.edition)
        return tuple(old for old in retired if (new := self.replacement(old)) and new.slug == slug)
