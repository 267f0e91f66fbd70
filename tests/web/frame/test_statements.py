"""A page asks the database the same number of questions, however much there is to show, and calls no more functions."""

import sys
from typing import Any

import pytest

from app.domain.dossiers.states import Role
from app.storage.applications import dossiers
from app.storage.models import Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.statements import asked
from tests.web.agent_pages import QUEUE, Visitor, address, enter, member


@pytest.fixture
def dossier() -> Dossier:
    """One dossier of Lyon."""
    return factories.filed()


@pytest.fixture
def desk(app: object, visitor: Visitor, clock: Clock) -> PageClient:
    """An agent of Lyon, signed in."""
    return enter(visitor(), member(), clock)


def questions(desk: PageClient, path: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many statements one page takes, once its queries were written."""
    desk.get(path)
    with asked(monkeypatch) as sent:
        assert desk.get(path).status_code == 200
    return len(sent)


def test_a_dossier(desk: PageClient, dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    before = questions(desk, address(dossier), monkeypatch)
    for _place in range(12):
        factories.document(dossier, "passport")
        dossiers.append_event(dossier, "extension_issued", Role.SYSTEM, NOON, facts={"code": "K7QM42XD"})
        other = factories.filed()
        Dossier.update(account=dossier.account_id).where(Dossier.id == other.id).execute()
    for _time in range(25):
        desk.get(address(dossier))
    assert questions(desk, address(dossier), monkeypatch) == before


def test_the_queue(desk: PageClient, dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: questions(desk, path, monkeypatch) for path in (QUEUE, f"{QUEUE}?q=nguyen")}
    for _time in range(12):
        factories.filed()
    assert {path: questions(desk, path, monkeypatch) for path in before} == before


def calls(page: PageClient, path: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many functions an answer calls: the same on every machine, however busy it is."""
    answer, counted = page.app.wsgi_app, 0

    def count(_frame: object, event: str, _given: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    def watched(*given: Any) -> Any:
        before = sys.getprofile()
        sys.setprofile(count)
        try:
            return answer(*given)
        finally:
            sys.setprofile(before)

    for _time in range(3):  # whatever is made once is made
        page.get(path)
    with monkeypatch.context() as patch:
        patch.setattr(page.app, "wsgi_app", watched)
        page.get(path)
    return counted


def test_the_space(visitor: Visitor, dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    page = visitor().sign_in(dossier.account)
    assert questions(page, "/fr/suivi/", monkeypatch) == 11


def test_a_step(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    page = visitor().sign_in(factories.draft().account)
    assert questions(page, "/fr/demande/etudiant/motif-de-sejour", monkeypatch) == 3


@pytest.mark.engines("sqlite")
def test_no_page_calls_many_more_functions(
    visitor: Visitor, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were 6,640 and 8,250: docs/performance.md says where they went. Raise a figure only where a page does more."""
    space = visitor().sign_in(dossier.account)
    assert calls(space, "/fr/suivi/", monkeypatch) <= 3_700
    step = visitor().sign_in(factories.draft().account)
    assert calls(step, "/fr/demande/etudiant/motif-de-sejour", monkeypatch) <= 3_550
