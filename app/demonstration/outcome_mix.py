"""States of bulk dossiers by age: most old ones are finished, most recent ones are open."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from app.domain.dossiers.states import State

YEARS = 4
DAYS = 365 * YEARS

# The actions after filing that lead to each state, in order.
PATHS: dict[State, tuple[str, ...]] = {
    State.FILED: (),
    State.IN_REVIEW: ("take",),
    State.COMPLEMENT_REQUESTED: ("take", "ask"),
    State.COMPLEMENT_RECEIVED: ("take", "ask", "answer"),
    State.FAVOURABLE: ("take", "approve"),
    State.UNFAVOURABLE: ("take", "refuse"),
    State.CLOSED: ("take", "close"),
    State.IN_PRODUCTION: ("take", "approve", "produce"),
    State.CARD_AVAILABLE: ("take", "approve", "announce"),
    State.HANDED_OVER: ("take", "approve", "announce", "hand_over"),
    State.WITHDRAWN: ("withdraw",),
}
# For dossiers younger than this many days: the states, in thousandths.
_AGES: tuple[tuple[int, dict[State, int]], ...] = (
    (20, {State.FILED: 740, State.IN_REVIEW: 230, State.COMPLEMENT_REQUESTED: 20, State.WITHDRAWN: 10}),
    (
        130,
        {
            State.FILED: 120,
            State.IN_REVIEW: 420,
            State.COMPLEMENT_REQUESTED: 130,
            State.COMPLEMENT_RECEIVED: 90,
            State.FAVOURABLE: 70,
            State.IN_PRODUCTION: 20,
            State.CARD_AVAILABLE: 70,
            State.HANDED_OVER: 50,
            State.UNFAVOURABLE: 15,
            State.CLOSED: 5,
            State.WITHDRAWN: 10,
        },
    ),
    (
        260,
        {
            State.IN_REVIEW: 160,
            State.COMPLEMENT_REQUESTED: 50,
            State.COMPLEMENT_RECEIVED: 40,
            State.FAVOURABLE: 40,
            State.IN_PRODUCTION: 20,
            State.CARD_AVAILABLE: 90,
            State.HANDED_OVER: 530,
            State.UNFAVOURABLE: 40,
            State.CLOSED: 10,
            State.WITHDRAWN: 20,
        },
    ),
    (
        DAYS + 1,
        {
            State.IN_REVIEW: 5,
            State.HANDED_OVER: 895,
            State.UNFAVOURABLE: 50,
            State.CLOSED: 20,
            State.WITHDRAWN: 30,
        },
    ),
)


@dataclass(frozen=True)
class OutcomeMix:
    """The states of dossiers of one age, with their weights."""

    younger_than: int
    states: tuple[State, ...]
    weights: tuple[int, ...]

    def drawn(self, random: Random) -> State:
        """Return a state at random, by weight."""
        return random.choices(self.states, cum_weights=self.weights)[0]


_MIXES = tuple(OutcomeMix(days, tuple(states), tuple(accumulate(states.values()))) for days, states in _AGES)


def state(age: int, random: Random) -> State:
    """Return a state at random for a dossier filed `age` days ago."""
    return next(mix for mix in _MIXES if age < mix.younger_than).drawn(random)
