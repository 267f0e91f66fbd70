"""Pages kept on the telephone: shown without network, or where something else answers; nothing of others is kept."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.demonstration.people import PASSWORD
from tests.e2e.pages import Visit
from tests.e2e.test_interrupted import somebody  # noqa: F401 – a fixture
from tests.servers.wrong_answers import Between, Way, between

COPY = "voici cette page comme elle était le"
KEPT = """async () => {
  const all = await Promise.all((await caches.keys()).map(async (name) => {
    const store = await caches.open(name);
    return Promise.all((await store.keys()).map(async (one) => (await store.match(one)).text()));
  }));
  return all.flat();
}"""


@pytest.fixture
def passing(telephone, live) -> Iterator[tuple[Page, Between]]:
    """A page of a demonstration's account, opened through what may answer in the place of the service."""
    visit: Visit = telephone()
    with between(int(live.address.rpartition(":")[2])) as line:
        visit.sign_in("9920000103", PASSWORD)
        visit.page.goto(f"http://127.0.0.1:{line.port}/fr/suivi/")
        yield visit.page, line


def test_a_kept_page_opens_without_network_until_signing_out(somebody):  # noqa: F811 – the fixture imported above
    visit, _person = somebody
    page = visit.page
    visit.open("/suivi/")
    visit.press("Garder sur ce téléphone")
    expect(page.get_by_role("button", name="Ne plus la garder")).to_be_visible()
    visit.audit()
    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto("/fr/suivi/")
    expect(page.get_by_text("voici cette page comme elle était le")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/fr/suivi/")
    expect(page.get_by_text("voici cette page comme elle était le")).to_be_hidden()
    visit.press("Se déconnecter")
    page.wait_for_url("**/fr/")
    assert page.evaluate("caches.keys()") == []


@pytest.mark.parametrize("way", ["portal", "error", "half"])
def test_nothing_is_kept_but_the_page_as_the_service_gave_it(passing: tuple[Page, Between], way: Way):
    page, line = passing
    line.way = way
    page.get_by_role("button", name="Garder sur ce téléphone").click()
    expect(page.get_by_text("Cette page n’a pas pu être gardée")).to_be_visible()
    assert page.evaluate(KEPT) == []
    line.way = "through"
    page.get_by_role("button", name="Garder sur ce téléphone").click()
    expect(page.get_by_role("button", name="Ne plus la garder")).to_be_visible()
    kept = page.evaluate(KEPT)
    line.way = way
    page.evaluate("dispatchEvent(new Event('online'))")
    page.reload(wait_until="commit")
    assert page.evaluate(KEPT) == kept


@pytest.mark.parametrize("way", ["error", "silence"])
def test_the_kept_page_is_shown_where_the_service_does_not_answer(passing: tuple[Page, Between], way: Way):
    page, line = passing
    page.get_by_role("button", name="Garder sur ce téléphone").click()
    expect(page.get_by_role("button", name="Ne plus la garder")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    line.way = way
    page.goto("about:blank")
    page.goto(f"http://127.0.0.1:{line.port}/fr/suivi/", timeout=30_000)
    expect(page.get_by_text(COPY)).to_be_visible()
    line.over.set()
    line.way = "through"
    page.goto(f"http://127.0.0.1:{line.port}/fr/suivi/")
    expect(page.get_by_text(COPY)).to_be_hidden()


def test_the_door_of_a_network_is_shown_and_not_kept(passing: tuple[Page, Between]):
    """Somebody has to pass it: the copy would hide it."""
    page, line = passing
    page.get_by_role("button", name="Garder sur ce téléphone").click()
    expect(page.get_by_role("button", name="Ne plus la garder")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    kept = page.evaluate(KEPT)
    line.way = "portal"
    page.goto(f"http://127.0.0.1:{line.port}/fr/suivi/")
    expect(page.get_by_role("heading", name="Acceptez les conditions")).to_be_visible()
    assert page.evaluate(KEPT) == kept
