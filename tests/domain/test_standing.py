"""Where a person stands: state by state and day by day, and what is never told together."""

import re
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from app.domain.dossiers import standing_words as words
from app.domain.dossiers.standing import Asked, DossierFacts, Follows, Held, Standing, Todo, standing
from app.domain.dossiers.states import GRANTED, OPEN, WITHHELD, State
from app.domain.rules.calendar import NO_END
from app.domain.rules.remedies import DELAYS

FILED = date(2026, 12, 10)
PERMIT = date(2027, 2, 10)  # the end of the permit
ANSWER = date(2027, 3, 10)  # the legal answer date
EXTENDED = date(2027, 5, 10)  # the end of the first certificate of extension
day = timedelta
BOTH = (Todo.WRITE, Todo.ASK_REASONS)
ASKED_LATE = (Todo.ANSWER, Todo.ASK_REASONS)
LOST = (Todo.WRITE, Todo.CONTEST)
AFTER_THE_END = {"filed_on": PERMIT + day(1), "in_time": False, "continued_until": EXTENDED}
REVIEW, WAITS = State.IN_REVIEW, State.COMPLEMENT_REQUESTED


def facts(state: State, rights_end: date = PERMIT, **changes: Any) -> DossierFacts:
    """A renewal filed in time."""
    given: dict[str, Any] = {
        "in_time": True,
        "extension": "",
        "legal_answer_on": ANSWER,
        "filed_on": FILED,
    } | changes
    return DossierFacts(
        state,
        given.pop("changes_rights", True),
        permit_end=PERMIT,
        rights_end=rights_end,
        **given,
    )


