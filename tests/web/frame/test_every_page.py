"""Every page of the demonstration, followed link by link: sound, light, whole in each language, and writing nothing."""

from collections.abc import Callable
from itertools import product
from operator import itemgetter
from pathlib import Path

import pytest
from flask import Flask

from app import jobs
from app.demonstration.people import APPLICANTS
from app.demonstration.staff import AGENTS
from app.domain.dossiers.ranks import Rank
from app.domain.dossiers.states import OPEN
from app.domain.procedures import journey
from app.languages import OFFERED, SOURCE
from app.services.review.dossier_view import case_of
from app.settings import Settings
from app.storage.models import (
    TABLES,
    Account,
    Agent,
    Attestation,
    AuditRecord,
    Dossier,
    SearchRecord,
    Throttle,
)
from app.storage.models.dossiers import in_states
from app.web.access.audiences import AUDIENCE, Audience
from app.web.pages import assets
from tests.clients import BROWSER, PageClient
from tests.crawl import UNLINKED, crawl, endpoint, followed, is_paper
from tests.fixtures import Clock
from tests.snapshots import Snapshots
from tests.web.agent_pages import enter

BUDGET = 14_000  # bytes of HTML and CSS, as they are sent
pytestmark = [
    pytest.mark.engines("sqlite"),
    pytest.mark.slow,
]  # some hundred pages, each checked whole


@pytest.fixture
def shown(seeded: Flask, settings: Settings, snapshots: Snapshots, clock: Clock) -> Flask:
    """The demonstration, its letters and papers made."""

    def work() -> None:
        while jobs.run_once(seeded, clock()):
            pass

    snapshots.prepared("shown", settings, work)
    return seeded


def browsers(app: Flask, visitor: Callable[[], PageClient], clock: Clock) -> list[tuple[str, PageClient]]:
    """A stranger, everybody of the demonstration, and where each begins."""
    found = [("/", visitor())]
    for one in APPLICANTS:
        if account := Account.get_or_none(Account.foreign_number == one.number):
            found.append(("/suivi/", visitor().sign_in(account)))
    for member in AGENTS:
        start = "/administration/" if member.rank is Rank.ADMINISTRATOR else "/agents/"
        found.append((start, enter(visitor(), Agent.get(Agent.email == member.email), clock)))
    return found


def with_certificate(lang: str, client: PageClient) -> tuple[str, ...]:
    """The page of a dossier with a certificate that can be taken back, for whom it opens to."""
    granted = Dossier.select().join(Attestation).where(Attestation.kind == "favorable").first()
    page = f"/{lang}/agents/dossiers/{granted.reference}"
    return (page,) if client.get(page).status_code == 200 else ()


RECORDED = (AuditRecord, SearchRecord, Throttle)  # what agents read and look for is recorded, and counted


def contents() -> dict[str, int]:
    """How many rows each table has, but for the record of who read what: the one write of a GET."""
    return {table.__name__: table.select().count() for table in TABLES if table not in RECORDED}


def test_no_open_application_of_the_demonstration_lacks_its_legal_answer(seeded: Flask) -> None:
    silent = [
        one.reference
        for one in Dossier.select().where(in_states(OPEN))
        if journey(one.journey, one.journey_version).answer_within(case_of(one))
        and one.legal_answer_on is None
    ]
    assert silent == []


class Weights:
    """What pages of applicants weigh as they are sent, with the style sheet; of each address the heaviest."""

    def __init__(self, app: Flask) -> None:
        folder = app.extensions["settings"].static_dir
        theme = (Path(folder) / f"{Path(assets.address(folder, 'theme.css')).name}.br").stat().st_size
        self.app, self.most = app, BUDGET - theme
        self.heaviest: dict[str, tuple[int, str, PageClient]] = {}

    def add(self, address: str, client: PageClient) -> None:
        """Note the page that a browser was just sent."""
        assert client.sent <= self.most, f"{address}: {client.sent} of {self.most}"
        place = endpoint(self.app, address)
        self.heaviest[place] = max(
            self.heaviest.get(place, (0, "", client)), (client.sent, address, client), key=itemgetter(0)
        )

    def check_others(self, language: str) -> None:
        """Open the heaviest of each address in the other languages: letters outside the Latin alphabet weigh more."""
        for code, (_sent, address, client) in product({*OFFERED} - {language}, self.heaviest.values()):
            answer = client.client.get(f"/{code}{address.removeprefix(f'/{language}')}", environ_base=BROWSER)
            assert answer.status_code == 200, f"{code}, {address}: {answer.status_code}"
            assert len(answer.data) <= self.most, f"{code}, {address}: {len(answer.data)} of {self.most}"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_link_leads_to_a_sound_and_light_page(
    shown: Flask, visitor: Callable[[], PageClient], clock: Clock, language: str
) -> None:
    weights = Weights(shown)
    visited: set[str] = set()
    papers: set[str] = (
        set()
    )  # drawn anew for each visitor: each in French, one of each kind in another language
    for start, client in browsers(shown, visitor, clock):
        before = contents()

        def fetch(address: str, client: PageClient = client) -> str:
            if is_paper(address):
                paper = address if language == SOURCE else endpoint(shown, address)
                if paper in papers:
                    return ""
                papers.add(paper)
            answer = client.get(address, headers={"Accept-Language": language})
            assert answer.status_code in (200, 302, 303), f"{address}: {answer.status_code}"
            page = answer.status_code == 200 and answer.mimetype == "text/html"
            if page and not address.startswith((f"/{language}/agents", f"/{language}/administration")):
                weights.add(address, client)
            return followed(answer)

        reached = crawl(f"/{language}{start}", language, fetch, also=with_certificate(language, client))
        visited |= {endpoint(shown, address) for address in reached}
        assert contents() == before, "opening pages wrote something"
    weights.check_others(language)
    pages = {
        rule.endpoint
        for rule in shown.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and AUDIENCE[rule.endpoint] is not Audience.DEMONSTRATION
    }
    assert pages - UNLINKED <= visited, f"no link leads to {sorted(pages - UNLINKED - visited)}"
    assert not UNLINKED & visited - {"demande.begin", "suivi.file"}, "linked after all: take it off the list"
