"""A move while another application is open, and a permit lost: what each sets in motion, and who sees it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.dossiers.states import State
from app.services.applications import dossiers
from app.storage import outbox
from app.storage.models import Account, Dossier, Event, Notice, Outbox, Service, Transfer
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.generated import paths
from tests.on_offer import LOSS, MOVING, STUDENT_RENEWAL
from tests.services.outside import only, with_gateways
from tests.services.register import LAST, NUMBER, Register
from tests.web.agent_pages import QUEUE, address, enter, member
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

LYON, GRENOBLE = "69383", {"postcode": "38000", "commune": "38185", "commune_name": "Grenoble"}


def declared(journey: Any, person: Account, **changes: Any) -> Dossier:
    """A change filed through the service, with everything it asks."""
    answers = paths(journey)[0] | changes
    dossier = factories.draft(person, answers, journey=journey.slug, journey_version=journey.version)
    factories.complete(dossier, code=f"{dossier.id:022d}")
    dossiers.submit(dossier, NOON + timedelta(hours=1))
    return Dossier.get_by_id(dossier.id)


@pytest.fixture
def isere(app: Flask) -> Service:
    """The service of the new address, beside Lyon's."""
    factories.service()
    return factories.service("38", "Grenoble")


def test_an_open_application_follows_a_move(isere: Service, app: Flask, clock: Clock, visitor: Any) -> None:
    renewal = factories.filed()
    lyon = renewal.service
    agent = member(lyon)
    Dossier.update(agent=agent).where(Dossier.id == renewal.id).execute()
    person = renewal.account
    move = declared(MOVING, person, **GRENOBLE)
    moved = Dossier.get_by_id(renewal.id)
    assert (moved.service_id, moved.agent_id) == (isere.id, None)
    assert move.service_id == isere.id
    told = Notice.get((Notice.dossier == renewal.id) & (Notice.kind == "moved"))
    assert told.facts["target"] == isere.name
    assert Event.select().where((Event.dossier == renewal) & (Event.action == "moved")).count() == 1

    old, new = enter(visitor(), agent, clock), enter(visitor(), member(isere), clock)
    assert old.get(address(moved)).status_code == 404
    assert new.get(address(moved)).status_code == 200
    left, came = words(old.get(QUEUE).text), words(new.get(QUEUE).text)
    assert renewal.reference in left, "the old service is told where it went"
    assert isere.name in left
    assert renewal.reference in came
    assert lyon.name in came
    space = words(visitor().sign_in(person).get("/fr/suivi/").text)
    assert isere.name in space


def test_a_move_in_the_same_service_moves_nothing(isere: Service) -> None:
    renewal = factories.filed()
    declared(MOVING, renewal.account)
    assert Dossier.get_by_id(renewal.id).service_id == renewal.service_id
    assert Transfer.select().count() == 0


@pytest.mark.parametrize("state", [State.DRAFT, State.UNFAVOURABLE, State.HANDED_OVER])
def test_what_is_not_open_stays_where_it_is(isere: Service, state: State) -> None:
    renewal = factories.filed()
    Dossier.update(state=str(state)).where(Dossier.id == renewal.id).execute()
    declared(MOVING, renewal.account, **GRENOBLE)
    assert Dossier.get_by_id(renewal.id).service_id == renewal.service_id


def test_nobody_elses_application_moves(isere: Service) -> None:
    other = factories.filed()
    declared(MOVING, factories.account(), **GRENOBLE)
    assert Dossier.get_by_id(other.id).service_id == other.service_id


# --- a permit lost


@pytest.fixture
def register(app: Flask) -> Register:
    """The register that the worker tells."""
    register = Register()
    with_gateways(app, register=register)
    return register


def holder(until: date = LAST) -> Account:
    """Somebody whose permit the register holds."""
    factories.service()
    record = factories.identity(until, foreign_number=NUMBER)
    return factories.account(record)


def test_a_loss_reaches_the_register_even_late(register: Register, app: Flask, visitor: Any) -> None:
    person = holder()
    lost = declared(LOSS, person)
    only("invalidate_permit")
    register.away = True
    jobs.run_once(app, NOON + timedelta(hours=2))
    assert register.invalid == []
    assert "invalid_since" not in Account.get_by_id(person.id).identity
    assert "il n’est plus valable depuis le" in words(visitor().sign_in(person).get("/fr/suivi/").text)
    register.away = False
    jobs.run_once(app, NOON + timedelta(days=2))
    assert register.invalid == [(NUMBER, LAST, date(2026, 11, 23))]
    assert Account.get_by_id(person.id).identity["invalid_since"] == "2026-11-23"
    assert Event.select().where((Event.dossier == lost) & (Event.action == "permit_invalidated")).count() == 1
    assert Outbox.select().where(Outbox.kind == "invalidate_permit", Outbox.done_at.is_null()).count() == 0
    for lang, sentence in (("fr", "il n’est plus valable depuis le"), ("en", "no longer valid since")):
        assert sentence in words(visitor().sign_in(person).get(f"/{lang}/suivi/").text)


