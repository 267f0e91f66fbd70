"""Procedures by edition: what each one asked, so that what was begun with it goes on as it was begun."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.journeys.journey import Journey, Page, Step
from app.domain.journeys.questions import EDITION, Question


def as_of(journey: Journey, edition: int) -> Journey:
    """Return a procedure as an edition has it: what was added later and what was retired before are left out.

    Under a question that the edition does not ask, what it asks is asked of all; under an option that it does not
    offer, of none. A form without questions is no step.
    """
    asked = {q.key: q for step in journey.steps for q in step.questions if q.in_edition(edition)}
    steps = tuple(_step_as_of(step, asked, edition) for step in journey.steps)
    return replace(
        journey,
        steps=tuple(step for step in steps if step.questions or step.page is not Page.FORM),
        documents=tuple(document for document in journey.documents if document.in_edition(edition)),
        version=edition,
        _by_slug={},
    )


def _step_as_of(step: Step, asked: Mapping[str, Question], edition: int) -> Step:
    kept = (q for q in step.questions if q.in_edition(edition) and _can_be_asked(q, asked, edition))
    return replace(step, questions=tuple(_question_as_of(q, asked, edition) for q in kept))


def _question_as_of(question: Question, asked: Mapping[str, Question], edition: int) -> Question:
    return replace(
        question,
        options=tuple(option for option in question.options if option.in_edition(edition)),
        when=question.when if question.when and question.when.key in asked else None,
    )


def _can_be_asked(question: Question, asked: Mapping[str, Question], edition: int) -> bool:
    """Return whether the option that calls for a question, and the one that calls for that one, are offered."""
    when = question.when
    above = asked.get(when.key) if when else None
    if when is None or above is None:
        return True
    offered = any(option.key == when.option and option.in_edition(edition) for option in above.options)
    return offered and _can_be_asked(above, asked, edition)


class Registry:
    """Every procedure ever declared, in each edition that has it.

    One address may be declared several times, for editions that follow each other: what a procedure costs, needs or
    changes is not asked, hence has no `since` of its own. ValueError where two declarations share an edition.
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
        """Return a procedure as a dossier begun in an edition has it; KeyError for what no edition ever had."""
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
        """Return a procedure that is on offer; None for a retired one, or an unknown address."""
        return self._editions.get((slug, self.edition))

    def replacement(self, slug: str) -> Journey | None:
        """Return what is on offer in place of a retired procedure, itself where it is not; None where nothing is."""
        for _hop in self._latest:
            found = self.latest(slug)
            if found is None or found.version == self.edition:
                return found
            slug = found.replaced_by
        return None

    def replaces(self, slug: str) -> tuple[str, ...]:
        """Return the addresses of the retired procedures that one replaces."""
        retired = (journey.slug for journey in self.known() if journey.version != self.edition)
        return tuple(old for old in retired if (new := self.replacement(old)) and new.slug == slug)
