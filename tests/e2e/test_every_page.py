"""Every page of the demonstration in a browser, followed link by link: axe finds nothing, nothing is too wide."""

from collections.abc import Callable

import pytest

from app.demonstration.people import APPLICANTS, PASSWORD
from app.demonstration.staff import AGENTS
from tests.crawl import crawl
from tests.e2e.pages import Visit
from tests.e2e.test_line import agent_enters

PUBLIC = ("/", "/aide", "/titre", "/verifier", "/compte", "/orientation")
OWN = ("/suivi", "/demande", "/attestations")


def walk(visit: Visit, start: str, sections: tuple[str, ...], of_each: int = 1) -> set[str]:
    """Audit every page of these sections that links lead to."""

    def fetch(address: str) -> str:
        path = address.removeprefix(f"/{visit.language}")
        if path != "/" and not path.startswith(tuple(s for s in sections if s != "/")):
            return ""
        if path.endswith((".pdf", ".ics", ".csv")) or "/fichiers/" in path or "/pieces/" in path:
            return ""
        answer = visit.page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        visit.audit()
        audited.add(address)
        return visit.page.content()

    audited: set[str] = set()
    crawl(f"/{visit.language}{start}", visit.language, fetch, of_each)
    return audited


@pytest.fixture(params=[("fr", 320, "light"), ("en", 1280, "dark")], ids=["fr-320", "en-1280-dark"])
def open_one(request: pytest.FixtureRequest, telephone: Callable[..., Visit]) -> Callable[[], Visit]:
    """Opens a browser of one language, width and colour scheme."""
    language, width, scheme = request.param

    def opened() -> Visit:
        visit = telephone(language, width=width)
        visit.page.emulate_media(color_scheme=scheme)
        return visit

    return opened


def test_public_pages(open_one: Callable[[], Visit]) -> None:
    assert len(walk(open_one(), "/", PUBLIC)) > 12


@pytest.mark.parametrize("one", [a for a in APPLICANTS if not a.without_account], ids=lambda one: one.note)
def test_pages_of_an_applicant(open_one: Callable[[], Visit], one) -> None:
    visit = open_one()
    visit.sign_in(one.number, PASSWORD)
    assert len(walk(visit, "/suivi/", OWN)) > 3


def test_pages_of_an_agent(open_one: Callable[[], Visit], live) -> None:
    visit = open_one()
    agent_enters(visit, live, AGENTS[0].email)
    assert len(walk(visit, "/agents/", ("/agents",), of_each=4)) > 9


def test_pages_of_a_supervisor(open_one: Callable[[], Visit], live) -> None:
    visit = open_one()
    agent_enters(visit, live, next(one.email for one in AGENTS if one.rank == "supervisor"))
    seen = walk(visit, "/agents/", ("/agents",))
    assert f"/{visit.language}/agents/chiffres" in seen
