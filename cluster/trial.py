"""`make test-cluster`: parts killed and frozen at random instants while people file, pay and decide."""

import argparse
import random
import shutil
import sys
from functools import partial
from pathlib import Path

from app.reference import communes
from app.settings import ROOT, Settings
from cluster import counting, faults
from cluster.crowd import OFFICERS, SEEDED
from cluster.layout import Layout, Refused
from cluster.supervisor import Supervisor, alone
from tooling.parts import MissingPart

BASE_PORT = 18200  # beside a cluster of `make cluster`
QUIET_SECONDS = (1.0, 6.0)  # before a fault


def run(layout: Layout, trials: int, seed: int, wanted: str) -> int:
    """Do it all, print what came of it, and return 1 if anything is wrong."""
    chance = random.Random(seed)
    chosen = faults.chosen(trials, chance, wanted)
    print(f"{len(chosen)} trials, --seed {seed}", flush=True)
    supervisor = Supervisor(layout)
    planned = [
        counting.Trial(str(fault), partial(faults.inflict, fault, supervisor, chance)) for fault in chosen
    ]
    try:
        supervisor.run(
            lambda: supervisor.command(*map(str, (SEEDED, SEEDED, OFFICERS)), module="cluster.seeding")
        )
        return counting.run(supervisor, layout.port("people"), planned, chance, QUIET_SECONDS)
    finally:
        supervisor.stop()


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m cluster.trial", description=__doc__)
    parser.add_argument("--trials", type=int, default=30, help="how many faults: each alone, then pairs")
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(2**32), help="repeats a run"
    )
    parser.add_argument("--only", default="", help="faults whose name has these words, as “freeze primary”")
    parser.add_argument("--home", type=Path, default=ROOT / "var" / "cluster-trial", help="emptied at first")
    options = parser.parse_args()
    layout = Layout(options.home.absolute(), BASE_PORT)
    communes.open_reference(Settings().reference_dir)
    try:
        with alone(layout):
            for old in layout.home.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            (layout.home / "acknowledged.jsonl").unlink(missing_ok=True)
            return run(layout, options.trials, options.seed, options.only)
    except (Refused, MissingPart) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
