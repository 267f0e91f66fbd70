"""Which of several dossiers is shown first, and which one replaces the permit held."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.services.applications.applicant_overview import Overview, overview
from app.storage.applications import dossiers as store
from app.storage.models import Account, Dossier
from tests import factories
from tests.generated import TODAY
from tests.on_offer import LOSS, MOVING


@pytest.fixture
def person(app: Flask) -> Account:
    """Somebody in the filing window."""
    factories.service()
    return factories.account()


def held(
    person: Account, state: State, journey: str = "etudiant", filed: date = TODAY, **columns: object
) -> Dossier:
    """A dossier in some state, as far as a list needs it."""
    given = {"journey": journey, "journey_version": 1, "state": str(state), "service": factories.service()}
    if state is not State.DRAFT:
        given |= {"reference": f"69-2026-{Dossier.select().count() + 1:06d}-0", "filed_on": filed}
    return factories.draft(person, **{**given, **columns})


def seen(person: Account, chosen: str = "") -> Overview:
    return overview(store.of_account(person.id), person.identity, TODAY, chosen)


def test_nobody_has_anything_yet(person: Account) -> None:
    assert seen(person) == Overview((), None, (), None)


def test_what_waits_for_the_person_comes_first(person: Account) -> None:
    waiting = held(person, State.COMPLEMENT_REQUESTED)
    move = held(person, State.IN_REVIEW, MOVING.slug)
    done = held(person, State.FAVOURABLE, LOSS.slug, with_card=False)
    begun = held(person, State.DRAFT, MOVING.slug)
    found = seen(person)
    assert found.first == waiting
    assert found.others == (done, move)
    assert found.drafts == (begun,)
    assert found.cover == waiting


def test_what_goes_on_comes_before_what_is_finished(person: Account) -> None:
    going = held(person, State.FILED)
    held(person, State.FAVOURABLE, LOSS.slug, with_card=False)
    assert seen(person).first == going


def test_the_application_for_a_card_comes_before_a_later_change(person: Account) -> None:
    going = held(person, State.FILED)
    move = held(person, State.FILED, MOVING.slug)
    assert seen(person).first == going
    assert seen(person).others == (move,)


def test_a_declaration_just_made_is_shown_and_does_not_replace_the_permit(person: Account) -> None:
    lost = held(person, State.FAVOURABLE, LOSS.slug, with_card=False)
    assert seen(person).first == lost
    assert seen(person).cover is None


def test_an_old_declaration_leaves_the_place_to_the_permit(person: Account) -> None:
    lost = held(person, State.FAVOURABLE, LOSS.slug, TODAY - timedelta(days=61), with_card=False)
    found = seen(person)
    assert found.first is None
    assert found.others == (lost,)


def test_the_renewal_of_an_earlier_permit_is_past(person: Account) -> None:
    before = factories.identity(date(2025, 2, 10))
    old = held(person, State.HANDED_OVER, filed=TODAY - timedelta(days=400), identity=before)
    found = seen(person)
    assert found.cover is None
    assert found.first is None
    assert found.others == (old,)


def test_the_one_asked_for_is_shown(person: Account) -> None:
    first = held(person, State.HANDED_OVER)
    held(person, State.FILED, MOVING.slug)
    assert seen(person, first.reference or "").first == first
