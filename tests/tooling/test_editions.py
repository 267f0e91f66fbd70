"""Each way to change a frozen edition is named, with what to do; the command never rewrites one."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import procedures
from app.domain.journeys.editions import Registry
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import EDITION, Kind, Option, Question
from app.domain.rules.fees import Operation
from tests.editions import NEXT, without_document, without_option, without_question
from tests.on_offer import STUDENT_RENEWAL, VISITOR_RENEWAL
from tooling import editions

# Two procedures, as if the present edition were the first one: enough, and quicker.
STUDENT, VISITOR = (replace(journey, since=EDITION) for journey in (STUDENT_RENEWAL, VISITOR_RENEWAL))
FROZEN = editions.declared(Registry([STUDENT, VISITOR]))
REQUIRED = Question("pets", Kind.TEXT, "Avez-vous des animaux ?", missing="Dites si vous en avez.")


def questions(change: Callable[[Question], tuple[Question, ...]]) -> Journey:
    """The renewal of a student with other questions, in the same edition."""
    steps = (
        replace(step, questions=tuple(new for old in step.questions for new in change(old)))
        for step in STUDENT.steps
    )
    return replace(STUDENT, steps=tuple(steps), _by_slug={})


def in_place_of(key: str, *new: Question) -> Journey:
    """One question replaced by others, or by none."""
    return questions(lambda old: new if old.key == key else (old,))


def renamed(old: Question) -> tuple[Question, ...]:
    """Licences become bachelors."""
    if old.key != "degree":
        return (old,)
    options = (replace(o, key="bachelor") if o.key == "licence" else o for o in old.options)
    return (replace(old, options=tuple(options)),)


def relaxed(old: Question) -> tuple[Question, ...]:
    """Where the school is may be left out."""
    return (replace(old, required=False) if old.key == "school_city" else old,)


PERMIT, *OTHERS = STUDENT.documents
CHANGES: dict[str, tuple[Journey, str]] = {
    "option renamed": (questions(renamed), "question degree has changed: options -licence +bachelor."),
    "question removed": (
        in_place_of("school_city"),
        f"question school_city is gone. Put it back, with until={EDITION}.",
    ),
    "question added": (
        questions(lambda old: (REQUIRED, old) if old.key == "school" else (old,)),
        f"question pets is new. Give it since={NEXT}.",
    ),
    "question no longer required": (
        questions(relaxed),
        "question school_city has changed: required true → false.",
    ),
    "kind changed": (
        questions(lambda old: (replace(old, kind=Kind.LONG_TEXT) if old.key == "school" else old,)),
        'question school has changed: kind "text" → "long_text".',
    ),
    "condition changed": (
        questions(lambda old: (replace(old, when=None) if old.key == "school_other" else old,)),
        'question school_other has changed: when "school_type=other" → null.',
    ),
    "document removed": (
        replace(STUDENT, documents=tuple(OTHERS)),
        f"document permit is gone. Put it back, with until={EDITION}.",
    ),
    "document asked of fewer": (
        replace(
            STUDENT,
            documents=(replace(PERMIT, needed=lambda case: case.answers.get("family") == "married"), *OTHERS),
        ),
        'document permit has changed: true → ["family=married"].',
    ),
    "fee changed": (
        replace(STUDENT, operation=lambda case: Operation.FIRST),
        'effect fee has changed: "renewal, reduced" → "first, reduced".',
    ),
    "effect changed": (
        replace(STUDENT, invalidates=True),
        "effect invalidates the permit has changed: false → true.",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_without_an_edition_is_named(name: str) -> None:
    changed, told = CHANGES[name]
    found = editions.faults(FROZEN, editions.declared(Registry([changed, VISITOR])))
    assert f"etudiant, edition {EDITION}: {told}" in found
    assert {line.partition(",")[0] for line in found[:-1]} == {"etudiant"}, (
        "of the procedure that changed alone"
    )
    assert "raise EDITION" in found[-1]
    assert "docs/how-to.md" in found[-1]


@pytest.mark.parametrize("name", CHANGES)
def test_raising_the_edition_does_not_excuse_it(name: str) -> None:
    assert list(editions.changes(FROZEN, editions.declared(_later(CHANGES[name][0]))))


def test_a_procedure_removed_or_added_is_named() -> None:
    new = replace(VISITOR, slug="visiteur-long")
    found = editions.faults(FROZEN, editions.declared(Registry([STUDENT, new])))
    where = f"edition {EDITION}"
    assert found[:-1] == [
        f"visiteur, {where}: it is no longer declared. Put the procedure back, with until={EDITION}.",
        f"visiteur-long, {where}: a new procedure. Give it since={NEXT}.",
    ]


def test_a_rule_written_otherwise_is_the_same_rule() -> None:
    paper = next(each for each in STUDENT.documents if each.key == "home_bill")
    same = replace(paper, needed=lambda case: {"owner", "tenant"} & {case.answers.get("housing")} != set())
    documents = tuple(same if each is paper else each for each in STUDENT.documents)
    now = editions.declared(Registry([replace(STUDENT, documents=documents)]))
    assert now["etudiant"] == FROZEN["etudiant"]


RETIRED: dict[str, tuple[tuple[Journey, ...], list[str]]] = {
    "question": (
        (without_question(STUDENT, "school_city", replace(REQUIRED, required=False)),),
        [
            "etudiant: question school_city: retired",
            'etudiant: question pets: {"step": "motif-de-sejour", "kind": "text", "required": false}',
        ],
    ),
    "option": (
        (without_option(STUDENT, "degree", "licence", Option("bachelor", "Bachelor")),),
        ["etudiant: question degree: options -licence +bachelor"],
    ),
    "document": (
        (without_document(STUDENT, "transcripts", replace(PERMIT, key="grades")),),
        ["etudiant: document transcripts: retired", "etudiant: document grades: true"],
    ),
    "procedure": (
        (
            replace(VISITOR, until=EDITION, replaced_by="visiteur-long"),
            replace(VISITOR, slug="visiteur-long", since=NEXT),
        ),
        ["visiteur: retired", "visiteur-long: new"],
    ),
}


@pytest.mark.parametrize("name", RETIRED)
def test_what_is_retired_in_a_new_edition_only_has_to_be_frozen(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    journeys, told = RETIRED[name]
    registry = _later(*journeys)
    (left,) = editions.faults(FROZEN, editions.declared(registry))
    assert left.startswith(f"edition {NEXT} is not frozen yet: {editions.COMMAND}")
    copy = _run(tmp_path, monkeypatch, registry, "--update")
    assert capsys.readouterr().out.splitlines() == [f"edition {NEXT}", *(f"  {line}" for line in told)]
    for slug, of in FROZEN.items():
        assert {number: kept for number, kept in copy[slug].items() if number != str(NEXT)} == of
    assert editions.faults(copy, editions.declared(registry)) == []


def test_the_command_never_rewrites_a_frozen_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for changed, told in CHANGES.values():
        assert _run(tmp_path, monkeypatch, _later(changed), "--update", status=1) == FROZEN
        assert told in capsys.readouterr().out


def test_the_command_writes_the_file_as_it_is_kept(tmp_path: Path) -> None:
    copy = tmp_path / "editions.json"
    editions.write(editions.declared(procedures.registry), copy)
    assert copy.read_bytes() == editions.FROZEN.read_bytes()


def _later(*changed: Journey) -> Registry:
    """These two procedures in the next edition, some of them changed, others new."""
    by_slug = {journey.slug: journey for journey in (STUDENT, VISITOR, *changed)}
    return Registry(by_slug.values(), NEXT)


def _run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, registry: Registry, *arguments: str, status: int = 0
) -> editions.Editions:
    """What the command leaves of a copy of the frozen editions."""
    copy = folder / "editions.json"
    editions.write(FROZEN, copy)
    monkeypatch.setattr(editions, "FROZEN", copy)
    monkeypatch.setattr(procedures, "registry", registry)
    monkeypatch.setattr(sys, "argv", ["editions", *arguments])
    try:
        assert editions.main() == status
    finally:
        monkeypatch.undo()
    return json.loads(copy.read_text(encoding="utf-8"))
