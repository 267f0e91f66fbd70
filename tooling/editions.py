"""Freeze the editions of the procedures, and name what has changed in a frozen one.

``--update`` adds new editions to the frozen ones, and refuses where a frozen one has changed: see docs/how-to.md.
Frozen is what a draft and a filed application rest on: questions, options, conditions, documents, fee, effects. Words
are not: a clearer sentence is everybody's. Rules are asked as of one day, so that what the law changes on a later day
(``domain.rules.parameters.Dated``) needs no edition.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from app.domain import procedures
from app.domain.journeys.editions import Registry
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case, Question
from app.domain.journeys.variants import variants
from app.domain.rules.calendar import Delay
from app.domain.rules.fees import Rate
from tooling.parts import ROOT

FROZEN = ROOT / "tests" / "domain" / "editions.json"
COMMAND = "python -m tooling.editions --update"
DAY = date(2026, 11, 23)
# What rules look at in the permit held, beside the answers.
PERMIT: dict[str, tuple[str, ...]] = {
    "valid_until": ("2027-12-31", "2026-12-31"),
    "mention": ("visiteur", "etudiant"),
    "nationality": ("VNM", "DZA"),
}

Edition = dict[str, Any]  # by what is told of: a question, a document, an effect
Editions = dict[str, dict[str, Edition]]  # by procedure and number


def declared(registry: Registry) -> Editions:
    """Return every edition of every procedure as the code declares them."""
    found: Editions = {}
    for journey in registry.every():
        found.setdefault(journey.slug, {})[str(journey.version)] = _edition(journey)
    return found


def _edition(journey: Journey) -> Edition:
    asked = {f"question {q.key}": _question(step.slug, q) for step in journey.steps for q in step.questions}
    papers = {f"document {document.key}": _told(journey, document.needed) for document in journey.documents}
    rules: dict[str, Callable[[Case], Any]] = {
        "fee": lambda case: _fee(journey, case),
        "e-photo": journey.photo,
        "card": journey.makes_card,
        "granted by itself": journey.automatic,
        "answer within": journey.answer_within,
        "leads to": journey.leads_to,
        "mention": journey.granted_mention,
    }
    facts = {
        "purpose": journey.purpose,
        "situation": journey.situation,
        "certificate of filing": journey.on_filing,
        "certificate of approval": journey.on_approval,
        "moves dossiers": journey.moves_dossiers,
        "invalidates the permit": journey.invalidates,
        "extends rights": journey.deadline.extends,
        "late costs": journey.deadline.late_costs,
    }
    ruled = {f"effect {name}": _told(journey, rule) for name, rule in rules.items()}
    return asked | papers | ruled | {f"effect {name}": _plain(fact) for name, fact in facts.items()}


def _question(step: str, question: Question) -> Edition:
    told: Edition = {"step": step, "kind": str(question.kind), "required": question.required}
    if question.options:
        told["options"] = [option.key for option in question.options]
    if question.when:
        told["when"] = f"{question.when.key}={question.when.option}"
    return told | ({"per": question.per} if question.per else {})


def _fee(journey: Journey, case: Case) -> str | None:
    operation = journey.operation(case)
    rate = journey.rate(case)
    return operation if operation is None or rate is Rate.NORMAL else f"{operation}, {rate}"


def _plain(value: Any) -> Any:
    if isinstance(value, Delay):
        return f"{value.days} days" if value.days else f"{value.months} months"
    return value if value is None or isinstance(value, bool) else str(value)


def _told(journey: Journey, rule: Callable[[Case], Any]) -> Any:
    """Return what a rule says: one value, or a value for each set of answers on which it depends."""
    asked = {q.key: [o.key for o in q.options] for step in journey.steps for q in step.questions if q.options}
    several = {q.key for step in journey.steps for q in step.questions if q.kind == "choices"}
    base = {"permit_kind": min(journey.holders, default="CST"), "valid_from": "2026-01-01"}

    def says(chosen: Mapping[str, str]) -> Any:
        answers = {k: [v] if k in several else v for k, v in chosen.items() if k in asked}
        permit = base | {k: v for k, v in chosen.items() if k in PERMIT}
        return _plain(rule(Case(answers, today=DAY, identity=permit)))

    keys = _keys(journey, rule, base)
    choices = {key: values for key, values in asked.items() if key in keys} | PERMIT
    table = {chosen: says(dict(zip(choices, chosen, strict=True))) for chosen in product(*choices.values())}
    return _shortened(list(choices), table)


def _keys(journey: Journey, rule: Callable[[Case], Any], base: Mapping[str, str]) -> set[str]:
    """Return the questions that a rule looks at, under any permit."""
    found: set[str] = set()
    for held in product(*PERMIT.values()):
        permit = {**base, **dict(zip(PERMIT, held, strict=True))}
        looked = variants(journey, lambda case, permit=permit: rule(replace(case, identity=permit)), DAY)
        found |= {key for answers, _said in looked for key in answers}
    return found


def _shortened(keys: list[str], table: dict[tuple[str, ...], Any]) -> Any:
    """Return a table without the keys that change nothing: its only value, the lines that are true, or every line."""
    for place in reversed(range(len(keys))):
        shorter: dict[tuple[str, ...], Any] = {}
        same = all(
            shorter.setdefault(line[:place] + line[place + 1 :], said) == said for line, said in table.items()
        )
        if same:
            keys, table = keys[:place] + keys[place + 1 :], shorter
    lines = {" ".join(map("=".join, zip(keys, line, strict=True))): said for line, said in table.items()}
    if not keys:
        return lines[""]
    if set(lines.values()) <= {True, False}:
        return [line for line, said in lines.items() if said]
    return lines


def read(path: Path = FROZEN) -> Editions:
    """Return the frozen editions."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(editions: Editions, path: Path) -> None:
    """Write editions, a line for each question, document and effect."""

    def lines(edition: Edition) -> str:
        told = (f"   {json.dumps(name)}: {json.dumps(value)}" for name, value in edition.items())
        return ",\n".join(told)

    def of(by_number: dict[str, Edition]) -> str:
        return ",\n".join(
            f'  "{number}": {{\n{lines(edition)}\n  }}' for number, edition in by_number.items()
        )

    blocks = (f' "{slug}": {{\n{of(by_number)}\n }}' for slug, by_number in editions.items())
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


