"""Which pages are taken: every address that links lead to, for every kind of person, once for each thing it shows."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from app.demonstration.people import APPLICANTS
from app.demonstration.staff import AGENTS
from app.domain.text import fold
from tests.crawl import crawl, shape
from tooling.pictures.demonstration import sign_in

PUBLIC = ("aide", "titre", "verifier", "compte", "orientation")
OWN = ("suivi", "demande", "attestations")
STAFF = ("agents", "administration")
Seen = dict[str, set[tuple[str, str]]]  # the parts of the pages taken, by address
MOST_OF_A_PLACE = 8  # addresses of the same page that are looked at for one person
# Addresses that no link leads to and that people see all the same.
ALSO_PUBLIC = ("/page-qui-nexiste-pas", "/compte/creer/visa", "/compte/suivre")
_FILES = re.compile(r"\.(pdf|ics|csv|zip)$|/fichiers/|/pieces/")
_PARTS = re.compile(r"""<(\w+)[^>]*?\sclass="([^"]*)\"""")
_INSIDE = re.compile(r"<main.*</main>", re.S)


@dataclass(frozen=True)
class State:
    """A page as one person sees it. `sent` says that its form is sent with nothing filled in."""

    group: str
    name: str
    who: str
    path: str
    sent: bool = False


@dataclass(frozen=True)
class Person:
    """A person: number or e-mail address, "" for the public; where they come in, the sections they read."""

    who: str
    label: str
    start: str
    sections: tuple[str, ...]
    also: tuple[str, ...] = ()
    of_each: int = 1


def persons() -> Iterator[Person]:
    """Yield everybody whose pages are taken."""
    yield Person("", "public", "/", PUBLIC, ALSO_PUBLIC)
    for applicant in APPLICANTS:
        if not applicant.without_account:
            yield Person(applicant.number, applicant.number[-3:], "/suivi/", OWN)
    ranks = set()
    for agent in AGENTS:
        if agent.rank not in ranks:
            ranks.add(agent.rank)
            start = "/administration/" if agent.rank == "administrator" else "/agents/"
            yield Person(agent.email, str(agent.rank), start, STAFF, of_each=3)


def states(context: BrowserContext, address: str, language: str, only: str = "") -> Iterator[State]:
    """Yield each state that shows something of its own, with the context signed in as the person.

    A page is taken where it shows a kind of part that no page of its address has shown, and where a person comes in.
    `only` is the beginning of the names of the groups.
    """
    seen: Seen = {}
    for person in persons():
        groups = {group_of(path) for path in (person.start, *(f"/{section}" for section in person.sections))}
        if not any(group.startswith(only) for group in groups):
            continue
        context.clear_cookies()
        if person.who:
            sign_in(context.request, address, language, person.who)
        yield from _of_person(context, address, language, person, only, seen)


def _of_person(
    context: BrowserContext, address: str, language: str, person: Person, only: str, seen: Seen
) -> Iterator[State]:
    found: list[State] = []
    fetched: Counter[str] = Counter()

    def fetch(path: str) -> str:
        rest = path.removeprefix(f"/{language}")
        section = rest.strip("/").partition("/")[0].partition("?")[0]
        if _FILES.search(rest.partition("?")[0]) or (
            section and section not in person.sections and rest not in person.also
        ):
            return ""
        fetched[_place(path)] += 1
        if fetched[_place(path)] > MOST_OF_A_PLACE:
            return ""
        text = context.request.get(f"{address}{path}").text()
        if group_of(rest).startswith(only) and (_is_new(_place(path), text, seen) or rest == person.start):
            found.append(State(group_of(rest), name_of(rest, person.label), person.who, path))
            if 'method="post"' in "".join(_INSIDE.findall(text)):
                found.append(
                    State(group_of(rest), f"{name_of(rest, person.label)}-envoi-vide", person.who, path, True)
                )
        return text

    crawl(
        f"/{language}{person.start}",
        language,
        fetch,
        person.of_each,
        also=tuple(f"/{language}{path}" for path in person.also),
    )
    # What is sent may change what a page shows: last.
    yield from sorted(found, key=lambda state: state.sent)


def _is_new(place: str, text: str, seen: Seen) -> bool:
    """Return whether a page shows a part that no page of its address has shown."""
    parts = set(_PARTS.findall("".join(_INSIDE.findall(text))))
    shown = seen.setdefault(place, set())
    fresh = not shown or not parts <= shown
    shown |= parts
    return fresh


def _place(path: str) -> str:
    """Return an address without what is asked of it: zooms and filters are of one place."""
    return shape(path).partition("?")[0]


def group_of(path: str) -> str:
    """Return the section of an address; the home page and errors are of « accueil »."""
    section = path.strip("/").partition("/")[0].partition("?")[0]
    return section if section in (*PUBLIC, *OWN, *STAFF) else "accueil"


def name_of(path: str, label: str) -> str:
    """Return the name of a picture: its address without what differs from one run to the next, and its person."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(_place(path)).lower()).strip("-")
    return f"{plain or 'accueil'}--{label}"[:120]
