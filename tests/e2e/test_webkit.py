"""The journey in WebKit, the engine of every iPhone: account, six steps, documents, filing."""

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.domain.journeys.questions import Case, Kind, as_list
from tests.answers import ANSWERS
from tests.e2e.pages import photo
from tests.e2e.test_line import code_for
from tests.factories import PASSWORD
from tests.generated import forms
from tests.on_offer import STUDENT_RENEWAL
from tests.servers.webkit import WebKit, webkit
from tests.waiting import until

pytestmark = [pytest.mark.every_screen, pytest.mark.timeout(600)]


@pytest.mark.timeout(600)
def test_from_the_account_to_the_confirmation(live, mail_box):
    person, code = live.newcomer(), "LIGNE" + "8".rjust(17, "0")
    with webkit() as window, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        picture = Path(folder) / "IMG_0001.jpg"
        picture.write_bytes(photo()["buffer"])
        picture.chmod(0o644)
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
            window.type(f"#{document.key} input[type=file]", str(picture))
            window.see(f"#{document.key}.received")
        window.open(f"{live.address}/fr/demande/etudiant/recapitulatif")
        window.click("#sworn")
        window.click("form:has(#sworn) button.button")
        until(lambda: "/demande/confirmation/" in window.place())


def arrive(window: WebKit, path: str) -> None:
    """Wait for a page."""
    until(lambda: urlsplit(window.place()).path == path)


def type_day(window: WebKit, key: str, day: str) -> None:
    """A date in its three boxes."""
    for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
        window.type(f"#{key}-{part}", text)


def answer(window: WebKit, key: str, kind: Kind, value: object) -> None:
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
