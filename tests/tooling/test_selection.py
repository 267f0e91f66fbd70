"""Which tests a run takes, and in which order."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.selection import dealt, first_cases, is_quick


def item(nodeid: str, *fixtures: str, slow: bool = False, **params: Any) -> Any:
    """Return what pytest would collect."""
    return SimpleNamespace(
        nodeid=nodeid,
        fixturenames=fixtures,
        callspec=SimpleNamespace(params=params),
        get_closest_marker=lambda name: slow and name == "slow",
    )


def test_the_first_case_of_each_story_is_told() -> None:
    first = item("tests/e2e/test_line.py::test_card[fr-True]", language="fr", scripts=True)
    second = item("tests/e2e/test_line.py::test_card[en-False]", language="en", scripts=False)
    other = item("tests/e2e/test_line.py::test_visa[en-False]", language="en", scripts=False)
    page = item("tests/web/test_page.py::test_page[fr]", language="fr")
    same = item("tests/web/test_page.py::test_page[en]", language="en")
    assert first_cases([first, second, other, page, same]) == [first, other, page, same]


def test_other_parameters_make_other_cases() -> None:
    agent = item("tests/e2e/a.py::test_walk[agent-fr]", language="fr", rank="agent")
    again = item("tests/e2e/a.py::test_walk[agent-en]", language="en", rank="agent")
    chief = item("tests/e2e/a.py::test_walk[chief-fr]", language="fr", rank="chief")
    assert first_cases([agent, again, chief]) == [agent, chief]


def test_pages_are_asked_of_one_engine_and_services_of_both() -> None:
    page = item("tests/web/a.py::test_page[sqlite]", engine="sqlite")
    again = item("tests/web/a.py::test_page[postgres]", engine="postgres")
    alone = item("tests/web/a.py::test_locked[postgres]", engine="postgres")
    services = [
        item(f"tests/services/a.py::test_one[{name}]", engine=name) for name in ("sqlite", "postgres")
    ]
    assert first_cases([page, again, alone, *services]) == [page, alone, *services]


@pytest.mark.parametrize(
    ("item", "quick"),
    [
        (item("tests/web/a.py::test_a", "app", engine="sqlite"), True),
        (item("tests/web/a.py::test_a", "app", engine="postgres"), False),
        (item("tests/storage/a.py::test_a", "swift"), False),
        (item("tests/e2e/a.py::test_a", "telephone", "live"), False),
        (item("tests/web/a.py::test_a", slow=True), False),
    ],
    ids=["sqlite", "postgres", "storage-server", "browser", "marked-slow"],
)
def test_a_quick_run_starts_nothing(item: Any, quick: bool) -> None:
    assert is_quick(item) is quick


@pytest.mark.parametrize("workers", [1, 2, 3, 40])
def test_each_worker_begins_with_its_share_of_the_long_ones(workers: int) -> None:
    short = [item(f"tests/domain/a.py::test_{n}") for n in range(20)]
    slow = [item(f"tests/operations/test_cli.py::test_{n}", slow=True) for n in range(4)]
    stories = [item(f"tests/e2e/test_line.py::test_{n}") for n in range(6)]
    walks = [item(f"tests/e2e/test_every_page.py::test_{n}") for n in range(2)]
    collected = [*short[:9], *stories, *walks, *short[9:], *slow]
    arranged = dealt(collected, workers)
    assert sorted(map(id, arranged)) == sorted(map(id, collected)), "each once"
    assert arranged[0] is walks[0]
    if workers == 2:
        assert arranged[:6] == [walks[0], *stories[::2], *slow[::2]]
        assert arranged[16:22] == [walks[1], *stories[1::2], *slow[1::2]]