def changes(frozen: Editions, now: Editions) -> Iterator[str]:
    """Yield what is no longer as it was frozen, and what to do about it."""
    numbers = {number for of in frozen.values() for number in of}
    last = max(map(int, numbers), default=0)
    for slug, of in frozen.items():
        for number, was in of.items():
            where = f"{slug}, edition {number}"
            if number not in now.get(slug, {}):
                yield f"{where}: it is no longer declared. Put the procedure back, with until={last}."
                continue
            yield from (f"{where}: {said}" for said in differences(was, now[slug][number], last))
    for slug, of in now.items():
        for number in sorted(numbers & of.keys() - frozen.get(slug, {}).keys()):
            yield f"{slug}, edition {number}: a new procedure. Give it since={last + 1}."


def differences(was: Edition, now: Edition, last: int) -> Iterator[str]:
    """Yield what changed between two states of an edition; `last` is the last edition frozen."""
    for name in {**was, **now}:
        if name not in now:
            yield f"{name} is gone. Put it back, with until={last}."
        elif name not in was:
            yield f"{name} is new. Give it since={last + 1}."
        elif was[name] != now[name]:
            yield f"{name} has changed: {_changed(was[name], now[name])}."


def _changed(was: Any, now: Any) -> str:
    """Return what differs between two descriptions."""
    if isinstance(was, dict) and isinstance(now, dict):
        names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        return ", ".join(f"{name} {_changed(was.get(name), now.get(name))}" for name in names)
    if isinstance(was, list) and isinstance(now, list) and set(was) != set(now):
        gone, come = ([x for x in a if x not in b] for a, b in ((was, now), (now, was)))
        return " ".join([*(f"-{key}" for key in gone), *(f"+{key}" for key in come)])
    return f"{json.dumps(was)} → {json.dumps(now)}"


ADVICE = (
    "A frozen edition is what drafts and filed applications were begun with. Put it back as it was; what is new goes "
    f"into a new edition: raise EDITION, give since= and until=, then {COMMAND}. See docs/how-to.md."
)


def faults(frozen: Editions, now: Editions) -> list[str]:
    """Return what keeps the code from being released: changes of frozen editions, editions still to freeze."""
    if changed := list(changes(frozen, now)):
        return [*changed, ADVICE]
    return [
        f"edition {number} is not frozen yet: {COMMAND}, and read what it adds" for number in new(frozen, now)
    ]


def new(frozen: Editions, now: Editions) -> list[str]:
    """Return the numbers of the editions that are not frozen yet."""
    known = {number for of in frozen.values() for number in of}
    return sorted({number for of in now.values() for number in of} - known, key=int)


def news(now: Editions, number: str) -> Iterator[str]:
    """Yield what an edition changes beside the edition before."""
    before = str(int(number) - 1)
    for slug, of in now.items():
        if (number in of) is not (before in of):
            yield f"{slug}: {'new' if number in of else 'retired'}"
        elif number in of:
            was, told = of[before], of[number]
            names = [name for name in {**was, **told} if was.get(name) != told.get(name)]
            for name in names:
                beside = _changed(was[name], told[name]) if name in was and name in told else ""
                yield f"{slug}: {name}: {beside or ('retired' if name in was else json.dumps(told[name]))}"


def main() -> int:
    """Print each fault, 1 when there is one; with ``--update`` freeze the new editions and print what they change."""
    frozen, now = read(FROZEN), declared(procedures.registry)
    if "--update" in sys.argv and not list(changes(frozen, now)):
        for number in new(frozen, now):
            print(f"edition {number}", *(news(now, number) if frozen else ()), sep="\n  ")
        write(now, FROZEN)
        return 0
    found = faults(frozen, now)
    print("\n".join(found) or f"editions: {sum(map(len, frozen.values()))} as they were frozen")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
