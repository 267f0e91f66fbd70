"""Bulk data: any number of invented dossiers over all services and the past years.

Each has a person, answers, documents (rows without files), events with their audit records, and search words, but no
certificates: those are issued and printed by the service itself.
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
from app.demonstration.history_rows import COLUMNS as HISTORY_COLUMNS
from app.demonstration.history_rows import History, HistoryRows, Origin, Rows
from app.demonstration.names import Name
from app.domain.dossiers.states import OPEN, State
from app.domain.rules.calendar import NO_END, paris_day
from app.domain.rules.identifiers import make_reference
from app.domain.rules.parameters import EXTENSION_LEAD_DAYS, UNCOVERED_SIGHT_DAYS
from app.domain.rules.search_words import of_reference
from app.services.operations import delays
from app.storage import bulk
from app.storage.applications.dossiers import next_number
from app.storage.database import database
from app.storage.models import Account, Complement, Dossier, Event, SearchWord
from app.storage.models import Sequence as SequenceRow
from app.storage.models.dossiers import CARDS
from app.storage.models.table import Table

BATCH = 5000
MAKERS = 2  # processes that generate rows while this one writes them
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
NUMBERS = 9_700_000_000  # first foreign-national number of bulk data
LATE = 0.04  # share filed too late for automatic extension
UNCOVERED = 0.0005  # share of those, and of dossiers not taken, with rights that end this week
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
            "card_since",
            "card_told",
            "created_at",
            "saved_at",
        ),
    ),
    SearchWord: ("service_id", "word", "dossier_id"),
    **HISTORY_COLUMNS,
}


def generate(
    many: int, seed: int, now: datetime, only: str = "", progress: Callable[[int], None] = lambda done: None
) -> None:
    """Add `many` dossiers to a demonstration's database, the same ones for the same seed and day.

    `only` is the code of the one service that gets them all; `progress` is called with the number of dossiers written.
    bulk.InUse if another process uses the database: nothing is written.
    """
    with bulk.loading():
        with database.atomic():
            generator = _BulkDossiers(many, seed, paris_day(now), bulk_services(paris_day(now), only))
        for place, rows in enumerate(_made(generator), 1):
            with database.atomic():
                for table, tuples in rows.items():
                    bulk.add(table, COLUMNS[table], tuples)
            progress(min(place * BATCH, many))
        generator.close()
    delays.count(now)


def _made(generator: "_BulkDossiers") -> Iterator[Rows]:
    """Yield the rows of each batch in order, made by MAKERS processes if there are several batches."""
    firsts = range(0, generator.many, BATCH)
    if len(firsts) == 1:
        yield generator.rows(0)
        return
    with ProcessPoolExecutor(MAKERS, get_context("spawn"), _begin, (generator,)) as pool:
        waiting: deque[Future[Rows]] = deque()
        for first in firsts:
            waiting.append(pool.submit(_batch, first))
            if len(waiting) > 2 * MAKERS:  # no more batches in advance than fit in memory
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_here: "list[_BulkDossiers]" = []  # set in each process of the pool


def _begin(generator: "_BulkDossiers") -> None:
    _here[:] = [generator]


def _batch(first: int) -> Rows:
    return _here[0].rows(first)


@dataclass(frozen=True)
class _Ends:
    """The end of a person's permit, the last day of their rights, and whether they filed in time."""

    permit: date
    rights: date
    in_time: bool


