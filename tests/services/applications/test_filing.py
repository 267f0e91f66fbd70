"""What filing promises beside the page: the seal, the stamp that is paid, files that stay where they are."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.domain.journeys.journey import Journey
from app.domain.procedures.loss import LOSS
from app.domain.procedures.moving import MOVING
from app.domain.procedures.validation import VISA_VALIDATION
from app.domain.rules.ephotos import EPhotoState
from app.domain.rules.uploads import LIMITS, Refusal
from app.gateways.stamps import Stamp, StampState
from app.services.applications import documents, dossiers, photos, stamps
from app.services.applications.dossiers import IncompleteDossier
from app.services.applications.photos import PhotoRefused
from app.services.certificates import attestations
from app.services.received_files import Sent
from app.storage.models import Document, Dossier, UsedStamp
from tests import factories
from tests.answers import ANSWERS
from tests.fixtures import NOON
from tests.generated import paths
from tests.intake.files import picture
from tests.web.procedures import holder

STAMP = "1000200030004000"


def test_answers_to_questions_no_longer_asked_are_kept_and_not_sealed(app: Flask) -> None:
    """Somebody was hosted, then moved: the host's name stays in the draft, and is no part of what is filed."""
    moved = ANSWERS | {"host": "Madame Diallo", "children_who": "Deux", "scholarship_amount": 50_000}
    filed = factories.filed(answers=moved)
    assert filed.answers == moved
    assert filed.sealed == ANSWERS
    hosted = factories.filed(answers=moved | {"housing": "hosted"})
    assert hosted.sealed == ANSWERS | {"housing": "hosted", "host": "Madame Diallo"}


def test_a_photo_used_for_one_application_is_of_use_to_no_other(app: Flask) -> None:
    """Told when the code is given, not only when everything else is ready; its own application may say it again."""
    code = "7K2M9QXA41TBZC83WD6R5H"
    filed = factories.filed(code=code)
    desk = app.extensions["gateways"].ephoto
    assert photos.check(desk, code, factories.draft(), factories.today()) is EPhotoState.USED
    assert photos.check(desk, code, filed, factories.today()) is EPhotoState.NOT_ARRIVED
    with pytest.raises(PhotoRefused):
        photos.set_code(desk, factories.draft(), code, NOON)


@pytest.mark.parametrize("journey", [MOVING, LOSS, VISA_VALIDATION], ids=lambda one: one.slug)
def test_what_moves_no_right_is_never_extended_however_early_it_comes(app: Flask, journey: Journey) -> None:
    factories.service()
    answers = paths(journey)[0] | ({"stamp": STAMP} if journey.stamp else {})
    of_journey = {"journey": journey.slug, "journey_version": journey.version}
    draft = factories.draft(holder(journey), answers, **of_journey)
    if journey.stamp:
        UsedStamp.create(number=STAMP, dossier=draft, reserved_at=NOON, used_at=NOON)
    factories.complete(draft)
    dossiers.submit(draft, NOON)
    assert not Dossier.get_by_id(draft.id).in_time
    assert factories.filed().in_time


def test_who_filed_in_time_does_not_pay_for_being_late_because_the_review_lasts(app: Flask) -> None:
    filed = factories.filed()
    in_time, late = attestations.to_pay(filed, NOON), attestations.to_pay(filed, NOON + timedelta(days=60))
    assert in_time == late == {"amount": 10_000}


def test_a_slot_holds_ten_files_and_no_more(app: Flask) -> None:
    gateways = app.extensions["gateways"]
    draft = factories.draft()
    for _file in range(LIMITS.max_files_a_slot - 1):
        factories.document(draft, "passport")
    factories.document(draft, "photo")
    sent = Sent("passport.jpg", picture())
    attached = documents.attach(draft, "passport", [sent, sent], gateways.scanner, gateways.files, NOON)
    assert len(attached.stored) == 1
    ((name, refused),) = attached.refused
    assert (name, refused.reason) == ("passport.jpg", Refusal.TOO_MANY_FILES)


@pytest.fixture
def unpaid(app: Flask) -> Dossier:
    """A visa's validation with everything but the use of its stamp."""
    factories.service()
    answers = paths(VISA_VALIDATION)[0] | {"stamp": STAMP}
    journey = {"journey": VISA_VALIDATION.slug, "journey_version": VISA_VALIDATION.version}
    return factories.draft(holder(VISA_VALIDATION), answers, **journey)


def test_a_stamp_used_for_it_lets_a_draft_be_filed(unpaid: Dossier) -> None:
    UsedStamp.create(number=STAMP, dossier=unpaid, reserved_at=NOON, used_at=NOON)
    assert dossiers.submit(unpaid, NOON).reference


@pytest.mark.parametrize("kept", ["no stamp", "only reserved", "another number", "another dossier"])
def test_nothing_is_filed_before_its_stamp_is_used_for_it(unpaid: Dossier, kept: str) -> None:
    other = factories.draft()
    row = {"number": STAMP, "dossier": unpaid, "reserved_at": NOON, "used_at": NOON}
    changes = {
        "only reserved": {"used_at": None},
        "another number": {"number": "9" * 16},
        "another dossier": {"dossier": other},
    }
    if kept in changes:
        UsedStamp.create(**row | changes[kept])
    with pytest.raises(IncompleteDossier) as incomplete:
        dossiers.submit(unpaid, NOON)
    assert VISA_VALIDATION.stamp in incomplete.value.step.questions
    assert Dossier.get_by_id(unpaid.id).state == State.DRAFT


def test_a_file_is_removed_through_its_own_dossier_alone(app: Flask) -> None:
    """Not through another draft of the same person either: a draft's file is destroyed, a filed one must stay."""
    files = app.extensions["gateways"].files
    filed = factories.filed()
    document = Document.get(Document.dossier == filed.id)
    draft = factories.draft(filed.account)
    with pytest.raises(Document.DoesNotExist):
        documents.remove(draft, document.id, files, NOON)
    assert files.read(document.key) == factories.BYTES
    assert Document.get_by_id(document.id).removed_at is None
    own = factories.document(draft, "passport", key="test/own")
    documents.remove(draft, own.id, files, NOON)
    assert not Document.select().where(Document.id == own.id).exists()


@pytest.mark.parametrize("begun_again", [False, True])
def test_a_stamp_used_for_a_dossier_that_a_backup_lost_pays_for_no_other_of_its_id(
    unpaid: Dossier, begun_again: bool
) -> None:
    case = dossiers.load_draft(unpaid, NOON.date()).case
    noted: list[str] = []

    class Desk:
        def use(self, _number: str, reference: str, _day: date) -> Stamp:
            noted.append(reference)
            return Stamp(StampState.GOOD, VISA_VALIDATION.fee(case, case.today))

        def look_up(self, _number: str, _day: date) -> Stamp:
            state = StampState.USED if noted else StampState.GOOD
            return Stamp(state, VISA_VALIDATION.fee(case, case.today), "".join(noted))

    stamps.use(Desk(), VISA_VALIDATION, case, unpaid, NOON)
    UsedStamp.delete().execute()
    if begun_again:
        unpaid.created_at += timedelta(days=1)
    problem = stamps.check(Desk(), STAMP, VISA_VALIDATION, case, unpaid)
    assert bool(problem) is begun_again
