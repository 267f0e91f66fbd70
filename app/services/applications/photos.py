"""E-photo codes of applications: checked with the photo desk when typed and afterwards, used up by the filing.

After the filing another code can be given, until the card is in production.
"""

from datetime import date, datetime

from peewee import IntegrityError

from app.domain.actions.applicants import GIVE_PHOTO
from app.domain.dossiers.states import OPEN, Role, State
from app.domain.journeys.questions import PHOTO
from app.domain.procedures import journey as journey_of
from app.domain.rules.calendar import paris_day
from app.domain.rules.ephotos import PHOTO_WAIVED, USABLE, EPhoto, EPhotoState, looked_for_until
from app.domain.rules.reminders import in_letter_hours
from app.domain.texts.notices import NoticeKind
from app.gateways.ephoto import PhotoDesk, PhotoDeskUnavailable
from app.services.applications import complements
from app.services.filed import case_of
from app.services.messages import notices
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.storage.database import database
from app.storage.models import Dossier, PhotoCode, UsedPhotoCode

ARRIVED, FAILED = "photo_arrived", "photo_failed"  # events of a dossier: what became of a code


class PhotoRefused(Exception):
    """Raised for a code that cannot be used; `state` says why."""

    def __init__(self, state: EPhotoState) -> None:
        super().__init__(state)
        self.state = state


def required(dossier: Dossier) -> EPhoto | None:
    """Return the e-photo of a filed application; None if its procedure requires none of the applicant.

    A waiver counts for the decision with which it was given: once the dossier is reopened, there is none.
    """
    if not journey_of(dossier.journey, dossier.journey_version).photo(case_of(dossier)):
        return None
    waived = State(dossier.state) not in OPEN and store.has_event(dossier.id, PHOTO_WAIVED)
    photo = store.photo(dossier.id)
    if photo is None:
        return EPhoto("", None, None, None, waived)
    return EPhoto(photo.code, EPhotoState(photo.state), photo.given_at, photo.checked_at, waived)


def missing(dossier: Dossier) -> bool:
    """Return whether a decision or the production waits for an e-photo: required, not arrived, not waived.

    Once the card is in production, it is too late to wait for it.
    """
    waits = State(dossier.state) in OPEN | {State.FAVOURABLE}
    photo = required(dossier) if waits else None
    return photo is not None and not photo.arrived and not photo.waived


def can_give(dossier: Dossier, photo: EPhoto | None) -> bool:
    """Return whether the applicant can give another code: until production, unless a good photo is there.

    With a request for the e-photo, a good one can be replaced too.
    """
    possible = photo is not None and GIVE_PHOTO.is_possible(State(dossier.state), {Role.APPLICANT})
    return possible and (not (photo and photo.arrived) or complements.asks_for(dossier, PHOTO))


def check(desk: PhotoDesk, code: str, dossier: Dossier, today: date) -> EPhotoState:
    """Return the state of a code; NOT_ARRIVED if the photo desk does not answer, so that it never blocks a filing."""
    try:
        return _look_up(desk, code, dossier, today)
    except PhotoDeskUnavailable:
        return EPhotoState.NOT_ARRIVED


def _look_up(desk: PhotoDesk, code: str, dossier: Dossier, today: date) -> EPhotoState:
    used = UsedPhotoCode.get_or_none(UsedPhotoCode.code == code)
    if used is not None and used.dossier_id != dossier.id:
        return EPhotoState.USED
    return desk.look_up(code, today)


def set_code(desk: PhotoDesk, dossier: Dossier, code: str, now: datetime) -> EPhotoState:
    """Store the code of a dossier in place of the one before; of a filed one, with its event.

    Raises PhotoRefused if it cannot be used, StaleDossier for a draft filed meanwhile, ForbiddenTransition once the card
    is in production.
    """
    state = check(desk, code, dossier, paris_day(now))
    if state not in USABLE:
        raise PhotoRefused(state)
    with database.atomic():
        row = store.locked(dossier.id)
        if (row.state == State.DRAFT) is not (dossier.state == State.DRAFT):
            raise StaleDossier(row)
        if row.state != State.DRAFT:
            _replace(row, code, state, now)
        Dossier.update(saved_at=now).where(Dossier.id == row.id).execute()
        columns = {"code": code, "state": str(state), "given_at": now, "checked_at": now}
        PhotoCode.insert(dossier=row, **columns).on_conflict(
            conflict_target=[PhotoCode.dossier], update=columns
        ).execute()
    return state


