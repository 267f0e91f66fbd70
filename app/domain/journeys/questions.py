"""What a question is: how it is asked, when, and what is wrong with an answer.

Answers are kept as JSON values: text, ISO dates, cents, option keys or lists of option keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.rules.deadlines import Answers, Identity
from app.domain.text import N_, Problem

PHOTO = "ephoto"  # what `Case.given` holds once an e-photo code was accepted

# What is asked changes by editions, one number for all procedures. A question or a document added is `since` a new one;
# a dossier keeps the edition that it was begun with, so that nobody finds a step done to be done again.
EDITION = 2


class Kind(StrEnum):
    """How a question is asked and how its answer is kept."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PASSWORD = "password"  # never shown again, never kept in answers
    PHONE = "phone"
    DATE = "date"  # kept as an ISO date
    CHOICE = "choice"  # one option, all in sight
    SELECT = "select"  # one option, in a list
    CHOICES = "choices"  # several options
    COUNTRY = "country"  # ISO 3166 alpha-3
    MONEY = "money"  # kept in cents
    POSTCODE = "postcode"
    COMMUNE = "commune"  # kept as the INSEE code
    STAMP = "stamp"  # 16 digits of an e-stamp that pays before filing


@dataclass(frozen=True)
class Option:
    """One possible answer: its stored key and the words shown."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class When:
    """A question is asked only while the question `key` has `option` chosen; it appears right under it."""

    key: str
    option: str


@dataclass(frozen=True)
class Case:
    """All that decides how far a dossier has come and what is asked in it.

    `given` holds the supporting documents that have a file or an explanation, `today` is the day in Paris.
    """

    answers: Answers
    given: frozenset[str] = frozenset()
    today: date = date.max
    identity: Identity = field(default_factory=dict)  # what the permit register says


UNANSWERED = N_("Répondez à cette question pour continuer.")

Check = Callable[[Any, Case], Problem | None]


@dataclass(frozen=True)
class Question:
    """One question. `checks` run on a stored answer, in order; the first problem is the one told."""

    key: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    when: When | None = None
    checks: tuple[Check, ...] = ()
    max_length: int = 200
    width: str = ""
    inputmode: str = ""  # the keyboard of a telephone, where its kind does not say
    autocomplete: str = "off"
    missing: str = ""  # what is said where nothing is answered, if not the usual sentence
    short: str = ""  # the words of the summary, where the question itself would be too long
    carried: bool = False  # the answer of the last application filed is proposed, to be read over
    per: str = ""  # what an amount is for: "month", "year", or itself
    since: int = 1  # the first edition that asks it

    @property
    def title(self) -> str:
        """The words that name the answer in a summary."""
        return self.short or self.label

    def problem(self, value: Any, case: Case) -> Problem | None:
        """What is wrong with a stored value, or None."""
        if value in (None, "", []):
            return Problem(self.missing or UNANSWERED) if self.required else None
        if isinstance(value, str) and len(value) > self.max_length:
            return Problem(
                N_("Cette réponse est trop longue : %(length)s caractères, %(max)s au plus."),
                {"length": len(value), "max": self.max_length},
            )
        if self.options and not set(as_list(value)) <= {option.key for option in self.options}:
            return Problem(N_("Choisissez une des réponses proposées."))
        return next(filter(None, (check(value, case) for check in self.checks)), None)


def as_list(value: Any) -> list[Any]:
    """The chosen options of a stored answer, one or several."""
    return list(value) if isinstance(value, list | tuple) else [value]
