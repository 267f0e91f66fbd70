"""Where a dossier stands, from its rows: the facts that `domain.dossiers.standing` computes it of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.actions.applicants import GIVE_PHOTO
from app.domain.dossiers.standing import Asked, DossierFacts, Standing, standing
from app.domain.dossiers.states import OPEN, Role, State
from app.domain.journeys.journey import Purpose
from app.domain.procedures import journey
from app.domain.rules.calendar import continued_by_law, paris_day
from app.domain.rules.ephotos import PHOTO_WAIVED, USABLE, EPhotoState
from app.storage.applications import complements, dossiers, lost_files
from app.storage.models import Complement, Dossier


@dataclass(frozen=True)
class Faults:
    """What does not count: the last e-photo code, which does not work, a file that had a virus."""

    photo: bool = False
    lost_file: bool = False
    photo_ready: bool = False  # the photo is there


NONE = Faults()


def standing_of(dossier: Dossier, today: date, lost_on: date | None = None) -> Standing:
    """Return where a filed dossier stands on a day; `lost_on` is the day on which the permit was declared lost."""
    requests = complements.of_dossier(dossier.id)
    return standing(facts_of(dossier, requests, lost_on, faults(dossier)), today)


def facts_of(
    dossier: Dossier,
    requests: Iterable[Complement] = (),
    lost_on: date | None = None,
    found: Faults = NONE,
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
