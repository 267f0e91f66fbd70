"""Show translators where each sentence stands: ``python -m tooling.translation_pictures [LANGUAGE]``.

Goes through the pages of a demonstration made for it, as a stranger and as each of its people, forms refused for
want of answers and for wrong ones included, and takes a picture of every page that shows a sentence not seen yet.
What no page shows (letters, text messages, cases that the demonstration has not) is taken from sheets of its file.
`var/translations/index.html` leads from the key of an entry (which `--export` and `/dev/phrases` name, too) to its
page, the sentence outlined.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

import pyotp
from babel.messages.catalog import Catalog
from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from app.demonstration.people import APPLICANTS, PASSWORD
from app.demonstration.staff import AGENTS, TOTP_SECRET
from app.languages import SOURCE, language_of
from app.web.localisation.catalogues import forms
from app.web.localisation.named import COOKIE
from tests.crawl import crawl, shape
from tests.servers.chromium import FLAGS, program
from tooling.catalogues import files
from tooling.catalogues.exchange import key
from tooling.catalogues.extraction import extract, of_agents
from tooling.parts import ROOT
from tooling.pictures.demonstration import demonstration
from tooling.translation_sheets import Sheet, sheets

FOLDER = ROOT / "var" / "translations"
WIDTH, HEIGHT = 900, 700
_ENTRY = re.compile(r'data-entry="(\w+)"')
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_NO_PAGE = re.compile(r"\.(pdf|ics|csv|zip|jpg|png)$|/fichiers/|/pieces/|deconnexion")
# Where each named sentence stands on the page: those that are not shown have no size.
_BOXES = """() => [...document.querySelectorAll('[data-entry]')].map(e => {
  const box = e.getBoundingClientRect();
  return [e.dataset.entry, box.x + scrollX, box.y + scrollY, box.width, box.height];
}).filter(box => box[3] && box[4])"""
_OPEN = "() => document.querySelectorAll('main details').forEach(e => e.open = true)"
_ASKING = "main form:has([name=csrf_token]):has(input:not([type=hidden]), select, textarea)"
_SEND = "form => HTMLFormElement.prototype.submit.call(form)"
# Answers that no question takes: letters where figures are due, a day long past, an amount below nothing, too many words.
_FILL_WRONGLY = """form => [...form.elements].forEach(field => {
  if (['hidden', 'file', 'submit'].includes(field.type) || field.name === 'csrf_token') return;
  if (['checkbox', 'radio'].includes(field.type)) field.checked = true;
  else if (field.tagName === 'SELECT') field.selectedIndex = field.length - 1;
  else if (field.tagName === 'TEXTAREA') field.value = 'é€ '.repeat(4000);
  else if (/day$/.test(field.name)) field.value = '31';
  else if (/month$/.test(field.name)) field.value = '2';
  else if (/year$/.test(field.name)) field.value = '1899';
  else field.value = '-é€';
})"""
MOST_FORMS = 4  # of a page that are sent
STYLE = """body{font:16px/1.5 system-ui;margin:1rem;max-width:70rem}td{vertical-align:top;padding:.2rem .8rem .2rem 0}
figure{position:relative;margin:0;display:inline-block}figure img{display:block;border:1px solid #999}
figure a{position:absolute;outline:1px solid #0063cb66}figure a:target{outline:4px solid #c9191e;scroll-margin:40vh}"""


@dataclass
class Picture:
    """A page as it was seen: its file, its address, and where the sentences that it is the first to show stand."""

    name: str
    path: str
    boxes: dict[str, tuple[float, ...]]


@dataclass
class Walk:
    """A way through the pages, person after person, and the pictures taken on it."""

    address: str
    language: str
    page: Page
    pictures: list[Picture] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    asking: list[str] = field(default_factory=list)  # pages with a form, of the present person
    refused: set[str] = field(default_factory=set)  # shapes of those sent without answers

    @property
    def context(self) -> BrowserContext:
        """The cookies of the person."""
        return self.page.context

    def begin(self) -> None:
        """Become a stranger; sentences say their keys."""
        self.context.clear_cookies()
        self.context.add_cookies([{"name": COOKIE, "value": "1", "url": self.address}])
        self.asking.clear()

    def enter(self, path: str, **answers: str) -> None:
        """Open a form and send it."""
        where = f"{self.address}/{self.language}{path}"
        token = _TOKEN.search(self.context.request.get(where).text())
        form: dict[str, str | float | bool] = {"csrf_token": token[1] if token else "", **answers}
        self.context.request.post(where, form=form, max_redirects=0)

    def walk(self, start: str) -> None:
        """Go through every page that links lead to, then send each form without its answers."""
        crawl(f"/{self.language}{start}", self.language, self.fetch, of_each=1)
        for path in self.asking:
            self.refuse(path)

    def fetch(self, path: str) -> str:
        """Return the text of a page, its picture taken if it shows a new sentence; "" for what is no page."""
        if _NO_PAGE.search(path.partition("?")[0]):
            return ""
        answer = self.context.request.get(f"{self.address}{path}")
        if "text/html" not in answer.headers.get("content-type", ""):
            return ""
        text = answer.text()
        if "<form" in text and shape(path) not in self.refused:
            self.refused.add(shape(path))
            self.asking.append(path)
        if set(_ENTRY.findall(text)) - self.seen:
            self.page.goto(f"{self.address}{path}")
            self.take(path)
        return text

    def refuse(self, path: str) -> None:
        """Send the forms of a page, without answers and with wrong ones, and take the pictures of what it says."""
        for number in range(MOST_FORMS):
            for filling, why in (("", "réponses manquantes"), (_FILL_WRONGLY, "réponses fausses")):
                if filling and "/connexion" in path:
                    continue  # too many wrong passwords would keep everybody out
                self.page.goto(f"{self.address}{path}")
                asking = self.page.locator(_ASKING)
                if asking.count() <= number:
                    return
                if filling:
                    asking.nth(number).evaluate(filling)
                with suppress(PlaywrightTimeout), self.page.expect_navigation(timeout=10_000):
                    asking.nth(number).evaluate(_SEND)
                self.take(f"{path} ({why})")

    def show(self, sheet: Sheet) -> None:
        """Take the picture of a sheet; from an empty page, as one of the service would refuse its style."""
        self.page.goto("about:blank")
        self.page.set_content(sheet.html)
        self.take(sheet.title)

    def take(self, path: str) -> None:
        """Take the picture of the page in the window, if it shows a sentence not seen yet."""
        self.page.evaluate(_OPEN)
        boxes: dict[str, tuple[float, ...]] = {}
        for entry, *box in self.page.evaluate(_BOXES):
            if entry not in self.seen:
                boxes.setdefault(entry, tuple(box))
        if boxes:
            name = f"{len(self.pictures):03d}.jpg"
            self.page.screenshot(path=FOLDER / name, full_page=True, type="jpeg", quality=45)
            self.pictures.append(Picture(name, path, boxes))
            self.seen |= boxes.keys()


def main() -> int:
    """Take the pictures; the pages that show them are written after each person, so that a walk cut short is of use."""
    language = (sys.argv[1:] or [SOURCE])[0]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    wanted = extract()
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        walk = Walk(address, language, browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}))
        for start in everybody(walk):
            walk.walk(start)
            tell(wanted, walk)
        spoken = language_of(language)
        kept = None if spoken.of_source else files.read(files.path_of(language))
        for sheet in sheets(wanted, kept, walk.seen, spoken.tag, spoken.direction):
            walk.show(sheet)
        tell(wanted, walk)
        browser.close()
    return 0


