"""The field of a question, on which those of each kind are built."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field

from app.domain.journeys.questions import Question
from app.domain.text import Problem, clean


class AnswerField(Field):
    """The field of a question; `data` is the stored value, None if what was typed cannot be read."""

    doubt: Problem | None = None  # about a value that can be read, and that the person may confirm
    confirms: str = ""  # the doubted value that the page sent back
    doubted = False  # whether its error is a doubt
    typed: Any = None  # what was sent, cleaned; None if nothing was

    def __init__(self, question: Question, **options: Any) -> None:
        """Make the field of a question."""
        super().__init__(question.label, **options)
        self.question = question

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Clean what was sent into `typed` and parse it into `data`."""
        self.data = None
        self.typed = self.take(valuelist)
        self.data = self.parse(self.typed)

    @property
    def value(self) -> Any:
        """The text or values that the page shows: what was typed, else the stored value formatted."""
        return self.format(self.data) if self.typed is None else self.typed

    def take(self, valuelist: Sequence[str]) -> Any:
        """Return the values sent under the field's name, cleaned."""
        return clean(valuelist[0]) if valuelist else ""

    def parse(self, typed: Any) -> Any:
        """Return the value to store. Raises ValueError with a sentence in the page's language."""
        return typed

    @staticmethod
    def format(value: Any) -> Any:
        """Return a stored value as it is typed."""
        return value or ""
