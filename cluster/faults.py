"""What is done to the cluster in a trial: one part killed or frozen, or two that it should survive together."""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from cluster.supervisor import Supervisor

FREEZE_SECONDS = (4.0, 25.0)
DOWN_SECONDS = (0.0, 12.0)  # before a killed part is started again

# Of each kind one at a time: a second one of them is beyond what the others replace.
KINDS = {
    "front": 1,
    "balancer": 1,
    "web": 3,
    "worker": 2,
    "pooler": 2,
    "etcd": 3,
    "device": 3,
    "store": 2,
    "primary": 0,  # the machine that has the primary
    "standby": 0,  # the synchronous one
}
# A single one that hangs is the end for everybody: two machines share an address where that must not be.
ALONE = ("front", "balancer")
# One machine of three each, but the same one of the database twice is two of three.
NOT_TOGETHER = {frozenset(("primary", "standby"))}


@dataclass(frozen=True)
class Fault:
    """How, and to which kinds of part."""

    how: str  # kill, freeze
    kinds: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.how} {' + '.join(self.kinds)}"


def singles() -> Iterator[Fault]:
    """Yield each part alone, killed, then frozen."""
    yield from (Fault("kill", (kind,)) for kind in KINDS)
    yield from (Fault("freeze", (kind,)) for kind in KINDS if kind not in ALONE)


def pairs() -> Iterator[Fault]:
    """Yield each two that should be survived together."""
    for two in combinations(KINDS, 2):
        if frozenset(two) not in NOT_TOGETHER:
            yield Fault("kill", two)
            if not set(two) & set(ALONE):
                yield Fault("freeze", two)


def chosen(trials: int, chance: random.Random, wanted: str = "") -> list[Fault]:
    """Return so many faults: each single one first, then pairs in an order of chance; all whose words are `wanted`."""
    shuffled = list(pairs())
    chance.shuffle(shuffled)
    everything = [*singles(), *shuffled]
    return [fault for fault in everything if wanted in str(fault)][:trials]


def part_of(kind: str, supervisor: Supervisor, chance: random.Random) -> str:
    """Return the part of a kind that it falls upon."""
    if kind == "primary":
        return supervisor.primary()
    if kind == "standby":
        return supervisor.synchronous()
    return f"{kind}{chance.randint(1, KINDS[kind])}" if KINDS[kind] > 1 else kind


def inflict(fault: Fault, supervisor: Supervisor, chance: random.Random, stop: threading.Event) -> str:
    """Do it, let the part come back after a while, and return what it fell upon."""
    names = [name for kind in fault.kinds if (name := part_of(kind, supervisor, chance))]
    for name in names:
        if fault.how == "freeze":
            supervisor.freeze(name)
        else:
            supervisor.kill(name, stays_down=True)
    between = FREEZE_SECONDS if fault.how == "freeze" else DOWN_SECONDS
    seconds = 1.0 if set(fault.kinds) & set(ALONE) else chance.uniform(*between)
    stop.wait(seconds)
    for name in names:
        supervisor.back(name)
    return f"{', '.join(names)} for {seconds:.0f} s"
