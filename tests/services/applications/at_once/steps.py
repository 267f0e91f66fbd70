"""What acts do to the model, where several do the same."""

from collections.abc import Callable, Container
from dataclasses import replace

from app.domain.dossiers.states import State
from app.domain.rules.uploads import LIMITS
from tests.services.applications.at_once.running import Model, Step

MOST = LIMITS.max_files_a_slot


def while_in(states: Container[State], step: Step) -> Step:
    """Return a step that is refused in any other state."""
    return lambda m: step(m) if m.state in states else None


def one_file_more(m: Model) -> Model | None:
    """Return the model with a file more, unless there are as many as a document may have."""
    return replace(m, added=m.added + 1) if m.old + m.added < MOST else None


def old_file_gone(m: Model) -> Model | None:
    """Return the model without the old file."""
    return replace(m, old=False) if m.old else None


def staying(step: Step) -> Step:
    """Return a step that is a transition too, into the same state."""

    def moved(m: Model) -> Model | None:
        after = step(m)
        return after and after.to(after.state)

    return moved


def marking(*marks: str, without: tuple[str, ...] = ()) -> Step:
    """Return a step that only leaves marks."""
    return lambda m: m.marked(*marks, without=without)


def more_said(m: Model, text: str) -> Model:
    """Return the model after a conversation more, with its first message."""
    return replace(m, conversations=m.conversations + 1, messages=m.messages + 1).marked(text)


def to_colleague(m: Model) -> Model:
    """Return the model with the colleague in charge."""
    return m.marked("a colleague’s")


def done(act: Callable[[], object]) -> Callable[[], bool]:
    """Take an act that raises or is done."""

    def doing() -> bool:
        act()
        return True

    return doing
