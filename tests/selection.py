"""Which tests a run takes, and in which order."""

from collections.abc import Iterable

import pytest

# What `make quick` does without: each is a server or a browser to be started.
SERVERS = frozenset({"browser", "clamd_url", "live", "postgres", "swift"})
STORIES = "tests/e2e/"
PAGES = "tests/web/"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``make quick`` and ``.ci/run`` take less and more than ``make test``."""
    parser.addoption(
        "--quick", action="store_true", help="SQLite, no server, no test marked slow; fails if one should be"
    )
    parser.addoption(
        "--all-cases",
        action="store_true",
        help="stories and walks in their second languages and with and without scripts, pages on both engines",
    )
    parser.addoption(
        "--keep-trees", action="store_true", help="accessibility trees of today are the right ones"
    )
    parser.addoption(
        "--every-screen", action="store_true", help="every page in every width and colours, for an hour"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for; longest first."""
    kept = [*items]
    if config.getoption("quick"):
        kept = [item for item in kept if is_quick(item)]
    if not config.getoption("every_screen"):
        kept = [item for item in kept if not item.get_closest_marker("every_screen")]
    if not config.getoption("all_cases"):
        kept = first_cases(kept)
    chosen = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = dealt(kept, workers(config))


def is_quick(item: pytest.Item) -> bool:
    """Whether a test needs neither time nor a server."""
    # Of a function’s item.
    engine = getattr(item, "callspec", None) and item.callspec.params.get("engine")  # type: ignore[attr-defined]
    # As above.
    needs = SERVERS.intersection(item.fixturenames)  # type: ignore[attr-defined]
    return not (needs or engine == "postgres" or item.get_closest_marker("slow"))


def first_cases(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """One case of each long test that is told in several languages, or with and without scripts, and of each page.

    The first that was collected: pages on SQLite, on which the engines differ least; what they ask of a database has
    its own tests, on both.
    """
    told: set[object] = set()
    kept = []
    for item in items:
        told_again = varied(item)
        params = item.callspec.params if hasattr(item, "callspec") else {}
        if params.keys() & told_again:
            rest = [(name, str(value)) for name, value in params.items() if name not in told_again]
            case = (item.nodeid.partition("[")[0], *sorted(rest))
            if case in told:
                continue
            told.add(case)
        kept.append(item)
    return kept


def varied(item: pytest.Item) -> set[str]:
    """The parameters of which a test needs one value only, unless all cases are asked for."""
    names = set()
    if item.nodeid.startswith(STORIES) or item.get_closest_marker("slow"):
        names |= {"language", "scripts"}
    if item.nodeid.startswith(PAGES):
        names.add("engine")
    return names


def length(item: pytest.Item) -> int:
    """A rough order of how long a test takes: the walks through all pages, stories, what is marked slow, the rest."""
    if item.nodeid.startswith(STORIES):
        return 3 if "every_page" in item.nodeid else 2
    return 1 if item.get_closest_marker("slow") else 0


def dealt(items: list[pytest.Item], hands: int) -> list[pytest.Item]:
    """The same, arranged for `--dist worksteal`, which cuts the list in equal parts: long ones begin each of them.

    No worker is then left alone with a story at the end, while it may take short tests from another.
    """
    long = sorted((item for item in items if length(item)), key=length, reverse=True)
    rest = [item for item in items if not length(item)]
    share = -(-len(items) // hands)
    arranged: list[pytest.Item] = []
    for hand in range(hands):
        own = long[hand::hands]
        more = max(share - len(own), 0)
        arranged += own + rest[:more]
        rest = rest[more:]
    return arranged + rest


def workers(config: pytest.Config) -> int:
    """How many processes share the run."""
    return int(getattr(config, "workerinput", {}).get("workercount", 1))
