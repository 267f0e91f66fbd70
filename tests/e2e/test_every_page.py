"""Every page of the demonstration, followed link by link; what differs from page to page is seen in a browser.

Links are followed over HTTP, which costs a twentieth of a browser's visit. The browser then opens one page of each
address of the route table and the fewest that show each kind of element with its longest word and text (`kinds.js`),
each on another screen in turn (`screens.py`): axe finds nothing, nothing is too wide, also with large text.
With `--every-screen` (`make test-browsers`) it opens every page that says something of its own on every screen.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyotp
import pytest

from app.demonstration.people import APPLICANTS, PASSWORD, Applicant
from app.demonstration.staff import AGENTS, TOTP_SECRET
from tests.crawl import crawl, shape
from tests.e2e.audits import KINDS, audit, audit_large, audit_on_every_screen
from tests.e2e.pages import Visit
from tests.e2e.screens import NARROW, in_turn

PUBLIC = ("/", "/aide", "/titre", "/verifier", "/compte", "/orientation")
OWN = ("/suivi", "/demande", "/attestations")
LANGUAGES = ("fr", "en", "ar")  # the last is read from the right
STAFF = ("/agents", "/administration")
RANKS = ("agent", "supervisor", "administrator")
GROUP = 3  # people whose pages one test looks at on every screen: some minutes
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
# What differs between two answers of one page: its token, and where its person stands.
_OWN = re.compile(r'<input type="hidden"[^>]*>|(?:href|action|src|data-\w+|hx-\w+)="[^"]*"')
_KINDS_OF = f"""text => ({KINDS})(new DOMParser().parseFromString(text, "text/html"))"""


@dataclass
class Seen:
    """A page as somebody got it: their cookies open it again."""

    address: str
    cookies: list[Any]
    kinds: dict[str, list[int]]
    text: str

    @property
    def said(self) -> str:
        """What the page shows, without the addresses in it."""
        return _OWN.sub("", self.text.partition("<main")[2])


def telling(pages: list[Seen]) -> Iterator[Seen]:
    """The fewest pages, about, that show every kind of element with its longest word and its longest text."""
    longest: dict[str, list[int]] = {}
    for one in pages:
        for kind, lengths in one.kinds.items():
            longest[kind] = [*map(max, lengths, longest.get(kind, lengths))]
    missing = {(kind, place) for kind in longest for place in (0, 1)}
    while missing:
        best = max(pages, key=lambda one: len(shown(one, longest) & missing))
        missing -= shown(best, longest)
        yield best


def shown(page: Seen, longest: dict[str, list[int]]) -> set[tuple[str, int]]:
    """The kinds whose longest word (0) and longest text (1) are on a page."""
    return {
        (kind, place)
        for kind, lengths in page.kinds.items()
        for place in (0, 1)
        if lengths[place] == longest[kind][place]
    }


class Walker:
    """One person after another in one language, over HTTP, with the cookies of a browser."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.language = visit, visit.language
        self.context = visit.page.context
        self.seen: list[Seen] = []

    def get(self, address: str) -> str:
        """The text of a page."""
        answer = self.context.request.get(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        return answer.text() if "text/html" in answer.headers["content-type"] else ""

    def send(self, path: str, **fields: str) -> None:
        """Open a form and send it."""
        address = f"/{self.language}{path}"
        token = _TOKEN.search(self.get(address))
        assert token is not None
        answer = self.context.request.post(address, form={"csrf_token": token[1], **fields}, max_redirects=0)
        assert answer.status == 303, f"{address}: {answer.status}"

    def walk(self, start: str, sections: tuple[str, ...], of_each: int = 1) -> list[str]:
        """Read every page of these sections that links lead to; their addresses."""
        found: list[str] = []

        def fetch(address: str) -> str:
            path = address.removeprefix(f"/{self.language}")
            if path != "/" and not path.startswith(tuple(s for s in sections if s != "/")):
                return ""
            file = path.partition("?")[0]
            if file.endswith((".pdf", ".ics", ".csv", ".zip")) or "/fichiers/" in path or "/pieces/" in path:
                return ""
            text = self.get(address)
            kinds = self.visit.page.evaluate(_KINDS_OF, text)
            self.seen.append(Seen(address, self.context.cookies(), kinds, text))
            found.append(address)
            return text

        crawl(f"/{self.language}{start}", self.language, fetch, of_each)
        return found

    def look(self) -> None:
        """Open in the browser what stands for all that was read, each page on the next screen.

        Addresses of every shape are shared out among the languages.
        """
        shapes = {shape(one.address): one for one in reversed(self.seen)}
        share = [shapes[key] for key in sorted(shapes)][LANGUAGES.index(self.language) :: len(LANGUAGES)]
        page, turns = self.visit.page, in_turn()
        for one in {one.address: one for one in (*telling(self.seen), *share)}.values():
            self.open(one)
            next(turns).put_on(page)
            audit(page, known=one not in share)
            NARROW.put_on(page)
            audit_large(page)

    def look_everywhere(self) -> None:
        """Open each page that shows something of its own on every screen."""
        found: list[str] = []
        known: set[str] = set()
        for one in {one.said: one for one in reversed(self.seen)}.values():
            self.open(one)
            found += audit_on_every_screen(self.visit.page, shape(one.address) in known)
            known.add(shape(one.address))
        assert not found, "\n".join(found)

    def open(self, seen: Seen) -> None:
        """Open a page as the person who got it."""
        self.context.clear_cookies()
        self.context.add_cookies(seen.cookies)
        self.visit.page.goto(seen.address)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """The language of a walk."""
    return str(request.param)


@pytest.fixture
def walker(language: str, telephone: Callable[..., Visit]) -> Walker:
    """Goes through pages in one language; what was read is opened in a browser at the end."""
    return Walker(telephone(language))


OWNERS = [one for one in APPLICANTS if not one.without_account]
GROUPS = [OWNERS[place : place + GROUP] for place in range(0, len(OWNERS), GROUP)]


def test_pages_of_applicants(walker: Walker) -> None:
    assert len(walker.walk("/", PUBLIC)) > 12
    walk_own_pages(walker, OWNERS)
    walker.look()


@pytest.mark.every_screen
@pytest.mark.timeout(1800)
def test_public_pages_on_every_screen(walker: Walker) -> None:
    assert len(walker.walk("/", PUBLIC)) > 12
    walker.look_everywhere()


@pytest.mark.every_screen
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("owners", GROUPS, ids=lambda owners: owners[0].number)
def test_pages_of_applicants_on_every_screen(walker: Walker, owners: list[Applicant]) -> None:
    walk_own_pages(walker, owners)
    walker.look_everywhere()


@pytest.mark.parametrize("language", ["fr", "en"], indirect=True)
@pytest.mark.parametrize("rank", RANKS)
def test_pages_of_staff(walker: Walker, live, rank: str) -> None:
    walk_pages_of_staff(walker, live, rank)
    walker.look()


@pytest.mark.every_screen
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", ["fr", "en"], indirect=True)
@pytest.mark.parametrize("rank", RANKS)
def test_pages_of_staff_on_every_screen(walker: Walker, live, rank: str) -> None:
    walk_pages_of_staff(walker, live, rank)
    walker.look_everywhere()


def walk_own_pages(walker: Walker, owners: list[Applicant]) -> None:
    """Sign in as one applicant after the other, and read what is theirs."""
    for one in owners:
        walker.context.clear_cookies()
        walker.send("/compte/connexion", identifier=one.number, password=PASSWORD)
        assert len(walker.walk("/suivi/", OWN)) > 3, one.note


def walk_pages_of_staff(walker: Walker, live, rank: str) -> None:
    """Sign in as an agent of this rank, and read what they may."""
    enter(walker, next(one.email for one in AGENTS if one.rank == rank), live.tick())
    start = "/administration/" if rank == "administrator" else "/agents/"
    found = walker.walk(start, STAFF, of_each=4 if rank == "agent" else 1)
    assert len(found) > 9
    assert (f"/{walker.language}/agents/chiffres" in found) is (rank == "supervisor")


def enter(walker: Walker, email: str, at: datetime) -> None:
    """Password, then the code of an instant of its own."""
    walker.send("/agents/connexion", email=email, password=PASSWORD)
    walker.send("/agents/code", code=pyotp.TOTP(TOTP_SECRET).at(at))
