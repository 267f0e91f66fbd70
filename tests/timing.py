"""What a run costs: slow tests by name and processor seconds by folder, printed at its end."""

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from os import getpid, sysconf
from pathlib import Path

import pytest

NAMED = 5.0  # seconds on the clock from which a test is named
SLOW = 2.0  # processor seconds of the test's own process from which it has to be marked `slow`
SHOWN = 20  # names at most
_TICKS = sysconf("SC_CLK_TCK")


class Timing:
    """Measures in each worker; adds up and prints where the summary is printed."""

    def __init__(self, quick: bool) -> None:
        self.quick = quick
        self.began = 0.0  # processor seconds, this process at the beginning of a test
        self.leaving = False  # whether the next test is of another folder
        self.counted: float | None = None  # processor seconds, everything, at the beginning of a folder
        self.seconds: Counter[str] = Counter()  # on the clock, by test
        self.own: dict[str, float] = {}  # processor, by test
        self.folders: Counter[str] = Counter()  # processor, by folder
        self.marked: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
        """Begin to count a test, and a folder with its first one."""
        self.began = time.process_time()
        self.leaving = nextitem is None or folder(nextitem.nodeid) != folder(item.nodeid)
        if self.counted is None:
            self.counted = processor_seconds()
            item.user_properties.append(("folder", ("starting", self.counted)))
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        """Count a folder before its servers end: what some of their processes spent is lost with them."""
        if self.leaving:
            spent = processor_seconds() - (self.counted or 0)
            item.user_properties.append(("folder", (folder(item.nodeid), spent)))
        yield
        if self.leaving:
            self.counted = processor_seconds()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[pytest.TestReport]:
        """Give the last report of a test what it cost."""
        report = yield
        if report.when == "teardown":
            item.user_properties.append(("own", time.process_time() - self.began))
            report.user_properties = [*item.user_properties]
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what comes from each worker."""
        self.seconds[report.nodeid] += report.duration
        if report.when == "teardown":
            for name, value in report.user_properties:
                if name == "own":
                    self.own[report.nodeid] = value
                elif name == "folder":
                    self.folders[value[0]] += value[1]
            if "slow" in report.keywords:
                self.marked.add(report.nodeid)

    def unmarked(self) -> list[str]:
        """Tests that are slow and not marked so."""
        return [name for name, spent in self.own.items() if spent > SLOW and name not in self.marked]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a quick run that has become slow without anybody saying so."""
        if self.quick and self.unmarked() and session.exitstatus == 0:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print it, before pytest's own last line."""
        lines = {
            f"slower than {NAMED:.0f} s": {n: s for n, s in self.seconds.items() if s > NAMED},
            f"more than {SLOW:.0f} s of processor, to be marked slow": {
                n: self.own[n] for n in self.unmarked()
            },
        }
        for title, found in lines.items():
            if found:
                terminalreporter.section(title)
                for name, spent in Counter(found).most_common(SHOWN):
                    terminalreporter.write_line(f"{spent:7.1f} s  {name}")
        if not self.folders:
            return
        parts = ", ".join(f"{name} {spent:.0f}" for name, spent in self.folders.most_common())
        terminalreporter.write_line(f"processor seconds: {self.folders.total():.0f} ({parts})")


def folder(nodeid: str) -> str:
    """The part of tests/ that a test is in: `web`; of a module beside them its name."""
    return nodeid.partition("::")[0].removeprefix("tests/").split("/")[0]


def processor_seconds() -> float:
    """What this process has spent, with those that it started, whether they still run or not."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in own) + _running()


def _running() -> float:
    """The processor seconds of all processes below this one (proc(5), Linux), with those that they outlived."""
    spent, below = dict[int, float](), defaultdict[int, list[int]](list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        number = int(stat.parent.name)
        below[int(fields[1])].append(number)
        spent[number] = sum(map(int, fields[11:15])) / _TICKS
    total, todo = 0.0, [*below[getpid()]]
    while todo:
        one = todo.pop()
        total += spent[one]
        todo += below[one]
    return total


def pytest_configure(config: pytest.Config) -> None:
    """Measure every run."""
    config.pluginmanager.register(Timing(config.getoption("quick")), "timing")