def test_a_loss_told_twice_is_noted_once(register: Register, app: Flask) -> None:
    """A worker that dies after its commit leaves the row to another one."""
    lost = declared(LOSS, holder())
    only("invalidate_permit")
    jobs.run_once(app, NOON + timedelta(hours=2))
    Outbox.update(done_at=None, payload={"dossier": lost.id}, due_at=NOON).execute()
    assert jobs.run_once(app, NOON + timedelta(hours=3)) == 1
    assert outbox.backlog() == {"waiting": 0, "failed": 0}
    assert Event.select().where((Event.dossier == lost) & (Event.action == "permit_invalidated")).count() == 1


def test_a_newer_permit_is_not_the_one_that_was_lost(register: Register, app: Flask) -> None:
    person = holder()
    declared(LOSS, person)
    newer = person.identity | {"valid_until": "2030-01-31"}
    Account.update(identity=newer).where(Account.id == person.id).execute()
    only("invalidate_permit")
    jobs.run_once(app, NOON + timedelta(hours=2))
    assert register.invalid, "the old one is worth nothing all the same"
    assert "invalid_since" not in Account.get_by_id(person.id).identity


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_under_ninety_days_the_renewal_follows(lang: str, visitor: Any, app: Flask) -> None:
    person = holder(date(2027, 2, 10))
    lost = declared(LOSS, person)
    client: PageClient = visitor().sign_in(person)
    page = client.get(f"/{lang}/demande/confirmation/{lost.reference}")
    assert f"/{lang}/demande/{STUDENT_RENEWAL.slug}" in page.text
    assert lost.legal_answer_on is None, "a declaration waits for no decision"


def test_over_ninety_days_a_duplicate_is_made(app: Flask, visitor: Any) -> None:
    person = holder(date(2027, 6, 30))
    lost = declared(LOSS, person)
    assert lost.legal_answer_on == date(2027, 3, 23)
    asked = visitor().sign_in(person).get(f"/fr/suivi/{lost.reference}/retirer").text
    assert "Le titre déclaré reste sans valeur" in asked, "which withdrawing does not change"


def test_a_declaration_leads_on_to_the_renewal_from_the_space(visitor: Any, app: Flask) -> None:
    person = holder(date(2027, 2, 10))
    lost = declared(LOSS, person)
    client = visitor().sign_in(person)
    space = words(client.get("/fr/suivi/").text)
    assert "Votre déclaration est enregistrée" in space, "no card is being made"
    assert "carte est en fabrication" not in space
    assert f"/fr/demande/{STUDENT_RENEWAL.slug}" in space
    every = words(client.get("/fr/suivi/demandes").text)
    assert str(lost.reference) in every


def test_all_the_applications_of_a_person_are_listed(visitor: Any, app: Flask) -> None:
    renewal = factories.filed()
    move = declared(MOVING, renewal.account)
    factories.draft(renewal.account, {}, journey=LOSS.slug, journey_version=LOSS.version)
    factories.filed(code="0" * 22)  # somebody else's
    client = visitor().sign_in(renewal.account)
    text = words(client.get("/en/suivi/demandes").text)
    assert [one.reference in text for one in (renewal, move)] == [True, True]
    assert text.count('class="ref"') == 2
    assert f"/en/demande/{LOSS.slug}" in text
    assert str(move.reference) in words(client.get("/en/suivi/").text)


@pytest.mark.parametrize(("lang", "told"), [("fr", "coûte 50 €"), ("en", "costs €50")])
def test_a_new_card_tells_its_price_before_it_is_chosen(lang: str, told: str, visitor: Any) -> None:
    person = holder()
    answers = paths(MOVING)[0] | GRENOBLE
    answers.pop("new_card")
    factories.draft(person, answers, journey=MOVING.slug, journey_version=MOVING.version)
    assert told in words(visitor().sign_in(person).get(f"/{lang}/demande/domicile/carte").text)
