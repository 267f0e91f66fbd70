"""Pages for those who judge the service or are shown its papers."""

from collections.abc import Callable

import pytest

from app.domain.help.council import ORDERS
from app.domain.rules.rights import SHOWN_TO_OTHERS
from tests.clients import PageClient
from tests.web.public.test_aide import LANGUAGES, shown

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def browser(visitor: Callable[[], PageClient]) -> PageClient:
    return visitor()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_order_of_the_council_of_state_has_its_place_here(browser: PageClient, lang: str) -> None:
    page = browser.get(f"/{lang}/aide/conseil-d-etat").text
    for part in page.split('<section class="ruled">')[1 : len(ORDERS) + 1]:
        assert f'<a href="/{lang}/' in part, "a place, not a promise"
    assert len(ORDERS) == 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_says_to_others_how_to_recognise_a_certificate(browser: PageClient, lang: str) -> None:
    page = shown(browser.get(f"/{lang}/aide/reconnaitre").text)
    assert "L.5221-8" in page, "what an employer owes besides"
    assert f"/{lang}/verifier" in page
    assert page.count({"fr": "Travail :", "en": "Work:"}[lang]) == len(SHOWN_TO_OTHERS)
    assert f'href="/{lang}/aide/reconnaitre"' in browser.get(f"/{lang}/verifier").text
