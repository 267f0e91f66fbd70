"""A person at their browser: pages found by role and translated name, audited on the way."""

import random
import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.support import NullTranslations, Translations
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfWriter

from app.domain.journeys.journey import Journey, Step
from app.domain.journeys.questions import Case, Kind, as_list
from app.settings import ROOT
from tests.answers import ANSWERS
from tests.e2e.audits import audit
from tests.factories import PASSWORD

COMMUNES = {"69383": "Lyon 3e", "75117": "Paris 17e"}
CSP = re.compile("Content Security Policy", re.IGNORECASE)


@cache
def catalogue(language: str) -> NullTranslations:
    """The sentences of a language, from the catalogue that the pages use."""
    return (
        Translations.load(str(ROOT / "translations"), [language]) if language != "fr" else NullTranslations()
    )


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="guichet-files-")


def on_disk(name: str, content: bytes) -> Path:
    """Write a file that a browser is given; by its path, or each of its bytes would go through the driver as text."""
    path = Path(_folder().name, name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


@cache
def photo() -> Path:
    """A photo of a page, as a telephone sends it."""
    out = BytesIO()
    Image.effect_noise((1200, 1600), 30).convert("RGB").save(out, "JPEG", quality=70)
    return on_disk("IMG_0001.jpg", out.getvalue())


@cache
def dark_photo() -> Path:
    """A photo taken in the dark."""
    out = BytesIO()
    Image.effect_noise((1200, 1600), 10).point(lambda light: light // 4).save(out, "JPEG", quality=70)
    return on_disk("IMG_0002.jpg", out.getvalue())


@cache
def paper(weight: int = 0) -> Path:
    """A PDF of two pages, of at least so many bytes."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_metadata({"/Keywords": random.Random(1).randbytes(weight // 2).hex()})
    for _ in range(2):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return on_disk(f"{weight}/releve.pdf", out.getvalue())


@dataclass
class Visit:
    """One person in one language, with scripts or without."""

    page: Page
    language: str
    scripts: bool

    def say(self, sentence: str, **values: object) -> str:
        """A sentence of the service in this person's language, with its spaces as a browser compares them."""
        words = catalogue(self.language).gettext(sentence)
        return words % values if values else words

    def open(self, path: str) -> None:
        """Go to an address of this language."""
        self.page.goto(f"/{self.language}{path}")
        self.audit()

    def press(self, sentence: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=self.say(sentence)).first.click()

    def follow(self, sentence: str) -> None:
        """Follow a link, and arrive: what is looked at next is the page behind it."""
        self.arrive(self.page.get_by_role("link", name=self.say(sentence)).first)

    def arrive(self, link: Locator) -> None:
        """Follow this link, and arrive."""
        with self.page.expect_navigation():
            link.click()

    def sees(self, sentence: str, **values: object) -> None:
        """Wait for a heading."""
        expect(self.page.get_by_role("heading", name=self.say(sentence, **values)).first).to_be_visible()

    def reads(self, text: str) -> None:
        """Wait for words on the page."""
        expect(self.page.locator("main")).to_contain_text(text)

    def audit(self) -> None:
        """No accessibility finding, nothing wider than the screen. axe hangs where scripts are off."""
        if self.scripts:
            audit(self.page)

    def fill_day(self, key: str, day: str) -> None:
        """A date in its three boxes."""
        for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
            self.page.locator(f"#{key}-{part}").fill(text)

    def fill(self, step: Step, answers: dict[str, object] | None = None) -> None:
        """Answer a step as the example person does."""
        given = answers or ANSWERS
        for question in step.asked(given):
            self._answer(question.key, question.kind, given.get(question.key))

    def _answer(self, key: str, kind: Kind, value: object) -> None:
        if value in (None, "", []):
            return
        if kind is Kind.DATE:
            self.fill_day(key, str(value))
        elif kind in (Kind.CHOICE, Kind.CHOICES):
            for one in as_list(value):
                self.page.locator(f'input[name="{key}"][value="{one}"]').check()
        elif kind is Kind.SELECT:
            self.page.locator(f"#{key}").select_option(str(value))
        elif kind is Kind.COMMUNE:
            self._commune(str(value))
        else:
            text = str(int(str(value)) // 100) if kind is Kind.MONEY else str(value)
            self.page.locator(f"#{key}").fill(text)

    def _commune(self, code: str) -> None:
        """A list once the postcode is known to the page, a free text before or without scripts."""
        if self.scripts:
            self.page.locator("#postcode").blur()
            self.page.locator("select#commune").select_option(code)
        elif self.page.locator("select#commune").count():
            if not self.page.locator(f'select#commune option[value="{code}"]').count():
                # The list of another postcode: the service says so, and gives the right one.
                self.press("Enregistrer et continuer")
                expect(self.page.locator("#commune-error")).to_be_visible()
            self.page.locator("select#commune").select_option(code)
        else:
            self.page.locator("#commune").fill(COMMUNES[code])

    def next_step(self) -> None:
        """Save and continue."""
        self.audit()
        self.press("Enregistrer et continuer")

    def attach(self, slot: str, file: Path) -> None:
        """Give a file for a document and wait until it is there."""
        item: Locator = self.page.locator(f"#{slot}")
        self.await_upload(item)
        item.locator('input[type="file"]').first.set_input_files(file)
        if not self.scripts:
            item.get_by_role("button", name=self.say("Envoyer")).first.click()
        expect(self.page.locator(f"#{slot}.received")).to_be_visible()

    def await_upload(self, item: Locator) -> None:
        """Wait until the script listens to a slot put into the page: htmx says so 20 ms after the swap."""
        if self.scripts:
            expect(item.locator("form[data-auto]").first.locator("button").first).to_be_hidden()

    def give_documents(self, journey: Journey, answers: dict[str, object]) -> None:
        """Every document asked of somebody with these answers, photos and PDFs in turn."""
        for place, document in enumerate(journey.needed(Case(answers))):
            self.attach(document.key, paper() if place % 3 == 2 else photo())

    def give_photo_code(self, code: str) -> None:
        """The e-photo code."""
        self.page.locator("#code").fill(code)
        self.press("Vérifier le code")
        expect(self.page.locator("#code-state")).to_be_visible()

    def sign_in(self, identifier: str, password: str = PASSWORD) -> None:
        """Through the door."""
        self.open("/compte/connexion")
        self.page.locator("#identifier").fill(identifier)
        self.page.locator("#password").fill(password)
        self.page.locator("form#form").get_by_role("button", name=self.say("Se connecter")).click()
        self.page.wait_for_url("**/suivi/")
