"""Each file of the corpus: answered within its limits, and what is kept is ours. Slow ones: `make test-faults`."""

import pytest

from tests.intake import corpus
from tests.intake.examining import Measured


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """One examination for all."""
    made = Measured(tmp_path_factory.mktemp("examined") / "used")
    yield made
    made.sandbox.close()


def test_there_are_enough_of_them_each_another():
    assert len(corpus.FILES) >= 150
    assert len(corpus.QUICK) + len(corpus.SLOW) == len(corpus.FILES)


@pytest.mark.parametrize("part", range(8))
def test_each_is_answered_within_its_limits_and_what_is_kept_is_ours(measured, part):
    wrong = {name: measured.faults(corpus.FILES[name]()) for name in corpus.QUICK[part::8]}
    assert {name: faults for name, faults in wrong.items() if faults} == {}
