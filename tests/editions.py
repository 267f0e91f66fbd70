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
    for item in declared:
        if item.key == key:
            found += [replace(item, until=EDITION), *(replace(each, since=NEXT) for each in new)]
        else:
            found.append(item)
    return tuple(found)


def without_question(journey: Journey, key: str, *new: Question) -> Journey:
    """A procedure that no longer asks a question, and asks others in its place."""
    steps = (replace(step, questions=retire(step.questions, key, *new)) for step in journey.steps)
    return replace(journey, steps=tuple(steps), _by_slug={})


def without_option(journey: Journey, question: str, key: str, *new: Option) -> Journey:
    """A procedure whose question no longer offers an option, and offers others in its place."""

    def changed(asked: Question) -> Question:
        return replace(asked, options=retire(asked.options, key, *new)) if asked.key == question else asked

    steps = (replace(step, questions=tuple(map(changed, step.questions))) for step in journey.steps)
    return replace(journey, steps=tuple(steps), _by_slug={})


def without_document(journey: Journey, key: str, *new: SupportingDocument) -> Journey:
    """A procedure that no longer asks for a supporting document, and asks for others in its place."""
    return replace(journey, documents=retire(journey.documents, key, *new))


def later(*changed: Journey) -> Registry:
    """The procedures in the next edition, some of them changed, others new."""
    by_slug = {journey.slug: journey for journey in known()} | {journey.slug: journey for journey in changed}
    return Registry(by_slug.values(), NEXT)
