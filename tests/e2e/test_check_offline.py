"""A certificate checked on a telephone: by its QR code, with network, without it, forged, and revoked since."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.demonstration.people import PASSWORD
from tests.e2e.conftest import Live
from tests.e2e.pages import Visit

LANGUAGES = ("fr", "en")
GENUINE = {"fr": "Cette attestation est authentique", "en": "This certificate is genuine"}
OFFLINE = {"fr": "Ce code QR est authentique", "en": "This QR code is genuine"}
FORGED = {
    "fr": "La signature de ce code QR n’est pas la nôtre",
    "en": "The signature of this QR code is not ours",
}


@pytest.fixture
def scanned(telephone: Callable[..., Visit], live: Live) -> str:
    """The statement that a certificate's QR code holds, read on its holder's page."""
    visit = telephone()
    visit.sign_in("9920000103", PASSWORD)
    page = visit.page
    page.goto("/fr/suivi/")
    page.goto(page.locator("a[href*='/attestations/']").first.get_attribute("href"))
    return urlsplit(page.locator(".proof a").get_attribute("href")).fragment


def rows(page: Page) -> list[str]:
    """The rows of the answer."""
    return page.locator("#reponse dl.rows > div").all_inner_texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_without_network_has_the_rows_of_the_service(
    telephone: Callable[..., Visit], scanned: str, language: str
) -> None:
    page = telephone(language).page
    sent = []
    page.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    page.goto(f"/{language}/verifier#{scanned}")
    expect(page.locator("h1")).to_have_text(GENUINE[language])
    online = rows(page)
    assert len(online) == 7
    assert "#" not in page.url, "the history keeps no name"
    assert not [one for one in sent if scanned[40:80] in "".join(one)], (
        "what names a person stays on the device"
    )
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(f"/{language}/verifier#{scanned}")
    expect(page.locator("h1")).to_have_text(OFFLINE[language])
    assert rows(page) == online
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text(GENUINE[language])


def test_a_changed_code_leads_to_the_typed_one(telephone: Callable[..., Visit], scanned: str) -> None:
    page = telephone().page
    place = 60
    changed = scanned[:place] + ("A" if scanned[place] != "A" else "B") + scanned[place + 1 :]
    page.goto(f"/fr/verifier#{changed}")
    expect(page.locator("h1")).to_have_text(FORGED["fr"])
    assert len(page.locator("#code").input_value()) == 9, "filled in, to be compared"
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator("h1")).to_have_text(GENUINE["fr"])


def test_without_scripts_the_code_is_typed(telephone: Callable[..., Visit], scanned: str) -> None:
    page = telephone(scripts=False).page
    page.goto(f"/fr/verifier#{scanned}")
    expect(page.locator("h1")).to_have_text("Vérifier une attestation")
    expect(page.locator("#code")).to_be_visible()


def test_the_language_changes_without_another_scan(telephone: Callable[..., Visit], scanned: str) -> None:
    page = telephone().page
    page.goto(f"/fr/verifier#{scanned}")
    expect(page.locator("h1")).to_have_text(GENUINE["fr"])
    page.locator("details.lang summary").click()
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text(GENUINE["en"])
