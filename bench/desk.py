"""The prefecture's side beside itself: the same pages over a thousand, a hundred thousand and a million dossiers.

Each page shows as many lines in each size: the smallest crowd is all of one service, words are chosen for how many they
find. What is compared is therefore what the database costs, not how long a page is.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

import pyotp
from flask.testing import FlaskClient
from peewee import Database, fn

from app.demonstration.people import PASSWORD
from app.demonstration.staff import TOTP_SECRET
from app.factory import create_app
from app.services.access.passwords import hash_password
from app.settings import Settings
from app.storage import database
from app.storage.models import Agent, Dossier, SearchWord, Service
from app.storage.review import queue
from bench.crowds import BIGGEST, ENGINES, NOW, SIZES, served
from bench.table import Line

ROUNDS = 30
GOAL = 1.5
EMAIL = "agent.mesure@exemple.fr"
DOOR, CODE, QUEUE = "/fr/agents/connexion", "/fr/agents/code", "/fr/agents/"
FOUND = 8  # dossiers that a surname of the measure finds, about


@dataclass
class Desk:
    """An agent of the biggest service, signed in, on one size of crowd."""

    opened: Database
    client: FlaskClient
    pages: dict[str, list[str]]
    turn: int = 0

    def milliseconds(self, page: str) -> float:
        """One answer."""
        database.database.initialize(self.opened)
        address = self.pages[page][self.turn % len(self.pages[page])]
        self.turn += 1
        began = time.perf_counter()
        answer = self.client.get(address)
        took = 1000 * (time.perf_counter() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        return took


def growth() -> list[Line]:
    """Every page on every engine: how much longer it takes with more dossiers, in turns."""
    lines = []
    for engine in ENGINES:
        with served(engine) as addresses:
            desks = {size: sit_down(address) for size, address in addresses.items()}
            for page in desks[SIZES[0]].pages:
                lines += _compared(engine, page, desks)
            for desk in desks.values():
                desk.opened.close_all()
    return lines


def _compared(engine: str, page: str, desks: dict[int, Desk]) -> Iterator[Line]:
    took: dict[int, list[float]] = {size: [] for size in desks}
    for _round in range(ROUNDS + 3):
        for size, desk in desks.items():
            took[size].append(desk.milliseconds(page))
    least = {size: median(times[3:]) for size, times in took.items()}  # the first ones warm up
    for size in SIZES[1:]:
        ratio = least[size] / least[SIZES[0]]
        yield Line(f"{engine}, {page}: {size} dossiers beside {SIZES[0]}", f"≤ {GOAL}", ratio, ratio <= GOAL)


def sit_down(url: str) -> Desk:
    """Sign an agent in, and choose what will be asked for."""
    app = create_app(replace(Settings.from_env(), database_url=url), lambda: NOW)
    opened = database.database.obj
    with opened.connection_context():
        service = Service.get(Service.code == BIGGEST)
        secrets = {"password_hash": hash_password(PASSWORD), "totp_secret": TOTP_SECRET, "totp_last_step": 0}
        Agent.insert(service=service, email=EMAIL, name="Agent de la mesure (démo)", **secrets).on_conflict(
            conflict_target=[Agent.email], update=secrets
        ).execute()
        pages = dict(_pages(service.id))
    client = app.test_client()
    _enter(client)
    return Desk(opened, client, pages)


def _enter(client: FlaskClient) -> None:
    for door, fields in (
        (DOOR, {"email": EMAIL, "password": PASSWORD}),
        (CODE, {"code": pyotp.TOTP(TOTP_SECRET).at(NOW)}),
    ):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(door).text)
        answer = client.post(door, data={"csrf_token": token.group(1) if token else "", **fields})
        if answer.status_code != 303:
            raise SystemExit(f"{door} answered {answer.status_code}")


def _pages(service_id: int) -> Iterator[tuple[str, list[str]]]:
    """Addresses by what they show; several where each answer would otherwise be remembered."""
    some = list(
        Dossier.select(Dossier.reference, Dossier.identity)
        .where((Dossier.service == service_id) & (Dossier.state == "in_review"))
        .order_by(Dossier.rights_end, Dossier.filed_on, Dossier.id)
        .limit(20)
    )
    rare, common = _word(service_id, FOUND), _word(service_id, 10**9)
    both = f"{some[0].identity['surname'].split('-')[0]} {some[0].identity['given_names']}"
    yield "queue", [QUEUE]
    yield "queue, cards, back a page", [_thirty_lines(service_id, queue.Filters(queue.View.CARDS))]
    yield "queue, one procedure, back a page", [_thirty_lines(service_id, queue.Filters(journey="etudiant"))]
    yield "search, a surname", [f"{QUEUE}?q={rare}"]
    yield "search, a name that thousands bear", [f"{QUEUE}?q={common}"]
    yield "search, surname and given name", [f"{QUEUE}?q={both}"]
    yield "search, a reference", [f"{QUEUE}?q={one.reference}" for one in some]
    yield "search, a foreign number", [f"{QUEUE}?q={one.identity['foreign_number']}" for one in some]
    yield "search, nothing found", [f"{QUEUE}?q=zzyzxq"]
    yield "dossier", [f"{QUEUE}dossiers/{one.reference}" for one in some]


def _thirty_lines(service_id: int, filters: queue.Filters) -> str:
    """The page before the thirty-first line of a list: as long in each size, however many a crowd has."""
    after = queue.page(service_id, 0, filters).dossiers[30]
    cursor = queue.Cursor(after.rights_end, after.filed_on, after.id)
    return f"{QUEUE}?vue={filters.view}&motif={filters.journey}&avant={cursor}"


def _word(service_id: int, many: int) -> str:
    """The word of a service that finds about so many of its dossiers."""
    number = fn.COUNT(SearchWord.dossier)
    rows = (
        SearchWord.select(SearchWord.word, number.alias("number"))
        .where((SearchWord.service == service_id) & (fn.LENGTH(SearchWord.word) > 3))
        .group_by(SearchWord.word)
        .having(number > 1)
        .order_by(fn.ABS(number - many), SearchWord.word)
        .limit(1)
        .tuples()
    )
    ((word, _number),) = rows
    return str(word)
