"""Each act on a dossier against itself and every other of its phase, twenty at once or as many as asked for."""

from itertools import combinations_with_replacement

import pytest
from flask import Flask

from tests.services.applications.at_once.conftest import room_for_twenty  # noqa: F401 – a fixture used by itself
from tests.services.applications.at_once.running import explains, run
from tests.services.applications.at_once.world import World
from tests.services.applications.at_once.worlds import PHASES


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("phase", PHASES)
def test_every_pair_comes_out_as_one_after_the_other(app: Flask, phase: str, at_once: int) -> None:
    names = list(PHASES[phase](app).verbs())
    wrong = [
        told
        for name, other in combinations_with_replacement(names, 2)
        if (told := _wrong(PHASES[phase](app), name, other, at_once // 2))
    ]
    print(f"{phase}: {len(names) * (len(names) + 1) // 2} pairs")
    assert not wrong, "\n" + "\n".join(wrong)


def _wrong(world: World, name: str, other: str, each: int) -> str:
    """Run a pair; return what no order explains, "" if one does."""
    verbs = world.verbs()
    pair = verbs[name], verbs[other]
    try:
        done, after = run(pair, each), world.model()
    except Exception as fault:
        return f"{name}, {other}: {fault!r}"
    return "" if explains(pair, world.before, done, after, each) else f"{name}, {other}: {done} {after}"
