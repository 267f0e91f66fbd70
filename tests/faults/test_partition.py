"""A part that lives behind a network that loses every packet: who does not need it goes on, who does is told, all heals.

Random instants of it, with the checker, are trials of `cluster.machine_trial` (`--only part`).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.reference import communes
from app.settings import Settings
from cluster import pages
from cluster.machine import Machine, machine
from tests.faults.rehearsing import asked, filed, files, logged
from tests.waiting import until

pytestmark = [pytest.mark.engines("postgres")]
OUTSIDE = ("store", "mail", "scanner", "register")  # of the others, what they wait for is the same
OPENED = 12  # pages that strangers open meanwhile
TOLD = 3  # pages without database, each after as long as a failover may take


@pytest.fixture(scope="module")
def made() -> Iterator[Machine]:
    """A machine with people, PostgreSQL, an S3 store, a scanner and a mail server, each behind a line."""
    communes.open_reference(Settings().reference_dir)
    with machine("postgres") as running:
        running.run(("cluster.seeding", "40", "1", "3"))
        until(running.whole, 60, every=0.2)
        yield running


@pytest.mark.parametrize(("person", "line"), list(enumerate(OUTSIDE, 1)))
def test_who_does_not_need_it_notices_nothing(made: Machine, person: int, line: str) -> None:
    made.lines[line].fail("part")
    with ThreadPoolExecutor(1) as people:
        filing = people.submit(filed, made, person)
        try:
            for _ in range(OPENED):
                assert asked(made, "/fr/compte/connexion").status == 200
                assert asked(made, "/healthz").status == 200
        finally:
            made.lines[line].mend()
        assert filing.result()
    until(lambda: files(made), 60, every=0.2)


def test_without_database_a_page_says_so_and_it_heals_without_a_restart(made: Machine) -> None:
    before = [made.parts[name].process for name in ("web", "worker")]
    made.lines["database"].fail("part")
    with ThreadPoolExecutor(1) as people:
        filing = people.submit(filed, made, len(OUTSIDE) + 1)
        try:
            for _ in range(TOLD):
                page = asked(made, "/fr/suivre")
                assert page.status == 503
                assert pages.ours(page.status, page.text)
                assert 'href="tel:' in page.text
                assert asked(made, "/healthz").status == 200
            until(lambda: logged(made, "worker", "database unavailable"), 60, every=0.2)
        finally:
            made.lines["database"].mend()
        assert filing.result()
    until(lambda: files(made), 60, every=0.2)
    assert [made.parts[name].process for name in ("web", "worker")] == before
