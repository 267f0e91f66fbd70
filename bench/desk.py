"""Agents' pages over a thousand, a hundred thousand and a million dossiers, compared with each other.

Each page shows the same number of rows at each size: the smallest database is of one service, and search words are
chosen by how many dossiers they find. The ratios therefore compare the database, not the length of pages.
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
from app.storage.review.queue_order import Cursor
from bench.crowds import BIGGEST, ENGINES, NOW, SIZES, served
from bench.table import Line

ROUNDS = 30
GOAL = 1.5
EMAIL = "agent.mesure@exemple.fr"
SIGN_IN, CODE, QUEUE = "/fr/agents/connexion", "/fr/agents/code", "/fr/agents/"
FOUND = 8  # about how many dossiers the surname searched for finds


@dataclass
class AgentBrowser:
    """A signed-in agent of the biggest service, on a database of one size."""

    opened: Database
    client: FlaskClient
    pages: dict[str, list[str]]
    turn: int = 0

    def milliseconds(self, page: str) -> float:
        """Request a page and return the time it took."""
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
    """Return, for every page and engine, how much longer it takes with more dossiers; sizes take turns."""
    lines = []
    for engine in ENGINES:
        with served(engine) as addresses:
            browsers = {size: sign_in_agent(address) for size, address in addresses.items()}
            for page in browsers[SIZES[0]].pages:
                lines += _compared(engine, page, browsers)
            for browser in browsers.values():
                browser.opened.close_all()
    return lines


def _compared(engine: str, page: str, browsers: dict[int, AgentBrowser]) -> Iterator[Line]:
    took: dict[int, list[float]] = {size: [] for size in browsers}
    for _round in range(ROUNDS + 3):
        for size, browser in browsers.items():
            took[size].append(browser.milliseconds(page))
    medians = {size: median(times[3:]) for size, times in took.items()}  # the first three warm up
    for size in SIZES[1:]:
        ratio = medians[size] / medians[SIZES[0]]
        yield Line(f"{engine}, {page}: {size} dossiers beside {SIZES[0]}", f"≤ {GOAL}", ratio, ratio <= GOAL)


def sign_in_agent(url: str) -> AgentBrowser:
    """Sign an agent in on a database and choose the addresses to request."""
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
    _sign_in(client)
    return AgentBrowser(opened, client, pages)


def _sign_in(client: FlaskClient) -> None:
    for page, fields in (
        (SIGN_IN, {"email": EMAIL, "password": PASSWORD}),
        (CODE, {"code": pyotp.TOTP(TOTP_SECRET).at(NOW)}),
    ):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
        answer = client.post(page, data={"csrf_token": token.group(1) if token else "", **fields})
        if answer.status_code != 303:
            raise SystemExit(f"{page} answered {answer.status_code}")


def _pages(service_id: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the addresses of each page; several where one answer would be cached."""
    dossiers = list(
        Dossier.select(Dossier.reference, Dossier.identity)
        .where((Dossier.service == service_id) & (Dossier.state == "in_review"))
        .order_by(Dossier.rights_end, Dossier.filed_on, Dossier.id)
        .limit(20)
    )
    rare, common = _word(service_id, FOUND), _word(service_id, 10**9)
    both = f"{dossiers[0].identity['surname'].split('-')[0]} {dossiers[0].identity['given_names']}"
    yield "queue", [QUEUE]
    yield "queue, cards, back a page", [_thirty_rows(service_id, queue.Filters(queue.View.CARDS))]
    yield "queue, one procedure, back a page", [_thirty_rows(service_id, queue.Filters(journey="etudiant"))]
    yield "search, a surname", [f"{QUEUE}?q={rare}"]
    yield "search, a name that thousands bear", [f"{QUEUE}?q={common}"]
    yield "search, surname and given name", [f"{QUEUE}?q={both}"]
    yield "search, a reference", [f"{QUEUE}?q={dossier.reference}" for dossier in dossiers]
    yield (
        "search, a foreign number",
        [f"{QUEUE}?q={dossier.identity['foreign_number']}" for dossier in dossiers],
    )
    yield "search, nothing found", [f"{QUEUE}?q=zzyzxq"]
    yield "dossier", [f"{QUEUE}dossiers/{dossier.reference}" for dossier in dossiers]


def _thirty_rows(service_id: int, filters: queue.Filters) -> str:
    """Return the address of the page before the 31st row of a list, which is equally long at each size."""
    row = queue.page(service_id, 0, filters).dossiers[30]
    cursor = Cursor(row.rights_end, row.filed_on, row.id)
    return f"{QUEUE}?vue={filters.view}&motif={filters.journey}&avant={cursor}"


def _word(service_id: int, many: int) -> str:
    """Return the search word of a service that finds about `many` of its dossiers."""
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