class _BulkDossiers:
    """Generates the rows in the order of filing, so that references follow dates."""

    def __init__(self, many: int, seed: int, today: date, services: list[BulkService]) -> None:
        self.many, self.seed, self.today, self.services = many, seed, today, services
        self.shares = list(accumulate(service.share for service in services))
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
        """Return the rows of a batch, by table."""
        random = Random(f"{self.seed}-{first}")
        many = min(BATCH, self.many - first)
        people = zip(
            self.surnames.drawn(random, many),
            self.given_names.drawn(random, many),
            random.choices(self.services, cum_weights=self.shares, k=many),
            random.choices(list(PROCEDURES), list(PROCEDURES.values()), k=many),
            strict=True,
        )
        history_rows = HistoryRows(self.origin)
        accounts, dossiers, words = [], [], []
        for place, (surname, given_name, service, slug) in enumerate(people, first):
            filed_on = self._filed_on(place)
            state = outcome_mix.state((self.today - filed_on).days, random)
            ends = self._ends(random, state, slug, filed_on)
            identity = self._identity(random, place, surname, given_name, slug, ends.permit)
            number = self.dossiers + place + 1
            reference = self._reference(service.department, filed_on.year, place)
            agent = None if state in (State.FILED, State.WITHDRAWN) else random.choice(service.agents)
            history = History(place, number, service.service, slug, agent, state, filed_on, self.slots[slug])
            began, saved, card = history_rows.add(random, history)
            accounts.append(self._account(place, identity, began))
            account, version = self.accounts + place + 1, self.versions[slug]
            draft = (number, account, slug, version, str(state), "{}", identity)
            sealed, filed = service.answers[slug], filed_on.isoformat()
            filing = (sealed, service.service, agent, reference, filed, ends.in_time)
            delay = self.delays[slug]
            answer = delay.after(filed_on).isoformat() if delay else None
            dossiers.append((*draft, *filing, ends.rights.isoformat(), answer, True, *card, began, saved))
            name = surname.words | given_name.words
            found = name | of_reference(reference) | {str(self.numbers + place)}
            words += [(service.service, word, number) for word in found]
        return {Account: accounts, Dossier: dossiers, SearchWord: sorted(words), **history_rows.rows}

    def close(self) -> None:
        """Advance the series of references past the generated ones."""
        ends = [*list(self.years.values())[1:], self.many]
        with database.atomic():
            for department in sorted({service.department for service in self.services}):
                for (year, first), end in zip(self.years.items(), ends, strict=True):
                    name = f"{department}-{year}"
                    next_number(name)
                    last = self.series.get(name, 0) + end - first
                    SequenceRow.update(last=last).where(SequenceRow.name == name).execute()

    def _filed_on(self, place: int) -> date:
        return self.today - timedelta(days=outcome_mix.DAYS - 1 - place * outcome_mix.DAYS // self.many)

    def _reference(self, department: str, year: int, place: int) -> str:
        """Return a reference. Each service numbers all dossiers of the year, so that batches never collide."""
        begun = self.series.get(f"{department}-{year}", 0)
        return make_reference(department, year, begun + 1 + place - self.years[year])

    def _account(self, place: int, identity: str, began: str) -> tuple[Any, ...]:
        email = f"foule-{self.numbers + place}@exemple.fr"
        return self.accounts + place + 1, str(self.numbers + place), email, "", "fr", identity, began

    def _identity(
        self, random: Random, place: int, surname: Name, given_name: Name, slug: str, until: date
    ) -> str:
        kind, mention = HOLDERS[slug]
        country = random.choice(COUNTRIES)
        born_on = f"{1960 + place % 46}-{1 + place % 12:02}-{1 + place % 28:02}"
        return (
            f'{{"foreign_number": "{self.numbers + place}", "surname": {surname.json}, "given_names": {given_name.json}, '
            f'"usage_name": "", "sex": "{"FM"[place % 2]}", "born_on": "{born_on}", '
            f'"birth_place": "Lieu inventé (démo)", "birth_country": "{country}", "nationality": "{country}", '
            f'"permit_kind": "{kind}", "mention": "{mention}", '
            f'"valid_from": "{until - timedelta(days=364)}", "valid_until": "{until}"}}'
        )

    def _ends(self, random: Random, state: State, slug: str, filed_on: date) -> _Ends:
        """Return the rights at the end of a closed dossier, or as of today for an open one."""
        permit = filed_on + timedelta(days=random.randint(60, 118))
        in_time = self.extended[slug] and random.random() > LATE
        if state in CARDS or (state in OPEN and not self.extended[slug]):
            return _Ends(permit, NO_END, in_time)
        if state not in OPEN:
            return _Ends(permit, permit + timedelta(days=random.choice((0, 0, 90))), in_time)
        chance = random.random()
        if in_time and state is not State.FILED:
            # Automatic extensions were issued: none is due today.
            soonest = self.today + timedelta(days=EXTENSION_LEAD_DAYS + 1 + int(chance * 75))
        elif chance < UNCOVERED:
            return _Ends(
                permit, self.today + timedelta(days=random.randint(0, UNCOVERED_SIGHT_DAYS)), in_time
            )
        else:
            soonest = self.today + timedelta(days=UNCOVERED_SIGHT_DAYS + 1 + int(chance * 100))
        return _Ends(permit, max(permit, soonest), in_time)
