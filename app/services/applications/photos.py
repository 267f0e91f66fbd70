"""E-photo codes of dossiers: checked with the photo desk when typed, used up by the filing."""

from datetime import date, datetime

from peewee import IntegrityError

from app.domain.rules.calendar import paris_day
from app.gateways.ephoto import EPhotoState, PhotoDesk, PhotoDeskUnavailable
from app.services.applications.changes import changing
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Dossier, PhotoCode, UsedPhotoCode

# States that allow a filing: the photo has arrived, or may still arrive.
ACCEPTED = frozenset({EPhotoState.READY, EPhotoState.NOT_ARRIVED})


class PhotoRefused(Exception):
    """Raised for a code that cannot be used; `state` says why."""

    def __init__(self, state: EPhotoState) -> None:
        super().__init__(state)
        self.state = state


def check(desk: PhotoDesk, code: str, dossier: Dossier, today: date) -> EPhotoState:
    """Return the state of a code; NOT_ARRIVED if the photo desk does not answer, so that it never blocks a filing."""
    used = UsedPhotoCode.get_or_none(UsedPhotoCode.code == code)
    if used is not None and used.dossier_id != dossier.id:
        return EPhotoState.USED
    try:
        return desk.look_up(code, today)
    except PhotoDeskUnavailable:
        return EPhotoState.NOT_ARRIVED


def set_code(desk: PhotoDesk, dossier: Dossier, code: str, now: datetime) -> EPhotoState:
    """Store the code of a dossier in place of the one before. Raises PhotoRefused if it cannot be used, StaleDossier."""
    state = check(desk, code, dossier, paris_day(now))
    if state not in ACCEPTED:
        raise PhotoRefused(state)
    row = {"code": code, "state": str(state), "checked_at": now}
    with changing(dossier, now):
        PhotoCode.insert(dossier=dossier, given_at=now, **row).on_conflict(
            conflict_target=[PhotoCode.dossier], update=row
        ).execute()
    return state


def consume(dossier: Dossier) -> None:
    """Use up the code of a dossier, in the filing's transaction. Raises PhotoRefused if another dossier has used it."""
    photo = store.photo(dossier.id)
    if photo is None:
        return
    try:
        with database.atomic():
            UsedPhotoCode.create(code=photo.code, dossier=dossier)
    except IntegrityError:
        raise PhotoRefused(EPhotoState.USED) from None
