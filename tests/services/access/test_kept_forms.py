"""Forms kept for somebody are theirs alone, whichever side they are on."""

import pytest
from flask import Flask

from app.services.access import kept_forms
from app.services.access.kept_forms import Owner
from app.services.access.sessions import digest
from app.storage.models import Session
from tests import factories
from tests.fixtures import NOON

PATH = "/aide/ecrire"
FIELDS = [("subject", "Un mot")]


@pytest.fixture
def owners(app: Flask) -> list[Owner]:
    """Two applicants and an agent, whose row has the number of one of them."""
    first, second = factories.account(), factories.account()
    agent = factories.agent(factories.service(), id=first.id)
    return [Owner("account", first.id), Owner("account", second.id), Owner("agent", agent.id)]


def test_each_reads_and_forgets_their_own_alone(owners: list[Owner]) -> None:
    for place, owner in enumerate(owners):
        kept_forms.keep(owner, PATH, [("subject", str(place))], NOON)
    for place, owner in enumerate(owners):
        assert kept_forms.of(owner) == {PATH: [("subject", str(place))]}
    kept_forms.forget(owners[0], PATH)
    assert [kept_forms.of(owner) != {} for owner in owners] == [False, True, True]


def test_another_form_of_the_same_person_stays(owners: list[Owner]) -> None:
    for path in (PATH, "/suivi/coordonnees"):
        kept_forms.keep(owners[0], path, FIELDS, NOON)
    kept_forms.forget(owners[0], PATH)
    assert list(kept_forms.of(owners[0])) == ["/suivi/coordonnees"]


def test_a_session_names_its_own_person(owners: list[Owner]) -> None:
    for owner in owners:
        kept = {owner.side: owner.id, "digest": digest(f"{owner}")}
        Session.create(**kept, created_at=NOON, seen_at=NOON)
    assert [kept_forms.owner_of_session(digest(f"{owner}")) for owner in owners] == owners
    assert kept_forms.owner_of_session(digest("another")) is None
