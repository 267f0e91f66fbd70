"""What a procedure reads in the permit held, with its sides, so that each side can be told before a permit is known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.journeys.questions import Kind, Option, Question
from app.domain.rules.deadlines import Identity


@dataclass(frozen=True)
class Side:
    """One side of something in the permit held: "it ends in less than 90 days".

    `holds` tells it of a permit. `facts` gives the data of the register that stand for it where no permit is known,
    beside those that stand already. `advice` is what its holder has to know before they begin.
    """

    key: str
    holds: Callable[[Identity, date], bool]
    facts: Callable[[Identity, date], Identity]
    answer: str = ""  # to the question, where the list of documents depends on it
    advice: str = ""
    general: str = ""  # « Si votre titre… », the condition of the advice, without a full stop
    personal: str = ""  # « Votre titre… », likewise


@dataclass(frozen=True)
class PermitQuestion:
    """A question about the permit held. It is asked only of people whose permit is not known."""

    key: str
    sides: tuple[Side, ...]
    label: str = ""  # where the list of documents depends on it
    hint: str = ""
    missing: str = ""

    @property
    def question(self) -> Question:
        """The question as a form asks it."""
        options = tuple(Option(side.key, side.answer) for side in self.sides)
        required = bool(self.label)  # without one it is never asked
        return Question(self.key, Kind.CHOICE, self.label, self.hint, required, options, missing=self.missing)

    def side(self, key: str | None) -> Side:
        """Return the side of a key, the first one for a key that is none."""
        return next((side for side in self.sides if side.key == key), self.sides[0])
