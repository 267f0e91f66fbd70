"""The journey in WebKit, the engine of every iPhone, and in Firefox, as they are and without what old ones lack."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.demonstration.people import PASSWORD as DEMO_PASSWORD
from app.domain.journeys.questions import Case, Kind, as_list
from tests.answers import ANSWERS
from tests.e2e.old_engines import COOKIE, deleting
from tests.e2e.pages import photo
from tests.e2e.test_line import code_for, create_account, file_application
from tests.factories import PASSWORD
from tests.generated import forms
from tests.on_offer import STUDENT_RENEWAL
from tests.servers.firefox import firefox
from tests.servers.webkit import webkit
from tests.servers.windows import Window
from tests.waiting import until

Opened = Callable[[], AbstractContextManager[Window]]
ENGINES: dict[str, Opened] = {"WebKit": webkit, "Firefox": firefox}
JOURNEYS = [(webkit, ""), (webkit, "iOS-12"), (firefox, ""), (firefox, "iOS-12")]
_numbers = count()


@pytest.fixture
def picture() -> Iterator[str]:
    """A photo that a browser of another user may read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        picture = Path(folder) / "IMG_0001.jpg"
        picture.write_bytes(photo().read_bytes())
        picture.chmod(0o644)
        yield str(picture)


def lower(window: Window, address: str, lacking: str) -> None:
    """Open a page, and take features away from the scripts of those that follow."""
    window.open(f"{address}/fr/aide")
    window.run("document.cookie = arguments[0]", f"{COOKIE}={lacking}; path=/")


@pytest.mark.parametrize("browser_name", ENGINES)
def test_a_photo_reaches_a_draft_from_an_old_telephone(live, picture, browser_name):
    """What the smallest run has time for; the whole journey is below."""
    with ENGINES[browser_name]() as window:
        lower(window, live.address, "iOS-12")
        window.open(f"{live.address}/fr/compte/connexion")
        window.type("#identifier", "9920000101")
        window.type("#password", DEMO_PASSWORD)
        window.click("form#form button.button")
        arrive(window, "/fr/suivi/")
        window.open(f"{live.address}/fr/demande/etudiant/justificatifs")
        assert window.run("return typeof HTMLFormElement.prototype.requestSubmit") == "undefined"
        slot = window.run(
            "return document.querySelector('li:not(.received) form[data-auto]').closest('li').id"
        )
        window.type(f"#{slot} input[type=file]", picture)
        window.see(f"#{slot}.received")


@pytest.mark.every_screen
def test_the_journey_in_chromium_without_what_chrome_80_lacks(telephone, live, mail_box):
    visit = telephone()
    visit.page.context.add_init_script(deleting("Chrome-80"))
    create_account(visit, live.newcomer(), mail_box)
    file_application(visit, f"MOTEUR{next(_numbers):016d}")


@pytest.mark.every_screen
@pytest.mark.parametrize(("opened", "lacking"), JOURNEYS)
def test_from_the_account_to_the_confirmation(live, mail_box, picture, opened, lacking):
    person, code = live.newcomer(), f"MOTEUR{next(_numbers):016d}"
    with opened() as window:
        if lacking:
            lower(window, live.address, lacking)
        window.open(f"{live.address}/fr/compte/creer")
        window.type("#number", person["foreign_number"])
        for key in ("valid_from", "valid_until"):
            type_day(window, key, person[key])
        window.click("#form button.button")
        address = f"w{person['foreign_number']}@exemple.fr"
        window.type("#email", address)
        window.click("#form button.button")
        window.type("#code", code_for(address, mail_box))
        window.click("#form button.button")
        window.type("#password", PASSWORD)
        window.click("#form button.button")
        arrive(window, "/fr/suivi/")
        window.open(f"{live.address}/fr/demande/etudiant")
        for step in forms(STUDENT_RENEWAL):
            arrive(window, f"/fr/demande/etudiant/{step.slug}")
            for question in step.asked(ANSWERS):
                answer(window, question.key, question.kind, ANSWERS.get(question.key))
            window.click("form .actions button.button")
        arrive(window, "/fr/demande/etudiant/justificatifs")
        window.type("#code", code)
        window.click("#code ~ button, form:has(#code) button.button")
        window.see("#code-state")
        for document in STUDENT_RENEWAL.needed(Case(ANSWERS)):
            window.type(f"#{document.key} input[type=file]", picture)
            window.see(f"#{document.key}.received")
        window.open(f"{live.address}/fr/demande/etudiant/recapitulatif")
        window.click("#sworn")
        window.click("form:has(#sworn) button.button")
        until(lambda: "/demande/confirmation/" in window.place())


def arrive(window: Window, path: str) -> None:
    """Wait for a page."""
    until(lambda: urlsplit(window.place()).path == path)


def type_day(window: Window, key: str, day: str) -> None:
    """A date in its three boxes."""
    for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
        window.type(f"#{key}-{part}", text)


def answer(window: Window, key: str, kind: Kind, value: object) -> None:
    """Answer a question."""
    if value in (None, "", []):
        return
    if kind is Kind.DATE:
        type_day(window, key, str(value))
    elif kind in (Kind.CHOICE, Kind.CHOICES):
        for chosen in as_list(value):
            window.click(f'input[name="{key}"][value="{chosen}"]')
    elif kind in (Kind.SELECT, Kind.COMMUNE):
        window.see(f"select#{key}")
        window.run("document.getElementById(arguments[0]).value = arguments[1]", key, value)
    else:
        text = str(int(str(value)) // 100) if kind is Kind.MONEY else str(value)
        window.run("document.getElementById(arguments[0]).value = ''", key)
        window.type(f"#{key}", text)