def tell(wanted: Catalog, walk: Walk) -> None:
    """Write what was taken until now, and say how much it is."""
    write(wanted, walk.pictures)
    known = {key(message) for message in wanted if message.id}
    found = f"{len(walk.seen & known)} of {len(known)} entries in {len(walk.pictures)} pictures"
    print(f"{FOLDER.relative_to(ROOT)}/index.html: {found}", flush=True)


def everybody(walk: Walk) -> Iterator[str]:
    """Sign in as a stranger, as each applicant, as one of each rank of agents; yield where each begins."""
    walk.begin()
    yield "/"
    for person in APPLICANTS:
        if not person.without_account:
            walk.begin()
            walk.enter("/compte/connexion", identifier=person.number, password=PASSWORD)
            yield "/suivi/"
    for member in {member.rank: member for member in AGENTS}.values():
        walk.begin()
        walk.enter("/agents/connexion", email=member.email, password=PASSWORD)
        walk.enter("/agents/code", code=pyotp.TOTP(TOTP_SECRET).at(datetime.now(UTC)))
        yield "/administration/" if member.rank == "administrator" else "/agents/"


def write(wanted: Catalog, pictures: list[Picture]) -> None:
    """Write a page for each picture, and the index."""
    for picture in pictures:
        (FOLDER / f"{picture.name}.html").write_text(page_of(picture), encoding="utf-8")
    (FOLDER / "index.html").write_text("\n".join(index(wanted, pictures)), encoding="utf-8")


def document(title: str, body: str) -> str:
    """Return a page of HTML."""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}<h1>{escape(title)}</h1>{body}</html>'


def page_of(picture: Picture) -> str:
    """Return the page of a picture: the sentence that its address names (#key) is outlined."""
    boxes = "".join(
        f'<a id="{entry}" href="index.html#{entry}" title="{entry}" '
        f'style="left:{x:.0f}px;top:{y:.0f}px;width:{width:.0f}px;height:{height:.0f}px"></a>'
        for entry, (x, y, width, height) in picture.boxes.items()
    )
    return document(
        picture.path, f'<figure><img src="{picture.name}" width="{WIDTH}" alt="">{boxes}</figure>'
    )


def index(wanted: Catalog, pictures: list[Picture]) -> Iterator[str]:
    """Yield the page that leads from each entry to its picture; without one, it says where the sentence is seen."""
    places = {entry: picture for picture in pictures for entry in picture.boxes}
    rows = []
    for message in wanted:
        if not message.id:
            continue
        entry = key(message)
        found = places.get(entry)
        seen = f'<a href="{found.name}.html#{entry}">{escape(found.path)}</a>' if found else "no picture"
        about = "<br>".join(map(escape, message.auto_comments))
        words = "<br>".join(map(escape, forms(message.id)))
        reader = "agents" if of_agents(message) else ""
        rows.append(
            f'<tr id="{entry}"><td><code>{entry}</code><td lang="fr">{words}<td>{about}<td>{reader}<td>{seen}'
        )
    yield document("Sentences", f"<table>{chr(10).join(rows)}</table>")


if __name__ == "__main__":
    sys.exit(main())
