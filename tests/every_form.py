"""Every form that the service draws, found by its declaration: procedures, public pages, agents, orientation."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from app.domain import agent_forms, orientation, procedures, public_forms
from app.domain.agent_forms.form import Form, FormContext
from app.domain.dossiers.appointments import Purpose
from app.domain.dossiers.decisions import Outcome
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Question
from tests.generated import paths

LANGUAGES = (("fr", "Français"), ("en", "English"))
COLLEAGUES = ((1, "Camille Martin"),)
SERVICES = (("69", "Préfecture du Rhône"),)

# Arguments of the functions that make a form; a new one without arguments here fails.
_ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "question_step": (False, False),
    "blocked_step": (False, False),
    "address_step": (True,),
    "copy_step": (True,),
    "passkey_step": (True,),
    "closing_step": (True,),
    "contact_step": (LANGUAGES, True),
    "letters_step": (LANGUAGES, True),
    "member_step": (SERVICES,),
    "invitation_step": (SERVICES,),
    "hiring_answer_step": (True,),
    "meeting_step": (Purpose.INTERVIEW,),
    "moving_step": (Purpose.INTERVIEW,),
    "correction_step": ("kept",),
    "template_step": (Outcome.UNFAVOURABLE,),
    "orient": (),  # leads to one of the forms found
}


@cache
def every_form() -> dict[str, Step]:
    """Return every form by a name for messages."""
    found = {
        f"{journey.slug}/{journey.version}/{step.slug}": step
        for journey in procedures.registry.every()
        for step in journey.steps
        if step.questions
    }
    for module in (*_modules(public_forms), *_modules(agent_forms), *_modules(orientation)):
        short = module.__name__.rpartition(".")[2]
        for name, value in vars(module).items():
            found |= {f"{short}.{name}{place}": step for place, step in enumerate(_steps(name, value))}
    return found


def every_question() -> Iterator[tuple[str, Question]]:
    """Yield each question once, with the name of a form that has it."""
    seen: set[Question] = set()
    for name, step in every_form().items():
        for question in step.questions:
            if question not in seen:
                seen.add(question)
                yield name, question


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield import_module(found.name)


def _steps(name: str, value: Any) -> tuple[Step, ...]:
    if isinstance(value, Step):
        return (value,) if value.questions else ()
    if isinstance(value, tuple) and value and all(isinstance(each, Step) for each in value):
        return value
    if isinstance(value, Form):
        asked = {value.questions(context) for context in _contexts()}
        return tuple(Step("acte", name, "", questions) for questions in asked if questions)
    if inspect.isroutine(inspect.unwrap(value)) and not name.startswith("_") and _makes_a_step(value):
        arguments = _ARGUMENTS[value.__name__]
        return (value(*arguments),) if arguments else ()
    return ()


def _makes_a_step(function: Callable[..., Any]) -> bool:
    made = getattr(inspect.unwrap(function), "__annotations__", {}).get("return")
    return made is Step or "Step" in str(made)


def _contexts() -> Iterator[FormContext]:
    for journey in procedures.on_offer():
        yield FormContext(
            journey=journey,
            documents=journey.documents,
            colleagues=lambda: COLLEAGUES,
            certified=lambda: True,
            answers=paths(journey)[0],
        )