# State and what is issued, the day, then what is held and until when, what follows, and what to do.
TABLE = [
    # Filed in time, not taken: the certificate needs an agent to open the dossier.
    (facts(State.FILED), date(2026, 12, 20), Held.PERMIT, PERMIT, Follows.ON_TAKING, ()),
    (facts(State.FILED), PERMIT - day(31), Held.PERMIT, PERMIT, Follows.ON_TAKING, ()),
    (facts(State.FILED), PERMIT - day(30), Held.PERMIT, PERMIT, Follows.ON_TAKING, (Todo.WRITE,)),
    (facts(State.FILED), PERMIT, Held.PERMIT, PERMIT, Follows.ON_TAKING, (Todo.WRITE,)),
    (facts(State.FILED), PERMIT + day(1), Held.NOTHING, None, Follows.ON_TAKING, (Todo.WRITE,)),
    (facts(State.FILED), ANSWER, Held.NOTHING, None, Follows.ON_TAKING, (Todo.WRITE,)),
    (facts(State.FILED), ANSWER + day(1), Held.NOTHING, None, Follows.ON_TAKING, BOTH),
    # In review: by itself, fifteen days before the end; from the next day on it is missing.
    (facts(REVIEW), date(2026, 12, 20), Held.PERMIT, PERMIT, Follows.AUTOMATIC, ()),
    (facts(REVIEW), PERMIT - day(15), Held.PERMIT, PERMIT, Follows.AUTOMATIC, ()),
    (facts(REVIEW), PERMIT - day(14), Held.PERMIT, PERMIT, Follows.OVERDUE, (Todo.WRITE,)),
    (facts(REVIEW), PERMIT + day(10), Held.NOTHING, None, Follows.OVERDUE, (Todo.WRITE,)),
    (facts(REVIEW, EXTENDED), PERMIT + day(10), Held.EXTENSION, EXTENDED, Follows.AUTOMATIC, ()),
    (facts(REVIEW, EXTENDED), ANSWER + day(1), Held.EXTENSION, EXTENDED, Follows.AUTOMATIC, (Todo.ASK_REASONS,)),
    (facts(State.COMPLEMENT_RECEIVED), date(2026, 12, 20), Held.PERMIT, PERMIT, Follows.AUTOMATIC, ()),
    # Late, granted by an agent, withheld by one.
    (facts(REVIEW, in_time=False), date(2026, 12, 20), Held.PERMIT, PERMIT, Follows.ON_REQUEST, ()),
    (facts(REVIEW, in_time=False), PERMIT - day(30), Held.PERMIT, PERMIT, Follows.ON_REQUEST, (Todo.WRITE,)),
    (facts(REVIEW, in_time=False, extension=GRANTED), PERMIT - day(30), Held.PERMIT, PERMIT, Follows.AUTOMATIC, ()),
    (facts(REVIEW, extension=WITHHELD), PERMIT - day(3), Held.PERMIT, PERMIT, Follows.WITHHELD, (Todo.WRITE,)),
    (facts(REVIEW, extension=WITHHELD), PERMIT + day(3), Held.NOTHING, None, Follows.WITHHELD, (Todo.WRITE,)),
    # Documents asked, before and after their date and the legal one.
    (facts(WAITS, EXTENDED), date(2027, 3, 1), Held.EXTENSION, EXTENDED, Follows.AUTOMATIC, (Todo.ANSWER,)),
    (facts(WAITS, EXTENDED), ANSWER + day(1), Held.EXTENSION, EXTENDED, Follows.AUTOMATIC, ASKED_LATE),
    # A card of four years and more goes on by law, if its renewal was asked for before it ended.
    (facts(REVIEW, continued_until=EXTENDED), PERMIT + day(1), Held.BY_LAW, EXTENDED, Follows.OVERDUE, (Todo.WRITE,)),
    (facts(State.FILED, continued_until=EXTENDED), PERMIT + day(1), Held.BY_LAW, EXTENDED, Follows.ON_TAKING, ()),
    (facts(State.FILED, continued_until=EXTENDED), EXTENDED + day(1), Held.NOTHING, None, Follows.ON_TAKING, BOTH),
    (facts(REVIEW, **AFTER_THE_END), PERMIT + day(2), Held.NOTHING, None, Follows.ON_REQUEST, (Todo.WRITE,)),
    (facts(State.UNFAVOURABLE, continued_until=EXTENDED), PERMIT + day(1), Held.NOTHING, None, Follows.NOTHING, LOST),
    (facts(REVIEW, lost_on=FILED), date(2026, 12, 20), Held.LOST, PERMIT, Follows.AUTOMATIC, ()),
    (facts(REVIEW, EXTENDED, lost_on=FILED), ANSWER, Held.EXTENSION, EXTENDED, Follows.AUTOMATIC, ()),
    (facts(REVIEW, lost_file=True), date(2026, 12, 20), Held.PERMIT, PERMIT, Follows.AUTOMATIC, (Todo.RESEND,)),
    (facts(REVIEW, photo_fault=True), date(2026, 12, 20), Held.PERMIT, PERMIT, Follows.AUTOMATIC, (Todo.PHOTO,)),
    # Granted: certified until the card, or not certified yet; silence means nothing any more.
    (facts(State.FAVOURABLE, NO_END), ANSWER + day(90), Held.FAVOURABLE, None, Follows.CARD, ()),
    (facts(State.IN_PRODUCTION, NO_END), ANSWER + day(90), Held.FAVOURABLE, None, Follows.CARD, ()),
    (facts(State.CARD_AVAILABLE, NO_END), ANSWER + day(90), Held.FAVOURABLE, None, Follows.CARD, (Todo.COLLECT,)),
    (facts(State.FAVOURABLE), PERMIT - day(60), Held.PERMIT, PERMIT, Follows.FAVOURABLE, ()),
    (facts(State.FAVOURABLE), PERMIT + day(1), Held.NOTHING, None, Follows.FAVOURABLE, (Todo.WRITE,)),
    (facts(State.HANDED_OVER, NO_END), EXTENDED, Held.CARD, None, Follows.NOTHING, ()),
    # Ended otherwise: what was issued goes on to its date.
    (facts(State.UNFAVOURABLE, EXTENDED), PERMIT + day(1), Held.EXTENSION, EXTENDED, Follows.NOTHING, (Todo.CONTEST,)),
    (facts(State.CLOSED), PERMIT + day(1), Held.NOTHING, None, Follows.NOTHING, (Todo.WRITE, Todo.REOPEN)),
    (facts(State.WITHDRAWN), PERMIT, Held.PERMIT, PERMIT, Follows.NOTHING, ()),
    # Procedures that change no right: their permit's end is no urgency of theirs.
    (facts(REVIEW, NO_END, changes_rights=False), ANSWER, Held.UNTOUCHED, None, Follows.NOTHING, ()),
    (facts(State.FAVOURABLE, NO_END, changes_rights=False), PERMIT, Held.UNTOUCHED, None, Follows.NOTHING, ()),
]  # fmt: skip


@pytest.mark.parametrize(("known", "today", "held", "until", "follows", "todo"), TABLE)
def test_what_is_held_what_follows_and_what_to_do(
    known: DossierFacts, today: date, held: Held, until: date | None, follows: Follows, todo: tuple[Todo, ...]
) -> None:
    stand = standing(known, today)
    assert (stand.held, stand.held_until, stand.follows, stand.todo) == (held, until, follows, todo)


ASKED = Asked(date(2027, 1, 20), date(2027, 2, 19))


