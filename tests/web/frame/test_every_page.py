"""Every page of the demonstration, followed link by link: sound, light, whole in each language, and writing nothing."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from flask import Flask

from app import demonstration, jobs
from app.demonstration.people import APPLICANTS
from app.demonstration.staff import AGENTS
from app.domain.dossiers.ranks import Rank
from app.domain.dossiers.states import OPEN
from app.domain.procedures import journey
from app.services.review.dossier_view import case_of
from app.storage.models import TABLES, Account, Agent, AuditRecord, Dossier
from app.storage.models.dossiers import in_states
from app.web.audiences import AUDIENCE, Audience
from tests import factories
from tests.clients import PageClient
from tests.crawl import UNLINKED, crawl, endpoint
from tests.fixtures import Clock
from tests.web.agent_pages import enter

BUDGET = 14_000  # bytes of HTML and CSS, compressed
pytestmark = [
    pytest.mark.engines("sqlite"),
    pytest.mark.timeout(600),
]  # some hundred pages, each checked whole


@pytest.fixture
def shown(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The demonstration, its passwords cheap to make, its letters and papers made."""
    digest = factories.account().password_hash
    Account.delete().execute()
    for place in ("people", "staff"):
        monkeypatch.setattr(f"app.demonstration.{place}.hash_password", lambda password: digest)
    demonstration.seed(app)
    while jobs.run_once(app, clock()):
        pass
    return app


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


def contents() -> dict[str, int]:
    """How many rows each table has, but for the record of who read what: the one write of a GET."""
    return {table.__name__: table.select().count() for table in TABLES if table is not AuditRecord}


def test_no_open_application_of_the_demonstration_lacks_its_legal_answer(shown: Flask) -> None:
    silent = [
        one.reference
        for one in Dossier.select().where(in_states(OPEN))
        if journey(one.journey, one.journey_version).answer_within(case_of(one))
        and one.legal_answer_on is None
    ]
    assert silent == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_link_leads_to_a_sound_and_light_page(
    shown: Flask, visitor: Callable[[], PageClient], clock: Clock, lang: str
) -> None:
    theme = next(Path(shown.extensions["settings"].static_dir).glob("theme.*.br")).stat().st_size
    visited: set[str] = set()
    for start, client in browsers(shown, visitor, clock):
        before = contents()

        def fetch(address: str, client: PageClient = client) -> str:
            answer = client.get(address, headers={"Accept-Language": lang})
            assert answer.status_code in (200, 302, 303), f"{address}: {answer.status_code}"
            if answer.status_code != 200:
                return f'<a href="{urlsplit(answer.location).path}">'
            if answer.mimetype != "text/html":
                return ""
            if not address.startswith((f"/{lang}/agents", f"/{lang}/administration")):
                assert len(brotli.compress(answer.data)) + theme <= BUDGET, f"{address} is too heavy"
            return answer.text

        reached = crawl(f"/{lang}{start}", lang, fetch)
        visited |= {endpoint(shown, address) for address in reached}
        assert contents() == before, "opening pages wrote something"
    pages = {
        rule.endpoint
        for rule in shown.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and AUDIENCE[rule.endpoint] is not Audience.DEMONSTRATION
    }
    assert pages - UNLINKED <= visited, f"no link leads to {sorted(pages - UNLINKED - visited)}"
    assert not UNLINKED & visited - {"demande.begin", "suivi.file"}, "linked after all: take it off the list"
