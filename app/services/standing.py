"""Where a dossier stands, from its rows: the facts that `domain.dossiers.standing` computes it of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.actions.applicants import GIVE_PHOTO
from app.domain.dossiers.standing import Asked, DossierFacts, Standing, standing
from app.domain.dossiers.states import OPEN, Role, State
from app.domain.journeys.journey import Purpose
from app.domain.procedures import journey
from app.domain.rules.calendar import continued_by_law, paris_day
from app.domain.rules.ephotos import PHOTO_WAIVED, USABLE, EPhotoState
from app.storage import appointments
from app.storage.applications import complements, dossiers, lost_files
from app.storage.models import Appointment, Complement, Dossier


@dataclass(frozen=True)
class Faults:
    """What does not count: the last e-photo code, which does not work, a file that had a virus."""

    photo: bool = False
    lost_file: bool = False
    photo_ready: bool = False  # the photo is there


NONE = Faults()


def standing_of(
    dossier: Dossier,
    today: date,
    lost_on: date | None = None,
    invited: Iterable[Appointment] | None = None,
) -> Standing:
    """Return where a filed dossier stands on a day; `lost_on` is the day on which the permit was declared lost.

    `invited` are its appointments, where the caller has read them.
    """
    requests = complements.of_dossier(dossier.id)
    rows = appointments.of_dossier(dossier.id) if invited is None else invited
    meets_on = next_meeting(rows, today)
    return standing(facts_of(dossier, requests, lost_on, faults(dossier), meets_on), today)


def next_meeting(rows: Iterable[Appointment], today: date, as_of: datetime | None = None) -> date | None:
    """Return the day of the next appointment to which a person is expected, or was `as_of` an instant; None without."""
    days = (paris_day(row.at) for row in rows if _is_awaited(row, as_of))
    return min((day for day in days if day >= today), default=None)


def _is_awaited(row: Appointment, as_of: datetime | None) -> bool:
    ends = [at for at in (row.settled_at, row.declined_at) if at]
    return not ends if as_of is None else row.invited_at <= as_of and not any(at <= as_of for at in ends)


def facts_of(
    dossier: Dossier,
    requests: Iterable[Complement] = (),
    lost_on: date | None = None,
    found: Faults = NONE,
    meets_on: date | None = None,
) -> DossierFacts:
    """Return the facts of a filed dossier, without a query; without its requests, silence has one date only."""
    procedure = journey(dossier.journey, dossier.journey_version)
    first, last = (date.fromisoformat(dossier.identity[key]) for key in ("valid_from", "valid_until"))
    return DossierFacts(
        state=State(dossier.state),
        changes_rights=procedure.deadline.extends,
        in_time=dossier.in_time,
        extension=dossier.extension,
        filed_on=dossier.filed_on or date.max,
        permit_end=last,
        rights_end=dossier.rights_end or last,
        continued_until=continued_by_law(first, last) if procedure.purpose is Purpose.RENEWAL else None,
        lost_on=lost_on,
        legal_answer_on=dossier.legal_answer_on,
        requests=tuple(_asked(request) for request in requests),
        lost_file=found.lost_file,
        photo_fault=found.photo,
        photo_ready=found.photo_ready,
        meets_on=meets_on,
    )


def _asked(request: Complement) -> Asked:
    answered = paris_day(request.answered_at) if request.answered_at else None
    return Asked(paris_day(request.asked_at), request.due_on, answered)


def faults(dossier: Dossier) -> Faults:
    """Return what the person has to give again for a dossier, while they can."""
    state = State(dossier.state)
    if not GIVE_PHOTO.is_possible(state, {Role.APPLICANT}):
        return NONE
    photo_state, lost_file = lost_files.faults(dossier.id)
    waived = state not in OPEN and dossiers.has_event(dossier.id, PHOTO_WAIVED)
    faulty = photo_state is not None and photo_state not in USABLE and not waived
    return Faults(faulty, lost_file, photo_state == EPhotoState.READY)
