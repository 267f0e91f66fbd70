"""Templates of a service's letters; every version is stored, the last one is in force."""

from datetime import datetime

from app.domain.dossiers import decision_letters as templates
from app.domain.dossiers.decisions import Outcome
from app.domain.text import Problem
from app.storage.applications import decision_letters
from app.storage.database import database
from app.storage.models import Agent, LetterTemplate
from app.storage.people.services import locked


class BadTemplate(Exception):
    """Raised for a text that would make a letter without legal effect; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


class StaleTemplate(Exception):
    """Raised when another version was saved since the page was shown; `last` is that version."""

    def __init__(self, last: LetterTemplate) -> None:
        super().__init__(last.id)
        self.last = last


def save(kind: Outcome, text: str, seen: int, agent: Agent, now: datetime) -> None:
    """Put a text in force for the supervisor's service; `seen` is the id of the version shown, 0 for none.

    Raises BadTemplate, StaleTemplate.
    """
    if problem := templates.problem(text, kind):
        raise BadTemplate(problem)
    _write(kind, text, seen, agent, now)


def restore(kind: Outcome, seen: int, agent: Agent, now: datetime) -> None:
    """Put the default text in force again. Raises StaleTemplate."""
    _write(kind, "", seen, agent, now)


def _write(kind: Outcome, text: str, seen: int, agent: Agent, now: datetime) -> None:
    with database.atomic():
        locked(agent.service_id)
        last = decision_letters.template(agent.service_id, kind)
        if last and last.id != seen:
            raise StaleTemplate(last)
        if text != (last.text if last else ""):
            LetterTemplate.create(service_id=agent.service_id, kind=str(kind), text=text, agent=agent, at=now)
