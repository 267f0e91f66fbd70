"""An e-photo that does not come: its person is told, gives another code, and no card is decided on in silence."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.domain.dossiers.decisions import Granted
from app.domain.dossiers.states import ForbiddenTransition, State
from app.domain.journeys.questions import PHOTO
from app.domain.rules.ephotos import PHOTO_WAIVED, EPhotoState
from app.gateways.ephoto import PhotoDeskUnavailable
from app.services.applications import complements, corrections, dossiers, photos
from app.services.applications.dossiers import IncompleteDossier
from app.services.applications.photos import PhotoRefused
from app.services.calendar import gateway_retries
from app.services.decisions import instruction
from app.services.decisions.acts import Act, PhotoMissing
from app.services.review.dossier_view import view_dossier
from app.storage.models import Agent, Dossier, Event, Notice, PhotoCode, UsedPhotoCode
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON

WRONG, RIGHT = "7K2M9QXA41TBZC83WD6R5O", "7K2M9QXA41TBZC83WD6R5H"
THREE_DAYS = timedelta(hours=72)
DAY = factories.today
PERMIT = Granted("CST", "etudiant", DAY() + timedelta(days=80), DAY() + timedelta(days=400))


@dataclass
class Desk:
    """A photo desk that knows some codes, or is away."""

    known: dict[str, EPhotoState] = field(default_factory=dict)
    away: bool = False

    def look_up(self, code: str, today: object) -> EPhotoState:
        if self.away:
            raise PhotoDeskUnavailable
        return self.known.get(code, EPhotoState.NOT_ARRIVED)


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """Filed with one letter of the code wrong."""
    filed = factories.filed(code=WRONG)
    PhotoCode.update(state="not_arrived").execute()
    return filed


@pytest.fixture
def agent(dossier: Dossier) -> Agent:
    return factories.agent(factories.service())


def by(agent: Agent, dossier: Dossier, now: datetime = NOON, why: str = "") -> Act:
    return Act(agent, now, dossier_view.last_move(dossier.id), why)


def told() -> list[dict[str, str]]:
    return [one.facts for one in Notice.select().where(Notice.kind == "photo_problem")]


def test_a_code_that_never_gives_a_photo_is_told_once(dossier: Dossier) -> None:
    desk = Desk()
    gateway_retries.check_photos(desk, NOON + THREE_DAYS - timedelta(minutes=1))
    assert (PhotoCode.get().state, told()) == ("not_arrived", [])
    for day in (3, 4, 5):
        gateway_retries.check_photos(desk, NOON + timedelta(days=day, hours=1))
    assert PhotoCode.get().state == EPhotoState.NEVER_ARRIVED
    assert told() == [{"problem": "never_arrived"}]
    assert UsedPhotoCode.select().count() == 0, "mistyped, it may be another person's"
    assert Event.select().where(Event.action == photos.FAILED).count() == 1


@pytest.mark.parametrize("fault", ["used", "expired", "unsigned", "refused"])
def test_a_photo_refused_later_is_told(dossier: Dossier, fault: str) -> None:
    gateway_retries.check_photos(Desk({WRONG: EPhotoState(fault)}), NOON + timedelta(hours=2))
    assert told() == [{"problem": fault}]


def test_nobody_is_told_at_night_nor_of_a_desk_that_is_away(dossier: Dossier) -> None:
    gateway_retries.check_photos(Desk(), NOON + THREE_DAYS + timedelta(hours=14))
    gateway_retries.check_photos(Desk(away=True), NOON + THREE_DAYS + timedelta(hours=23))
    assert (PhotoCode.get().state, told()) == ("not_arrived", [])


def test_another_code_after_filing(dossier: Dossier) -> None:
    desk, later = Desk({RIGHT: EPhotoState.READY}), NOON + timedelta(days=4)
    assert photos.set_code(desk, dossier, "ANOTHER000000000000001", later) is EPhotoState.NOT_ARRIVED
    assert PhotoCode.get().given_at == later, "looked for three days more"
    photos.set_code(desk, dossier, RIGHT, later)
    assert (PhotoCode.get().code, PhotoCode.get().state) == (RIGHT, "ready")
    given = Event.select().where(Event.action == "give_photo").order_by(Event.id)
    assert [one.facts["code"] for one in given] == ["ANOTHER000000000000001", RIGHT], "each in the record"
    assert {row.code for row in UsedPhotoCode.select()} == {RIGHT}, "a mistyped code may be somebody else's"


def test_a_code_of_another_dossier_is_refused_after_filing_too(dossier: Dossier) -> None:
    factories.filed(code=RIGHT)
    with pytest.raises(PhotoRefused) as refused:
        photos.set_code(Desk({RIGHT: EPhotoState.READY}), dossier, RIGHT, NOON)
    assert refused.value.state is EPhotoState.USED
    assert not Event.select().where(Event.action == "give_photo")


def test_no_code_for_an_application_that_is_over(dossier: Dossier) -> None:
    corrections.withdraw(dossier, NOON)
    with pytest.raises(ForbiddenTransition):
        photos.set_code(Desk(), dossier, RIGHT, NOON)
    gateway_retries.check_photos(Desk(), NOON + timedelta(days=4))
    assert told() == []


def test_a_draft_is_not_filed_with_a_code_that_does_not_work(app: Flask) -> None:
    factories.service()
    draft = factories.complete(factories.draft(), WRONG)
    PhotoCode.update(state="not_arrived").execute()
    gateway_retries.check_photos(Desk(), NOON + timedelta(days=4))
    assert told() == []
    with pytest.raises(IncompleteDossier):
        dossiers.submit(draft, NOON + timedelta(days=4))
    photos.set_code(Desk(), draft, RIGHT, NOON + timedelta(days=4))
    assert dossiers.submit(draft, NOON + timedelta(days=4)).state == State.FILED


def test_a_request_for_the_photo_is_answered_by_a_code(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    instruction.ask(
        dossier, by(agent, dossier, NOON + timedelta(hours=1)), {PHOTO: "Elle n’est pas arrivée."}
    )
    with pytest.raises(complements.ComplementIncomplete):
        complements.send(dossier, NOON)
    photos.set_code(Desk({RIGHT: EPhotoState.READY}), dossier, RIGHT, NOON + timedelta(hours=2))
    complements.send(dossier, NOON + timedelta(hours=2))
    view = view_dossier(agent, str(dossier.reference), NOON)
    assert view.state is State.COMPLEMENT_RECEIVED
    assert view.photo is not None
    assert view.photo.arrived
    assert view.photo_request is not None
    assert view.photo_request.decision == "replace"


def test_no_decision_and_no_card_in_silence(dossier: Dossier, agent: Agent) -> None:
    instruction.take(dossier, by(agent, dossier))
    with pytest.raises(PhotoMissing):
        instruction.approve(dossier, by(agent, dossier), PERMIT)
    instruction.approve(dossier, by(agent, dossier, why="Photo prise au guichet."), PERMIT)
    waived = Event.get(Event.action == PHOTO_WAIVED)
    assert (waived.reason, waived.agent_id) == ("Photo prise au guichet.", agent.id)
    instruction.produce(dossier, by(agent, dossier))
    assert Dossier.get_by_id(dossier.id).state == State.IN_PRODUCTION


def test_a_decision_made_before_the_rule_starts_no_production(dossier: Dossier, agent: Agent) -> None:
    Dossier.update(state=str(State.FAVOURABLE)).execute()
    for act in (instruction.produce, instruction.announce):
        with pytest.raises(PhotoMissing):
            act(dossier, by(agent, dossier), *(("Guichet 4", 10_000) if act is instruction.announce else ()))
    photos.set_code(Desk({RIGHT: EPhotoState.READY}), dossier, RIGHT, NOON)
    instruction.produce(dossier, by(agent, dossier))
