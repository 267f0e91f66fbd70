"""Each act on a dossier against itself and every other of its phase, twenty at once."""

from itertools import combinations_with_replacement

import pytest
from flask import Flask

from tests.services.applications.at_once.conftest import room_for_twenty  # noqa: F401 – a fixture used by itself
from tests.services.applications.at_once.running import explains, run
from tests.services.applications.at_once.worlds import World


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("phase", ["draft", "submitted", "asked"])
def test_every_pair_comes_out_as_one_after_the_other(app: Flask, phase: str) -> None:
    names = list(World(app, phase).verbs())
    for one, other in combinations_with_replacement(names, 2):
        world = World(app, phase)
        verbs = world.verbs()
        pair = verbs[one], verbs[other]
        done, after = run(pair), world.model()
        assert explains(pair, world.before, done, after), (one, other, done, after)
    print(f"{phase}: {len(names) * (len(names) + 1) // 2} pairs")
