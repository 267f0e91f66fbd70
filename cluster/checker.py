"""Compares what was acknowledged with what there is: nothing lost, nothing twice.

It uses nothing of the service: rows by SQL, objects by asking the store for each, letters by what a mail server noted.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

Act = Mapping[str, Any]


class Rows(Protocol):
    """An open database, of either engine."""

    def execute(self, query: Any, /) -> Any:
        """Run a statement; what it gives has `fetchall`."""


@dataclass
class Found:
    """What there is, each with how often. A person is a foreign-national number, or that of a visa."""

    filed: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # person, procedure, reference
    answers: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # person, procedure: keys answered
    files: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # person, slot, name
    explanations: Counter[tuple[str, str]] = field(default_factory=Counter)  # person, slot
    keys: dict[str, str] = field(default_factory=dict)  # of the store, by name of a file
    objects: set[str] = field(default_factory=set)  # keys that the store answers for
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)  # person, e-photo code
    questions: Counter[str] = field(default_factory=Counter)  # texts
    acts: Counter[tuple[str, str]] = field(default_factory=Counter)  # reference, action
    notices: dict[int, tuple[str, str]] = field(default_factory=dict)  # id: reference, kind
    letters: Counter[str] = field(default_factory=Counter)  # Message-IDs without their host
    stamps: dict[str, set[str]] = field(default_factory=dict)  # number: references


def violations(acknowledged: Iterable[Act], found: Found) -> list[str]:
    """Return every act that was acknowledged and is not there, and everything that is there twice."""
    return [*_lost(acknowledged, found), *_twice(found), *_without_letter(found)]


def _lost(acknowledged: Iterable[Act], found: Found) -> Iterator[str]:
    for act in acknowledged:
        if not _THERE[act["kind"]](act, found):
            yield f"lost: {json.dumps(act, ensure_ascii=False)}"
        if act["kind"] == "file" and found.keys.get(act["name"]) not in found.objects:
            yield f"lost: the object of {act['name']}"


# Of each kind of act, whether it is there.
_THERE: Mapping[str, Callable[[Act, Found], bool]] = {
    "filed": lambda act, found: (act["who"], act["procedure"], act["reference"]) in found.filed,
    "answers": lambda act, found: (
        set(act["keys"]) <= found.answers.get((act["who"], act["procedure"]), set())
    ),
    "file": lambda act, found: (act["who"], act["slot"], act["name"]) in found.files,
    "explanation": lambda act, found: (act["who"], act["slot"]) in found.explanations,
    "photo": lambda act, found: (act["who"], act["code"]) in found.codes,
    "question": lambda act, found: act["text"] in found.questions,
    "paid": lambda act, found: act["stamp"] in found.stamps,
    "act": lambda act, found: (act["reference"], act["action"]) in found.acts,
}


def _twice(found: Found) -> Iterator[str]:
    applications = Counter((who, procedure) for who, procedure, _reference in found.filed.elements())
    references = Counter(reference for *_who, reference in found.filed.elements())
    notices = Counter(found.notices.values())
    for name, counted in (
        ("an application", applications),
        ("a reference", references),
        ("a file", found.files),
        ("an explanation", found.explanations),
        ("a code", found.codes),
        ("a question", found.questions),
        ("an act", found.acts),
        ("a message", notices),
    ):
        yield from (f"twice: {name} {which}" for which, count in counted.items() if count > 1)
    for number, used_for in found.stamps.items():
        if len(used_for) > 1:
            yield f"twice: the stamp {number} for {sorted(used_for)}"


def _without_letter(found: Found) -> Iterator[str]:
    for number, (reference, kind) in found.notices.items():
        if not found.letters[f"notice-{number}"]:
            yield f"lost: the letter of {kind} to {reference}"


def letters_again(found: Found) -> int:
    """Return how many letters were sent more than once: a worker that dies between sending and noting sends again."""
    return sum(count - 1 for count in found.letters.values())


WHO = "coalesce(a.visa_number, a.foreign_number)"
OF_DOSSIER = "JOIN dossier d ON d.id = x.dossier_id JOIN account a ON a.id = d.account_id"


def read(connection: Rows, is_there: Callable[[str], bool], desks: Path) -> Found:
    """Read what there is."""

    def rows(query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = connection.execute(query).fetchall()
        return found

    files = rows(
        f"SELECT {WHO}, x.slot, x.name, x.key FROM document x {OF_DOSSIER} WHERE x.removed_at IS NULL"
    )
    answers = rows(f"SELECT {WHO}, d.journey, d.answers FROM dossier d JOIN account a ON a.id = d.account_id")
    filed = rows(
        f"SELECT {WHO}, d.journey, d.reference FROM dossier d JOIN account a ON a.id = d.account_id "
        "WHERE d.reference IS NOT NULL"
    )
    acts = rows(
        f"SELECT d.reference, x.action FROM event x {OF_DOSSIER} WHERE x.role = 'agent' AND d.reference IS NOT NULL"
    )
    notices = rows("SELECT x.id, d.reference, x.kind FROM notice x JOIN dossier d ON d.id = x.dossier_id")
    return Found(
        filed=Counter(filed),
        answers={(who, procedure): set(_object(given)) for who, procedure, given in answers},
        files=Counter((who, slot, name) for who, slot, name, _key in files),
        explanations=Counter(rows(f"SELECT {WHO}, x.slot FROM explanation x {OF_DOSSIER}")),
        keys={name: key for _who, _slot, name, key in files},
        objects={key for *_names, key in files if is_there(key)},
        codes=Counter(rows(f"SELECT {WHO}, x.code FROM photo_code x {OF_DOSSIER}")),
        questions=Counter(text for (text,) in rows("SELECT text FROM message WHERE agent_id IS NULL")),
        acts=Counter(acts),
        notices={number: (reference, kind) for number, reference, kind in notices},
        letters=Counter(row["id"].strip("<>").partition("@")[0] for row in lines(desks / "letters.jsonl")),
        stamps=_stamps(desks / "stamps.jsonl"),
    )


def _object(stored: Any) -> dict[str, Any]:
    """Return an object that PostgreSQL gives as it is, SQLite as text."""
    found: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else stored
    return found


def _stamps(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in lines(path):
        if row["state"] == "good":
            found.setdefault(row["number"], set()).add(row["for"])
    return found


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a journal."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
