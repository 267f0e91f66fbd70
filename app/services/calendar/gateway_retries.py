"""Photo codes that the photo desk did not know yet, asked again by the worker."""

from datetime import datetime, timedelta

from app.domain.rules.ephotos import EPhotoState
from app.gateways.ephoto import PhotoDesk
from app.services.applications import photos
from app.services.batch import for_each_isolated
from app.storage import retention

PHOTO_EVERY = timedelta(hours=1)


def check_photos(desk: PhotoDesk, now: datetime) -> int:
    """Look up again the e-photo codes unknown so far, each hourly for three days; return how many are known now."""
    waiting = retention.photos_to_check(now - PHOTO_EVERY, str(EPhotoState.NOT_ARRIVED))
    return for_each_isolated("photo", waiting, lambda photo: photos.check_again(desk, photo, now))