def _replace(row: Dossier, code: str, state: EPhotoState, now: datetime) -> None:
    """Record another code of a filed dossier, use it up, and count it as the answer to a request."""
    move = GIVE_PHOTO.transition(State(row.state), Role.APPLICANT)
    before = store.photo(row.id)
    if before and before.code != code and before.state != EPhotoState.READY:
        _release(before)
    _use_up(code, row)
    store.transition(row, move, now, facts={"code": code, "state": str(state)})
    complements.answer_photo(row, now)


def consume(dossier: Dossier) -> None:
    """Use up the code of a dossier, in the filing's transaction. Raises PhotoRefused if another dossier has used it."""
    if photo := store.photo(dossier.id):
        _use_up(photo.code, dossier)


def _use_up(code: str, dossier: Dossier) -> None:
    try:
        with database.atomic():
            UsedPhotoCode.create(code=code, dossier=dossier)
    except IntegrityError:
        if UsedPhotoCode.get_by_id(code).dossier_id != dossier.id:
            raise PhotoRefused(EPhotoState.USED) from None


def _release(photo: PhotoCode) -> None:
    """Let go of a code that gave no photo: typed with a mistake, it may be another person's."""
    own = (UsedPhotoCode.code == photo.code) & (UsedPhotoCode.dossier == photo.dossier_id)
    UsedPhotoCode.delete().where(own).execute()


def check_again(desk: PhotoDesk, photo: PhotoCode, now: datetime) -> bool:
    """Look up a code that had not arrived, and return whether the answer ends the wait.

    After EPHOTO_ARRIVAL_HOURS the photo counts as never arrived, but not while the desk is away: it was not asked.
    The applicant of a filed dossier is told of a code that does not work, in letter hours: until then the wait goes on.
    """
    try:
        state = _look_up(desk, photo.code, photo.dossier, paris_day(now))
    except PhotoDeskUnavailable:
        state = EPhotoState.NOT_ARRIVED
    else:
        if state is EPhotoState.NOT_ARRIVED and now >= looked_for_until(photo.given_at):
            state = EPhotoState.NEVER_ARRIVED
    if state not in USABLE and not in_letter_hours(now):
        state = EPhotoState.NOT_ARRIVED
    return _record(photo, state, now)


def _record(photo: PhotoCode, state: EPhotoState, now: datetime) -> bool:
    with database.atomic():
        row = store.locked(photo.dossier_id)
        # Only if the code is still the same, and waits: the applicant may have given another, or the same again; another
        # worker may have had the answer.
        same = (PhotoCode.id == photo.id) & (PhotoCode.given_at == photo.given_at)
        same &= PhotoCode.state == str(EPhotoState.NOT_ARRIVED)
        if not PhotoCode.update(state=str(state), checked_at=now).where(same).execute():
            return False
        if state is EPhotoState.NOT_ARRIVED:
            return False
        if state is not EPhotoState.READY:
            _release(photo)
        if row.reference is not None:
            _tell(row, state, now)
    return True


def _tell(row: Dossier, state: EPhotoState, now: datetime) -> None:
    """Note in the record what became of a filed dossier's code, and tell the applicant if another one is needed."""
    event = ARRIVED if state is EPhotoState.READY else FAILED
    store.append_event(row, event, Role.SYSTEM, now, facts={"state": str(state)})
    if state not in USABLE and GIVE_PHOTO.is_possible(State(row.state), {Role.APPLICANT}):
        notices.notify(row, NoticeKind.PHOTO_PROBLEM, now, problem=str(state))
