"""Procedures retired and changed as docs/how-to.md says, in the edition that follows the present one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.domain.journeys.editions import Registry
from app.domain.journeys.journey import Journey, SupportingDocument
from app.domain.journeys.questions import EDITION, Option, Question
from app.domain.procedures import known

NEXT = EDITION + 1


def retire(declared: Iterable[Any], key: str, *new: Any) -> tuple[Any, ...]:
    """Declarations in which one goes and others follow it."""
    found: list[Any] = []
    for one in declared:
        if one.key == key:
            found += [replace(one, until=EDITION), *(replace(each, since=NEXT) for each in new)]
        else:
            found.append(one)
    return tuple(found)


def without_question(journey: Journey, key: str, *new: Question) -> Journey:
    """A procedure that no longer asks a question, and asks others in its place."""
    steps = (replace(step, questions=retire(step.questions, key, *new)) for step in journey.steps)
    return replace(journey, steps=tuple(steps), _by_slug={})


def without_option(journey: Journey, question: str, key: str, *new: Option) -> Journey:
    """A procedure whose question no longer offers an option, and offers others in its place."""

    def changed(one: Question) -> Question:
        return replace(one, options=retire(one.options, key, *new)) if one.key == question else one

    steps = (replace(step, questions=tuple(map(changed, step.questions))) for step in journey.steps)
    return replace(journey, steps=tuple(steps), _by_slug={})


def without_document(journey: Journey, key: str, *new: SupportingDocument) -> Journey:
    """A procedure that no longer asks for a supporting document, and asks for others in its place."""
    return replace(journey, documents=retire(journey.documents, key, *new))


def later(*changed: Journey) -> Registry:
    """The procedures in the next edition, some of them changed, others new."""
    by_slug = {one.slug: one for one in known()} | {one.slug: one for one in changed}
    return Registry(by_slug.values(), NEXT)
