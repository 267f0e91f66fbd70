"""`python -m cluster.machine_trial`: one machine killed, frozen and left by its parts while people file, pay and decide.

`--at` lives the trials at another instant: a leap day, a change of hour. `--clock` puts the worker's clock off by hours.
"""

import argparse
import random
import sys
import threading
from datetime import UTC, datetime, timedelta
from functools import partial

from app.reference import communes
from app.settings import Settings
from cluster import clocks, counting
from cluster.crowd import OFFICERS
from cluster.layout import Refused
from cluster.machine import LINES, PROCESSES, Machine, machine
from tooling.parts import MissingPart

STUDENTS, VISAS = 3, 1  # at a time
SEEDED = 400  # of each
QUIET_SECONDS = (0.0, 2.0)
FAULT_SECONDS = (0.2, 4.0)
LINE_FAULTS = ("cut", "freeze", "part", "slow", "wrong")
DATABASE_FAULTS = ("cut", "freeze", "part")  # it is on a network of its own, which is neither slow nor wrong


def chosen(made: Machine, trials: int, chance: random.Random, wanted: str) -> list[counting.Trial]:
    """Return so many faults: rounds of all that there are, each in an order of chance."""
    every = [(how, name, partial(upon_process, made, chance, how, name)) for name in PROCESSES[made.engine]
             for how in ("kill", "freeze")]  # fmt: skip
    every += [(how, f"line to {name}", partial(upon_line, made, chance, how, name)) for name in LINES[made.engine]
              for how in (DATABASE_FAULTS if name == "database" else LINE_FAULTS)]  # fmt: skip
    kinds = [counting.Trial(f"{how} {name}", inflict) for how, name, inflict in every]
    kinds = [kind for kind in kinds if wanted in kind.name]
    found: list[counting.Trial] = []
    while kinds and len(found) < trials:
        found += chance.sample(kinds, len(kinds))
    return found[:trials]


def upon_process(made: Machine, chance: random.Random, how: str, name: str, pause: threading.Event) -> str:
    """Kill a part, which is started again, or freeze it for a while."""
    if how == "kill":
        made.kill(name)
        return "killed"
    seconds = chance.uniform(*FAULT_SECONDS)
    made.freeze(name)
    pause.wait(seconds)
    made.back(name)
    return f"for {seconds:.1f} s"


def upon_line(made: Machine, chance: random.Random, how: str, name: str, pause: threading.Event) -> str:
    """Let the line to a part outside fail for a while."""
    seconds = chance.uniform(*FAULT_SECONDS)
    made.lines[name].fail(how)
    pause.wait(seconds)
    made.lines[name].mend()
    return f"for {seconds:.1f} s"


def run(engine: str, trials: int, seed: int, wanted: str, worker_off: timedelta) -> int:
    """Do it all, print what came of it, and return 1 if anything is wrong."""
    chance = random.Random(seed)
    with machine(engine, clocks.inherited()) as made:
        mend = None
        if worker_off:
            made.worker_clock = clocks.off_by(worker_off, made.home)
            if engine == "postgres":  # what the store refuses a bad clock waits until it is set right
                mend = made.mend_clock
            else:  # nothing but the worker's own clock tells when its work is due
                made.ahead = max(worker_off, timedelta())
        made.run(("cluster.seeding", *map(str, (SEEDED, SEEDED, OFFICERS))))
        faults = chosen(made, trials, chance, wanted)
        print(
            f"{engine}: {len(faults)} trials, --seed {seed}, {datetime.now(UTC):%d/%m/%Y %H:%M} UTC",
            flush=True,
        )
        return counting.run(made, made.port, faults, chance, QUIET_SECONDS, STUDENTS, VISAS, mend)


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m cluster.machine_trial", description=__doc__)
    parser.add_argument("--engine", choices=sorted(LINES), default="sqlite")
    parser.add_argument("--trials", type=int, default=30, help="how many faults, in rounds of all kinds")
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(2**32), help="repeats a run"
    )
    parser.add_argument("--only", default="", help="faults whose name has these words, as “freeze web”")
    parser.add_argument(
        "--at", type=datetime.fromisoformat, help="live at this instant: 2028-02-28T23:58:30+01:00"
    )
    parser.add_argument("--clock", type=float, default=0.0, help="hours by which the worker's clock is off")
    options = parser.parse_args()
    communes.open_reference(Settings().reference_dir)
    try:
        if options.at:
            clocks.live_at(options.at)
        return run(options.engine, options.trials, options.seed, options.only, timedelta(hours=options.clock))
    except (Refused, MissingPart) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
