"""Classes of the questions: kinds, options, conditions and checks of answers.

Answers are JSON values: texts, ISO dates, cents, option keys or lists of option keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.domain.rules.deadlines import Answers, Identity
from app.domain.text import N_, Problem

CONFIRMED = "confirmed"  # key, among the answers, of those that the person confirmed against a doubt
PHOTO = "ephoto"  # key in `Case.received` of an accepted e-photo code

# The questions of all procedures change by edition. What is added is `since` a new edition; what is retired stays
# declared, `until` the last edition with it. A dossier keeps the edition in which it was begun, so that a completed step
# never becomes incomplete. See docs/how-to.md.
EDITION = 3


@dataclass(frozen=True, kw_only=True)
class Editioned:
    """Base of what exists from the edition `since` to the edition `until`, both included; None: up to the present."""

    since: int = 1
    until: int | None = None

    def in_edition(self, edition: int) -> bool:
        """Return whether an edition has it."""
        return self.since <= edition and (self.until is None or edition <= self.until)


class Kind(StrEnum):
    """The kinds of question; each has a field and a form in which its answer is stored."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PASSWORD = "password"  # never shown again, never stored in answers
    PHONE = "phone"
    DATE = "date"  # stored as an ISO date
    CHOICE = "choice"  # one option, all visible
    SELECT = "select"  # one option, in a list
    CHOICES = "choices"  # several options
    COUNTRY = "country"  # ISO 3166 alpha-3
    MONEY = "money"  # stored in cents
    POSTCODE = "postcode"
    COMMUNE = "commune"  # stored as the INSEE code
    STAMP = "stamp"  # 16 digits of an e-stamp paid before filing


TYPED = frozenset({Kind.TEXT, Kind.LONG_TEXT})  # answered in the person's own words, in a language of theirs


@dataclass(frozen=True)
class Option(Editioned):
    """A possible answer: its stored key, label and hint."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class When:
    """The condition of a question: `option` of the question `key` is chosen; it is shown right under that question."""

    key: str
    option: str


@dataclass(frozen=True)
class Case:
    """The facts on which the rules of a procedure depend.

    `received` has the keys of supporting documents with a file or an explanation; `today` is the day in Paris.
    """

    answers: Answers
    received: frozenset[str] = frozenset()
    today: date = date.max
    identity: Identity = field(default_factory=dict)  # from the permit register


Check = Callable[[Any, Case], Problem | None]


@dataclass(frozen=True)
class Question(Editioned):
    """A question; `checks` run on a stored answer in order, and the first problem is shown."""

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
    inputmode: str = ""  # keyboard of a telephone, if not the one of the kind
    autocomplete: str = "off"
    missing: str | Problem = (
        ""  # what is said where it is required and unanswered: what to do, naming the thing
    )
    short: str = ""  # label in the summary, if the question itself is too long
    carried: bool = False  # the answer of the last filed application is proposed
    normal: Callable[[str], str] | None = (
        None  # of a line of text with a grammar of its own, such as a number
    )
    written: Callable[[str], str] | None = None  # such a number as it is shown, in groups
    per: str = ""  # period of an amount: "month", "year", or "" for a single one

    def __post_init__(self) -> None:
        """Raise ValueError for a required question without a sentence of its own about its missing answer."""
        if self.required and not self.missing:
            raise ValueError(f"« {self.key} » does not say what to do where it is unanswered")

    @property
    def title(self) -> str:
        """Label of the answer in a summary."""
        return self.short or self.label

    def problem(self, value: Any, case: Case) -> Problem | None:
        """Return what is wrong with a stored value, or None."""
        if value in (None, "", []):
            return self._unanswered() if self.required else None
        if isinstance(value, str) and len(value) > self.max_length:
            return Problem(
                N_("Cette réponse est trop longue : %(length)s caractères, %(max)s au plus."),
                {"length": len(value), "max": self.max_length},
            )
        if self.options and not self._offers(value):
            return Problem(N_("Choisissez une des réponses proposées."))
        for check in self.checks:
            found = check(value, case)
            if found and not (found.doubt and self.is_confirmed(value, case.answers)):
                return found
        return None

    @cached_property
    def _keys(self) -> frozenset[str]:
        """The keys of its options: each page of a draft looks through the answers of all its steps."""
        return frozenset(option.key for option in self.options)

    def _offers(self, value: Any) -> bool:
        return value in self._keys if isinstance(value, str) else self._keys.issuperset(as_list(value))

    def is_confirmed(self, value: Any, answers: Answers) -> bool:
        """Return whether the person confirmed this very answer when it was doubted."""
        return value not in (None, "", []) and answers.get(CONFIRMED, {}).get(self.key) == value

    def _unanswered(self) -> Problem:
        return self.missing if isinstance(self.missing, Problem) else Problem(self.missing)


def as_list(value: Any) -> list[Any]:
    """Return the chosen options of a stored answer as a list, for a single choice too."""
    return list(value) if isinstance(value, list | tuple) else [value]
