"""People of two prefectures, applicants, the worker and the clock, played at random against a plain model.

The model is what a reader would write on one sheet: whose application it is, which prefecture has it, which state it is
in, who may act from there. It knows nothing of queries, audiences or forms. Every act and every look goes through the
pages, and whatever comes out of it must be what the model says: done or not, seen or not, recorded or not.
"""

from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import settings as bounds
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from app import jobs
from app.domain.dossiers.states import State
from app.jobs import sweeps
from app.services.staff import administration
from app.services.staff.administration import AdminActor
from app.storage import outbox_admin
from app.storage.applications import audit
from app.storage.models import Agent, Dossier, Throttle
from tests import factories
from tests.answers import ANSWERS
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import act, address, member
from tests.web.who_may_sheet import (
    ACTS,
    ANY,
    APPLICANTS,
    CHIEF,
    FIELDS,
    MOST,
    OPEN,
    PAGES,
    TOWNS,
    Browser,
    Case,
    F,
    Person,
    W,
)
from tests.web.who_may_write import Writing


class WhoMay(Writing):
    """The world of one run."""

    app: Flask
    clock: Clock

    @initialize()
    def begin(self) -> None:
        """Two prefectures, each with an agent and a supervisor; an administrator; three applicants."""
        outbox_admin.clear()  # of the run before
        Throttle.delete().execute()
        self.clock.at = NOON
        places = {"69": factories.service("69"), "75": factories.service("75", "Paris")}
        self.agents = [
            self._agent(code, places[code], rank) for code in places for rank in ("agent", "supervisor")
        ]
        self.administrator = Person(
            row := factories.administrator(), Browser(self.app, self.clock, agent=row)
        )
        self.applicants = [
            Person(row := factories.account(), Browser(self.app, self.clock, account=row))
            for _ in range(APPLICANTS)
        ]
        self.cases: list[Case] = []
        self.checks: dict[int, tuple[str, bool]] = {}

    def _agent(self, code: str, place: Any, rank: str) -> Person:
        row = member(place, rank=rank)
        return Person(row, Browser(self.app, self.clock, agent=row), code, rank == "supervisor")

    def _open_of(self, owner: int) -> list[Case]:
        return [case for case in self.cases if case.owner == owner and case.state in OPEN]

    @precondition(lambda self: len(self.cases) < MOST)
    @rule(owner=st.integers(0, APPLICANTS - 1), town=st.sampled_from(sorted(TOWNS)))
    def submit(self, owner: int, town: str) -> None:
        """An application, to the prefecture of an address; one at a time."""
        if self._open_of(owner):
            return
        answers = {**ANSWERS, **TOWNS[town]}
        row = factories.filed(self.applicants[owner].row, self.clock(), answers=answers)
        self.cases.append(Case(row, owner, town))

    @precondition(lambda self: self.cases)
    @rule(who=st.integers(0, APPLICANTS - 1), which=st.integers(0, MOST - 1))
    def withdraw(self, who: int, which: int) -> None:
        """Anybody tries; only the owner of what is open does."""
        case = self.cases[which % len(self.cases)]
        page = f"/fr/suivi/{case.row.reference}/retirer"
        browser = self.applicants[who].browser
        browser.get(page)
        answer = browser.post(page, {"sure": "yes"})
        if who == case.owner and case.state in OPEN:
            assert answer.status_code == 303
            case.state = W
        else:
            assert answer.status_code == (303 if who == case.owner and case.state is W else 404)

    @precondition(lambda self: self.cases)
    @rule(who=st.integers(0, 3), which=st.integers(0, MOST - 1), what=st.sampled_from(ACTS))
    def act(self, who: int, which: int, what: str) -> None:
        """Anybody of either prefecture tries any act."""
        self._try(self.agents[who], self.cases[which % len(self.cases)], what)

    @precondition(lambda self: self.cases)
    @rule(which=st.integers(0, MOST - 1), choice=st.integers(0, 99))
    def go_on(self, which: int, choice: int) -> None:
        """Somebody who may does one of the acts that are due, so that applications come to their end."""
        case = self.cases[which % len(self.cases)]
        due = [(person, what) for person in self.agents for what in ACTS if self._target(person, case, what)]
        if due:
            person, what = due[choice % len(due)]
            self._try(person, case, what)

    @precondition(lambda self: any(case.state is F for case in self.cases))
    @rule(which=st.integers(0, MOST - 1))
    def decide_at_once(self, which: int) -> None:
        """An application is taken and approved, so that there are certificates in short runs too."""
        filed = [case for case in self.cases if case.state is F]
        case = filed[which % len(filed)]
        for what in ("take", "approve"):
            if person := next((one for one in self.agents if self._target(one, case, what)), None):
                self._try(person, case, what)

    def _try(self, person: Person, case: Case, what: str) -> None:
        target = self._target(person, case, what)
        if person.may_read(case):
            case.readers.add(person.row.id)  # a page that comes too late shows the dossier again
        answer = act(person.browser, case.row, what, **FIELDS.get(what, {}), certificates="kept")
        if target is None:
            return  # what came out of it is compared below
        assert answer.status_code == 303, (what, answer.status_code)
        case.state = target
        case.held = what == "hold" or (case.held and what != "release")

    def _target(self, person: Person, case: Case, what: str) -> State | None:
        """Return the state that an act leads to, None where the model forbids it."""
        if not person.may_read(case):
            return None
        target = ANY.get(what, {}).get(case.state)
        if target is None and person.chief:
            target = CHIEF.get(what, {}).get(case.state)
        alone = all(other is case for other in self._open_of(case.owner))
        if (what == "reopen" and not alone) or (
            what in ("hold", "release") and case.held != (what == "release")
        ):
            return None
        return target

    @precondition(lambda self: self.cases)
    @rule(who=st.integers(0, 3), which=st.integers(0, MOST - 1), page=st.sampled_from(PAGES))
    def read(self, who: int, which: int, page: str) -> None:
        """Somebody of a prefecture opens a dossier, and it is recorded."""
        person, case = self.agents[who], self.cases[which % len(self.cases)]
        before = case.openings()
        answer = person.browser.get(f"{address(case.row)}{page}")
        answer.get_data()
        if person.may_read(case):
            case.readers.add(person.row.id)
            assert answer.status_code == 200
            assert len(case.openings()) == len(before) + (not page), "recorded once"
        else:
            assert answer.status_code == (404 if person.inside else 303)
            assert case.openings() == before

    @precondition(lambda self: self.cases)
    @rule(who=st.integers(0, APPLICANTS - 1), which=st.integers(0, MOST - 1))
    def look(self, who: int, which: int) -> None:
        """An applicant asks for an application and for a file of it."""
        browser, case = self.applicants[who].browser, self.cases[which % len(self.cases)]
        expected = 200 if who == case.owner else 404
        document = case.row.documents.get().id
        assert browser.get(f"/fr/suivi/{case.row.reference}").status_code == expected
        assert browser.get(f"/fr/suivi/{case.row.reference}/consultations").status_code == expected
        if who != case.owner:
            assert browser.get(f"/fr/suivi/pieces/{document}").status_code == 404
        reading = self.administrator.browser.get(address(case.row))
        assert reading.status_code in (303, 403, 404), "an administrator reads no dossier"

    @rule(who=st.integers(0, 3), what=st.sampled_from(["close", "open", "open", "move"]))
    def administer(self, who: int, what: str) -> None:
        """An access is closed, with its session; opened again, to sign in anew; moved to the other prefecture."""
        person, by = self.agents[who], AdminActor(self.administrator.row, self.clock())
        if what == "move":  # the dossiers of the first are left behind at once
            person.service = {"69": "75", "75": "69"}[person.service]
            place = factories.service(person.service)
            Agent.update(service=place).where(Agent.id == person.row.id).execute()
        elif what == "close" and person.inside:
            administration.close(person.row, by)
            person.inside = False
        elif what == "open" and not person.inside:
            administration.reopen(person.row, by)
            person.browser, person.inside = Browser(self.app, self.clock, agent=person.row), True
        person.row = Agent.get_by_id(person.row.id)

    @rule(hours=st.integers(1, 24 * 7))
    def wait(self, hours: int) -> None:
        """Time passes, four months at most: so long the permits last."""
        if self.clock() + timedelta(hours=hours) < NOON + timedelta(days=60):
            self.clock.advance(hours=hours)
            for person in (*self.agents, *self.applicants, self.administrator):
                person.browser.prolong()

    @rule()
    def work(self) -> None:
        """The worker does all that is due; it decides nothing."""
        sweeps.calendar(self.clock())
        sweeps.photos(self.app, self.clock())
        sweeps.erasing(self.app, self.clock())
        while jobs.run_once(self.app, self.clock()):
            pass

    @invariant()
    def nothing_else_happened(self) -> None:
        """What is in the database is what the model says."""
        for case in getattr(self, "cases", ()):
            row = Dossier.get_by_id(case.row.id)
            found = (row.state, row.service.code, row.account_id, bool(row.on_hold))
            owner = self.applicants[case.owner].row.id
            assert found == (case.state, case.service, owner, case.held)

    def teardown(self) -> None:
        """The record names nobody who could not open it, and is whole."""
        for case in getattr(self, "cases", ()):
            assert set(case.openings()) <= case.readers
            assert audit.first_break(case.row.id) == ""


def machine(app: Flask, clock: Clock) -> type[WhoMay]:
    """Return the machine for a service under test."""
    return type("WhoMay", (WhoMay,), {"app": app, "clock": clock})


def runs(examples: int, steps: int, **more: Any) -> bounds:
    """Return how much is tried; nothing of it is timed, and nothing kept on the disk."""
    return bounds(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=True,
        **more,
    )