@pytest.mark.parametrize(
    ("requests", "latest"),
    [
        ((), None),
        ((ASKED,), ANSWER + day(30)),
        ((Asked(ASKED.on, ASKED.due_on, date(2027, 1, 25)),), ANSWER + day(5)),
        ((Asked(ASKED.on, ASKED.due_on, date(2027, 3, 1)),), ANSWER + day(30)),  # answered too late
        ((ASKED, Asked(date(2027, 3, 1), date(2027, 3, 16))), ANSWER + day(45)),
        ((Asked(ASKED.on, ASKED.due_on, ASKED.on),), None),
    ],
    ids=str,
)
def test_a_request_gives_silence_a_second_date(requests: tuple[Asked, ...], latest: date | None) -> None:
    heard = standing(facts(WAITS, EXTENDED, requests=requests), date(2027, 3, 1)).silence
    assert heard is not None
    assert (heard.on, heard.disputed_until) == (ANSWER, latest)


def test_silence_is_told_with_all_that_it_depends_on() -> None:
    def told(day: date, state: State = WAITS) -> tuple[str, ...]:
        return words.silence(standing(facts(state, EXTENDED, requests=(ASKED,)), day))

    assert told(ANSWER) == (words.ANSWER_BY, words.MAY_STOP, words.INCOMPLETE, words.DESPITE_EXTENSION)
    assert told(ANSWER, REVIEW) == (words.ANSWER_BY, words.MAY_BE_LATER, words.DESPITE_EXTENSION)
    assert told(ANSWER + day(1)) == (words.REFUSED, words.MAY_HAVE_STOPPED)
    assert told(ANSWER + day(31), REVIEW) == (words.REFUSED,)
    assert told(ANSWER + day(31), State.FAVOURABLE) == ()


# --- what is never told together

ENDS = (PERMIT, EXTENDED, NO_END)
DAYS = [FILED + timedelta(day) for day in range(0, 240, 3)]
SIGNIFICANT = {
    day + timedelta(off) for day in (*ENDS[:2], ANSWER, ASKED.due_on) for off in (-30, -15, -14, 0, 1)
}


def every() -> list[Standing]:
    """Every state with every extension, with and without request, each third day and around every date."""
    states = [state for state in State if state is not State.DRAFT]
    found = []
    for state, end, in_time, extension, asked, continued in product(
        states, ENDS, (True, False), ("", GRANTED, WITHHELD), ((), (ASKED,)), (None, EXTENDED)
    ):
        known = facts(
            state, end, in_time=in_time, extension=extension, requests=asked, continued_until=continued
        )
        found += [standing(known, day) for day in {*DAYS, *SIGNIFICANT}]
    return found


EVERY = every()


def test_nothing_to_do_is_never_told_beside_what_presses() -> None:
    for stand in EVERY:
        if stand.todo:
            continue
        assert stand.held is not Held.NOTHING, stand
        assert stand.facts.state not in (WAITS, State.CARD_AVAILABLE), stand
        assert not (stand.silence and stand.silence.refused), stand
        assert stand.follows is not Follows.OVERDUE, stand


# Sentences that promise something, with the days that they promise it for.
PROMISES = {
    words.HELD[Held.PERMIT]: "until",
    words.HELD[Held.EXTENSION]: "until",
    words.HELD[Held.BY_LAW]: "until",
    words.FOLLOWS[Follows.AUTOMATIC]: "issued",
    words.ANSWER_BY: "answer",
    words.MAY_STOP: "latest",
    words.MAY_BE_LATER: "latest",
    words.MAY_HAVE_STOPPED: "latest",
}


def test_no_promise_is_told_after_its_date_and_every_day_is_known() -> None:
    told = set()
    for stand in EVERY:
        days = words.days(stand)
        for sentence in (*words.rights(stand), *words.silence(stand)):
            assert set(re.findall(r"%\((\w+)\)s", sentence)) <= {*days, *DELAYS}, (sentence, stand)
            if sentence in PROMISES:
                assert days[PROMISES[sentence]] >= stand.today, (sentence, stand)
            told.add(sentence)
    meanings = {*words.HELD.values(), *words.FOLLOWS.values(), *PROMISES, words.REFUSED}
    assert told >= meanings - {"", words.HELD[Held.UNTOUCHED], words.HELD[Held.LOST]}, (
        "each sentence is told by some dossier"
    )


def test_what_depends_on_an_agent_says_so() -> None:
    for stand in EVERY:
        if stand.facts.state is State.FILED:
            assert stand.follows is not Follows.AUTOMATIC
            assert stand.issued_from is None
        if stand.facts.state not in OPEN:
            assert stand.silence is None
