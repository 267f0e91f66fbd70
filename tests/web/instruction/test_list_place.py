"""A dossier keeps the list that it was opened from: the way back, its neighbours, the next one after an act."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from app.storage.models import Dossier
from tests import factories
from tests.clients import PageClient
from tests.web.agent_pages import QUEUE, act, address, targets

FILTERED = f"{QUEUE}?vue=a-prendre&motif=etudiant"


@pytest.fixture
def ordered(dossier: Dossier) -> list[Dossier]:
    """Three dossiers of a list, in its order."""
    rows = [dossier, factories.filed(), factories.filed()]
    return sorted(rows, key=lambda row: (row.rights_end, row.filed_on, row.id))


def opened(desk: PageClient, dossier: Dossier) -> str:
    """The address under which the filtered list offers a dossier."""
    return next(link for link in targets(desk.get(FILTERED).text) if f"{dossier.reference}?" in link)


def neighbour(page: str, rel: str) -> str:
    """The reference of the dossier before ("prev") or after ("next"), empty without one."""
    found = re.search(rf'rel="{rel}" href="[^"]*/([\d-]+)\?liste=[^"&]*&amp;place=[^"&]*"', page)
    return found[1] if found else ""


def test_back_to_the_list_and_on_to_its_neighbours(desk: PageClient, ordered: list[Dossier]) -> None:
    first, middle, last = ordered
    page = desk.get(opened(desk, middle)).text
    (back,) = [link for link in targets(page) if link.startswith(f"{QUEUE}?vue=")]
    assert parse_qs(urlsplit(back).query) == {"vue": ["a-prendre"], "motif": ["etudiant"]}
    assert urlsplit(back).fragment == f"dossier-{middle.id}"
    assert (neighbour(page, "prev"), neighbour(page, "next")) == (first.reference, last.reference)
    page = desk.get(next(link for link in targets(page) if f"{last.reference}?" in link)).text
    assert (neighbour(page, "prev"), neighbour(page, "next")) == (middle.reference, "")


def test_every_link_about_the_dossier_carries_the_list(desk: PageClient, dossier: Dossier) -> None:
    about = [
        link for link in targets(desk.get(opened(desk, dossier)).text) if f"/{dossier.reference}" in link
    ]
    assert len(about) > 10
    assert [link for link in about if link.startswith("/fr") and "liste=" not in link] == []


def test_after_an_act_the_next_dossier_is_offered(desk: PageClient, ordered: list[Dossier]) -> None:
    first, second, _last = ordered
    answer = act(desk, first, "take", query=urlsplit(opened(desk, first)).query)
    page = desk.get(answer.headers["Location"]).text
    assert second.reference in page.split('role="status"')[1].split("</div>")[0]


@pytest.mark.parametrize(
    "wrong", ["liste=https://evil.example/", "liste=vue%3D//evil", "place=1_2_3", "place=x", "liste=%00"]
)
def test_no_other_page_can_be_named(desk: PageClient, dossier: Dossier, wrong: str) -> None:
    answer = desk.get(f"{address(dossier)}?{wrong}")
    assert answer.status_code == 200
    assert [link for link in targets(answer.text) if re.search("evil", "".join(urlsplit(link)[1:3]))] == []
