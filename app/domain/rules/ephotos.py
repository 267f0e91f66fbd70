"""E-photos: the states of a code, and until when its photo is looked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.rules.parameters import EPHOTO_ARRIVAL_HOURS


class EPhotoState(StrEnum):
    """The states of a code (domain reference §5); the photo desk answers all but the last."""

    READY = "ready"
    NOT_ARRIVED = "not_arrived"
    USED = "used"
    EXPIRED = "expired"
    UNSIGNED = "unsigned"
    REFUSED = "refused"
    NEVER_ARRIVED = "never_arrived"  # not arrived in EPHOTO_ARRIVAL_HOURS


PHOTO_WAIVED = "photo_waived"  # event of a dossier: an agent decided without its e-photo

# States that allow a filing: the photo has arrived, or may still arrive.
USABLE = frozenset({EPhotoState.READY, EPhotoState.NOT_ARRIVED})


def looked_for_until(given_at: datetime) -> datetime:
    """Return until when the photo of a code given at an instant is looked for."""
    return given_at + timedelta(hours=EPHOTO_ARRIVAL_HOURS)


@dataclass(frozen=True)
class EPhoto:
    """The e-photo that an application requires: its last code, what is known of it, and since when.

    `code` is "", `state` and the instants are None if no code was given. `waived`: an agent decided without it.
    """

    code: str
    state: EPhotoState | None
    given_at: datetime | None
    checked_at: datetime | None
    waived: bool = False

    @property
    def arrived(self) -> bool:
        """Whether the photo can be used."""
        return self.state is EPhotoState.READY

    @property
    def fault(self) -> bool:
        """Whether the applicant has to give another code."""
        return self.state not in USABLE

    @property
    def until(self) -> datetime | None:
        """Until when the photo is looked for; None if it is not."""
        if self.state is not EPhotoState.NOT_ARRIVED or self.given_at is None:
            return None
        return looked_for_until(self.given_at)
