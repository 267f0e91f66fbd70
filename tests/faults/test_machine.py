"""One machine whose parts are killed, frozen and left while people file, pay and decide: nothing lost, nothing twice.

The people and the checker are those of the cluster. A run that fails is repeated by its command, which is printed.
"""

import subprocess
import sys

import pytest

from app.settings import ROOT

# What a year and a bad clock bring, from a minute and a half before.
DAYS = {
    "leap day": ["--at", "2028-02-28T23:58:30+01:00"],
    "after leap day": ["--at", "2028-02-29T23:58:30+01:00"],
    "summer time": ["--at", "2028-03-26T01:58:30+01:00"],
    "winter time": ["--at", "2028-10-29T02:58:30+02:00"],
    "new year": ["--at", "2028-12-31T23:58:30+01:00"],
    "worker two hours ahead": ["--clock", "2"],
    "worker two hours behind": ["--clock", "-2"],
}
TRIALS_A_DAY = 6


def tried(*given: str) -> None:
    """Run trials; fail with what they print."""
    command = [sys.executable, "-m", "cluster.machine_trial", *given]
    print("\n" + " ".join(command[1:]), flush=True)
    done = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.timeout(6 * 3600)
def test_nothing_acknowledged_is_lost_or_done_twice(
    request: pytest.FixtureRequest, engine: str, trials: int
) -> None:
    seed = str(request.config.getoption("--seed"))
    tried("--engine", engine, "--trials", str(trials), "--seed", seed)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("day", DAYS)
def test_nor_on_a_day_that_is_not_as_others(request: pytest.FixtureRequest, engine: str, day: str) -> None:
    seed = str(request.config.getoption("--seed"))
    tried("--engine", engine, "--trials", str(TRIALS_A_DAY), "--seed", seed, *DAYS[day])
