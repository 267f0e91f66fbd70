"""The e-photo code of a dossier: given, checked with the photo desk, consumed by the filing."""

from datetime import date, datetime

from peewee import IntegrityError

from app.domain.rules.calendar import paris_day
from app.gateways.ephoto import EPhotoState, PhotoDesk, PhotoDeskUnavailable
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Dossier, PhotoCode, UsedPhotoCode

# States that do not stop a filing: the photo is there, or may still arrive.
ACCEPTED = frozenset({EPhotoState.READY, EPhotoState.NOT_ARRIVED})


class PhotoRefused(Exception):
    """The code cannot be used; `state` says why."""

    def __init__(self, state: EPhotoState) -> None:
        super().__init__(state)
        self.state = state


def check(desk: PhotoDesk, code: str, dossier: Dossier, today: date) -> EPhotoState:
    """What is known of a code. A desk that does not answer is a photo not arrived yet: it never blocks."""
    used = UsedPhotoCode.get_or_none(UsedPhotoCode.code == code)
    if used is not None and used.dossier_id != dossier.id:
        return EPhotoState.USED
    try:
        return desk.look_up(code, today)
    except PhotoDeskUnavailable:
        return EPhotoState.NOT_ARRIVED


def set_code(desk: PhotoDesk, dossier: Dossier, code: str, now: datetime) -> EPhotoState:
    """Keep a code that is or may become usable; PhotoRefused otherwise, and the code before stays."""
    state = check(desk, code, dossier, paris_day(now))
    if state not in ACCEPTED:
        raise PhotoRefused(state)
    PhotoCode.insert(dossier=dossier, code=code, state=str(state), given_at=now, checked_at=now).on_conflict(
        conflict_target=[PhotoCode.dossier], update={"code": code, "state": str(state), "checked_at": now}
    ).execute()
    return state


def consume(dossier: Dossier) -> None:
    """Use the code up, in the filing's transaction; PhotoRefused when another dossier did meanwhile."""
    photo = store.photo(dossier.id)
    if photo is None:
        return
    try:
        with database.atomic():
            UsedPhotoCode.create(code=photo.code, dossier=dossier)
    except IntegrityError:
        raise PhotoRefused(EPhotoState.USED) from None
