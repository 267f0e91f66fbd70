"""A crowd: as many invented dossiers as one likes, spread over the country, its services and the years.

Everything is there that an agent reads: person, answers, documents (rows without files), history with its record, words
to search. Certificates are not: they are issued and printed, and nobody issued these.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from multiprocessing import get_context
from random import Random
from typing import Any

from app.demonstration import names, outcome_mix
from app.demonstration.bulk_services import (
    HOLDERS,
    PROCEDURES,
    BulkService,
    bulk_services,
    case,
    pinned,
    slots,
)
from app.demonstration.history_rows import COLUMNS as TRACES
from app.demonstration.history_rows import History, HistoryRows, Origin, Rows
from app.demonstration.names import Name
from app.domain.dossiers.states import OPEN, State
from app.domain.rules.calendar import paris_day
from app.domain.rules.identifiers import make_reference
from app.domain.rules.parameters import EXTENSION_LEAD_DAYS, UNCOVERED_SIGHT_DAYS
from app.domain.rules.search_words import of_reference
from app.storage import bulk
from app.storage.applications.dossiers import next_number
from app.storage.database import database
from app.storage.models import Account, Complement, Dossier, Event, SearchWord
from app.storage.models import Sequence as SequenceRow
from app.storage.models.table import Table

BATCH = 5000
MAKERS = 2  # processes that make rows while this one writes them
COUNTRIES = (
    "DZA",
    "MAR",
    "TUN",
    "CHN",
    "VNM",
    "SEN",
    "CIV",
    "GIN",
    "MLI",
    "IND",
    "BRA",
    "TUR",
    "UKR",
    "USA",
    "COL",
)
NUMBERS = 9_700_000_000  # the foreign-national numbers of a crowd begin here
LATE = 0.04  # filed too late for extensions
UNCOVERED = 0.0005  # of those, and of those not taken: rights that end this week, for somebody to see
COLUMNS: dict[type[Table], tuple[str, ...]] = {
    Account: ("id", "foreign_number", "email", "password_hash", "language", "identity", "created_at"),
    Dossier: (
        *(
            "id",
            "account_id",
            "journey",
            "journey_version",
            "state",
            "answers",
            "identity",
            "sealed",
            "service_id",
        ),
        *(
            "agent_id",
            "reference",
            "filed_on",
            "in_time",
            "rights_end",
            "legal_answer_on",
            "with_card",
            "card",
            "created_at",
            "saved_at",
        ),
    ),
    SearchWord: ("service_id", "word", "dossier_id"),
    **TRACES,
}


def generate(
    many: int, seed: int, now: datetime, only: str = "", told: Callable[[int], None] = lambda done: None
) -> None:
    """Add so many dossiers to the database of a demonstration, the same for the same seed and day.

    `only` is the code of the one service that gets them all; `told` hears how many are there.
    """
    with database.atomic():
        crowd = _Crowd(many, seed, paris_day(now), bulk_services(paris_day(now), only))
    with bulk.loading():
        for place, rows in enumerate(_made(crowd), 1):
            with database.atomic():
                for table, some in rows.items():
                    bulk.add(table, COLUMNS[table], some)
            told(min(place * BATCH, many))
    crowd.close()


def _made(crowd: "_Crowd") -> Iterator[Rows]:
    """The rows of each batch in turn, made by every core where there is more than one batch."""
    firsts = range(0, crowd.many, BATCH)
    if len(firsts) == 1:
        yield crowd.rows(0)
        return
    with ProcessPoolExecutor(MAKERS, get_context("spawn"), _begin, (crowd,)) as pool:
        waiting: deque[Future[Rows]] = deque()
        for first in firsts:
            waiting.append(pool.submit(_batch, first))
            if len(waiting) > 2 * MAKERS:  # no further ahead than fits in memory
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_here: "list[_Crowd]" = []  # what a process of the pool works on


def _begin(crowd: "_Crowd") -> None:
    _here[:] = [crowd]


def _batch(first: int) -> Rows:
    return _here[0].rows(first)


@dataclass(frozen=True)
class _Ends:
    """The permit that a person holds, and the last day on which they are covered."""

    permit: date
    rights: date
    in_time: bool


class _Crowd:
    """Makes the rows, in the order of filing: numbers follow the days, as they do in life."""

    def __init__(self, many: int, seed: int, today: date, among: list[BulkService]) -> None:
        self.many, self.seed, self.today, self.desks = many, seed, today, among
        self.shares = list(accumulate(desk.share for desk in among))
        random = Random(seed)
        self.surnames, self.given_names = names.surnames(random), names.given_names(random)
        self.accounts, self.dossiers = bulk.last_id(Account), bulk.last_id(Dossier)
        self.numbers = NUMBERS + self.accounts
        self.origin = Origin(today, bulk.last_id(Event), bulk.last_id(Complement))
        self.slots = {slug: slots(slug, today) for slug in PROCEDURES}
        self.versions = {slug: pinned(slug).version for slug in PROCEDURES}
        self.delays = {slug: pinned(slug).answer_within(case(slug, today)) for slug in PROCEDURES}
        self.extended = {slug: pinned(slug).deadline.extends for slug in PROCEDURES}
        years = range(self._filed_on(0).year, today.year + 1)
        places = range(many)
        self.years = {
            year: bisect_left(places, year, key=lambda place: self._filed_on(place).year) for year in years
        }
        self.series = {row.name: row.last for row in SequenceRow.select()}

    def rows(self, first: int) -> Rows:
        """A batch, by table."""
        random = Random(f"{self.seed}-{first}")
        many = min(BATCH, self.many - first)
        people = zip(
            self.surnames.drawn(random, many),
            self.given_names.drawn(random, many),
            random.choices(self.desks, cum_weights=self.shares, k=many),
            random.choices(list(PROCEDURES), list(PROCEDURES.values()), k=many),
            strict=True,
        )
        traces = HistoryRows(self.origin)
        accounts, dossiers, words = [], [], []
        for place, (surname, given, desk, slug) in enumerate(people, first):
            filed_on = self._filed_on(place)
            state = outcome_mix.state((self.today - filed_on).days, random)
            ends = self._ends(random, state, slug, filed_on)
            identity = self._identity(random, place, surname, given, slug, ends.permit)
            number = self.dossiers + place + 1
            reference = self._reference(desk.department, filed_on.year, place)
            agent = None if state in (State.FILED, State.WITHDRAWN) else random.choice(desk.agents)
            history = History(place, number, desk.service, agent, state, filed_on, self.slots[slug])
            began, saved, card = traces.tell(random, history)
            accounts.append(self._account(place, identity, began))
            who = (number, self.accounts + place + 1, slug, self.versions[slug], str(state), "{}", identity)
            what = (desk.answers[slug], desk.service, agent, reference, filed_on.isoformat(), ends.in_time)
            delay = self.delays[slug]
            answer = delay.after(filed_on).isoformat() if delay else None
            dossiers.append((*who, *what, ends.rights.isoformat(), answer, True, card, began, saved))
            found = surname.words | given.words | of_reference(reference) | {str(self.numbers + place)}
            words += [(desk.service, word, number) for word in found]
        return {Account: accounts, Dossier: dossiers, SearchWord: sorted(words), **traces.rows}

    def close(self) -> None:
        """Let the series of references go on from here."""
        ends = [*list(self.years.values())[1:], self.many]
        with database.atomic():
            for department in sorted({desk.department for desk in self.desks}):
                for (year, first), end in zip(self.years.items(), ends, strict=True):
                    name = f"{department}-{year}"
                    next_number(name)
                    last = self.series.get(name, 0) + end - first
                    SequenceRow.update(last=last).where(SequenceRow.name == name).execute()

    def _filed_on(self, place: int) -> date:
        return self.today - timedelta(days=outcome_mix.DAYS - 1 - place * outcome_mix.DAYS // self.many)

    def _reference(self, department: str, year: int, place: int) -> str:
        """Every service counts all dossiers of the year: no number comes twice, whoever makes the batch."""
        begun = self.series.get(f"{department}-{year}", 0)
        return make_reference(department, year, begun + 1 + place - self.years[year])

    def _account(self, place: int, identity: str, began: str) -> tuple[Any, ...]:
        email = f"foule-{self.numbers + place}@exemple.fr"
        return self.accounts + place + 1, str(self.numbers + place), email, "", "fr", identity, began

    def _identity(
        self, random: Random, place: int, surname: Name, given: Name, slug: str, until: date
    ) -> str:
        kind, mention = HOLDERS[slug]
        country = random.choice(COUNTRIES)
        born_on = f"{1960 + place % 46}-{1 + place % 12:02}-{1 + place % 28:02}"
        return (
            f'{{"foreign_number": "{self.numbers + place}", "surname": {surname.json}, "given_names": {given.json}, '
            f'"usage_name": "", "sex": "{"FM"[place % 2]}", "born_on": "{born_on}", '
            f'"birth_place": "Lieu inventé (démo)", "birth_country": "{country}", "nationality": "{country}", '
            f'"permit_kind": "{kind}", "mention": "{mention}", '
            f'"valid_from": "{until - timedelta(days=364)}", "valid_until": "{until}"}}'
        )

    def _ends(self, random: Random, state: State, slug: str, filed_on: date) -> _Ends:
        """What was covered when it was finished; what is covered today while it is open."""
        permit = filed_on + timedelta(days=random.randint(60, 118))
        in_time = self.extended[slug] and random.random() > LATE
        if state not in OPEN:
            return _Ends(permit, permit + timedelta(days=random.choice((0, 0, 90))), in_time)
        chance = random.random()
        if in_time and state is not State.FILED:
            # Extensions have issued themselves: none is due today.
            soonest = self.today + timedelta(days=EXTENSION_LEAD_DAYS + 1 + int(chance * 75))
        elif chance < UNCOVERED:
            return _Ends(
                permit, self.today + timedelta(days=random.randint(0, UNCOVERED_SIGHT_DAYS)), in_time
            )
        else:
            soonest = self.today + timedelta(days=UNCOVERED_SIGHT_DAYS + 1 + int(chance * 100))
        return _Ends(permit, max(permit, soonest), in_time)
