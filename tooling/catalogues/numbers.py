"""Check lengths of time and amounts in the sentences: each is a value of the code, or has its reason.

What a sentence says in its own words does not follow a rule that changes. `translations/numbers.toml` says of each what
it is; a new one should come from its parameter, by a placeholder.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from app.domain.rules.parameters import Dated
from app.domain.rules.retention import Span
from app.web.localisation.catalogues import PLACEHOLDER, forms

_VALUES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "vingt": 20, "trente": 30,
    "quarante": 40, "soixante": 60, "cent": 100,
}  # fmt: skip
_UNITS = "ans? années? mois semaines? jours? heures? h minutes? secondes? euros? €"
_SAID = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_VALUES)}|\d+(?:\s\d{{3}})*(?:,\d+)?)\s(?:derniers?\s|premiers?\s|à \d+\s)?"
    rf"(?:{'|'.join(_UNITS.split())})(?!\w)|(?<!\d)\d{{2,4}},\d\d(?!\d)",
    re.IGNORECASE,
)
_SECONDS = {"minutes": 60, "heures": 3600, "heure": 3600, "h": 3600, "jours": 86_400}
_LONGER = {"mois": 30, "an": 365, "ans": 365}  # in days, for rules that count in days


@dataclass(frozen=True)
class Known:
    """A number that is accounted for: as it is said, the sentences by their beginnings, the value that it must equal."""

    says: str
    sentences: tuple[str, ...]
    value: str = ""
    reason: str = ""


def read(directory: Path) -> list[Known]:
    """Return the numbers that are accounted for."""
    rows = tomllib.loads((directory / "numbers.toml").read_text(encoding="utf-8"))["numbers"]
    return [Known(**{**row, "sentences": tuple(row["sentences"])}) for row in rows]


def faults(wanted: Catalog, known: list[Known]) -> Iterator[str]:
    """Yield each number that is not accounted for, differs from its value, or is said no more."""
    left = {(entry.says, beginning) for entry in known for beginning in entry.sentences}
    for message in wanted:
        for sentence in forms(message.id)[:1]:
            for said in numbers(sentence):
                found = {(said, start) for start in _beginnings(known, said) if sentence.startswith(start)}
                if not found:
                    yield (
                        f"« {sentence} » says « {said} »: take it from its parameter, by a placeholder, or say in "
                        "translations/numbers.toml what it is"
                    )
                left -= found
    yield from (
        f"translations/numbers.toml: no sentence « {start}… » says « {said} »" for said, start in sorted(left)
    )
    for entry in known:
        if not (entry.reason or equal(entry.says, value_of(entry.value))):
            yield f"translations/numbers.toml: « {entry.says} » is no more what {entry.value} says"


def numbers(sentence: str) -> list[str]:
    """Return the lengths of time and amounts that a sentence says in its own words."""
    plain = re.sub(r"\s", " ", PLACEHOLDER.sub("x", sentence))
    return [found.group(0).lower() for found in _SAID.finditer(plain)]


def _beginnings(known: list[Known], said: str) -> Iterator[str]:
    return (beginning for entry in known if entry.says == said for beginning in entry.sentences)


def value_of(path: str) -> Any:
    """Return the value at `module:NAME.key.attribute`, of today where it is dated."""
    module, _, names = path.partition(":")
    first, *rest = names.split(".")
    found = reduce(_inside, rest, getattr(import_module(module), first))
    return found.on(date.today()) if isinstance(found, Dated) else found


def _inside(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, dict) else getattr(value, name)


def equal(said: str, value: Any) -> bool:
    """Return whether the number said is a value: a number, one of several, a length of time.

    >>> equal("24 à 72 heures", 72), equal("4 mois", 120), equal("deux jours", 3)
    (True, True, False)
    """
    *words, unit = said.split()
    number = _VALUES.get(words[0]) or int(words[-1])
    if isinstance(value, tuple):
        return number in value
    if isinstance(value, timedelta):
        return value.total_seconds() == number * _SECONDS[unit]
    count = value.count if isinstance(value, Span) else value
    return count in (number, number * _LONGER.get(unit, 1), number * 12 if unit in ("an", "ans") else number)
