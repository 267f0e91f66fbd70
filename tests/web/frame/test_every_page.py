"""Every page of the demonstration, followed link by link: sound, light, whole in each language, and writing nothing."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app import demonstration, jobs
from app.demonstration.people import APPLICANTS
from app.demonstration.staff import AGENTS
from app.domain.dossiers.ranks import Rank
from app.domain.dossiers.states import OPEN
from app.domain.procedures import journey
from app.languages import OFFERED
from app.services.access.passwords import hash_password
from app.services.review.dossier_view import case_of
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
from tests.clients import PageClient
from tests.crawl import UNLINKED, crawl, endpoint
from tests.factories import PASSWORD
from tests.fixtures import Clock
from tests.web.agent_pages import enter

BUDGET = 14_000  # bytes of HTML and CSS, as they are sent
pytestmark = [
    pytest.mark.engines("sqlite"),
    pytest.mark.slow,
    pytest.mark.timeout(600),
]  # some hundred pages, each checked whole


@pytest.fixture
def seeded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The demonstration, everybody with the password of the tests."""
    for place in ("people", "staff"):
        monkeypatch.setattr(
            f"app.demonstration.{place}.hash_password", lambda password: hash_password(PASSWORD)
        )
    demonstration.seed(app)
    return app


@pytest.fixture
def shown(seeded: Flask, clock: Clock) -> Flask:
    """The demonstration, its letters and papers made."""
    while jobs.run_once(seeded, clock()):
        pass
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


def test_the_longest_pages_are_light_in_every_language(
    seeded: Flask, visitor: Callable[[], PageClient]
) -> None:
    """Cyrillic and Arabic letters weigh more than Latin ones; a draft with half of its documents is the longest page."""
    theme = next(Path(seeded.extensions["settings"].static_dir).glob("theme.*.br")).stat().st_size
    person = visitor().sign_in(Account.get(Account.foreign_number == "9920000101"))
    for code in OFFERED:
        for step in ("justificatifs", "informations-personnelles", "recapitulatif"):
            assert person.get(f"/{code}/demande/etudiant/{step}").status_code in (200, 303)
            assert person.sent + theme <= BUDGET, f"{code}, {step}: {person.sent} + {theme}"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_link_leads_to_a_sound_and_light_page(
    shown: Flask, visitor: Callable[[], PageClient], clock: Clock, language: str
) -> None:
    theme = next(Path(shown.extensions["settings"].static_dir).glob("theme.*.br")).stat().st_size
    visited: set[str] = set()
    papers: set[str] = set()  # public ones are printed anew for everybody, and are the same for all
    for start, client in browsers(shown, visitor, clock):
        before = contents()

        def fetch(address: str, client: PageClient = client) -> str:
            if address.endswith(".pdf") and AUDIENCE[endpoint(shown, address)] is Audience.PUBLIC:
                if address in papers:
                    return ""
                papers.add(address)
            answer = client.get(address, headers={"Accept-Language": language})
            assert answer.status_code in (200, 302, 303), f"{address}: {answer.status_code}"
            if answer.status_code != 200:
                return f'<a href="{urlsplit(answer.location).path}">'
            if answer.mimetype != "text/html":
                return ""
            if not address.startswith((f"/{language}/agents", f"/{language}/administration")):
                assert client.sent + theme <= BUDGET, f"{address} is too heavy"
            return answer.text

        reached = crawl(f"/{language}{start}", language, fetch, also=with_certificate(language, client))
        visited |= {endpoint(shown, address) for address in reached}
        assert contents() == before, "opening pages wrote something"
    pages = {
        rule.endpoint
        for rule in shown.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and AUDIENCE[rule.endpoint] is not Audience.DEMONSTRATION
    }
    assert pages - UNLINKED <= visited, f"no link leads to {sorted(pages - UNLINKED - visited)}"
    assert not UNLINKED & visited - {"demande.begin", "suivi.file"}, "linked after all: take it off the list"
