"""Changes by the applicant between filing and decision: answers, withdrawal; documents: see `documents`.

Each is a transition, so that an agent deciding on an older page is warned that it is stale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from app.domain.actions.applicants import CORRECT, WITHDRAW
from app.domain.dossiers.appointments import Cause
from app.domain.dossiers.endings import Settlement
from app.domain.dossiers.states import Role, State
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import CONFIRMED, Case
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import WITHDRAWAL_ENDS_CERTIFICATES
from app.domain.text import Problem
from app.domain.texts.notices import NoticeKind
from app.services.applications import transfers
from app.services.applications.applicant_overview import journey_of
from app.services.applications.competence import service_of
from app.services.appointments import invitations
from app.services.certificates import endings
from app.services.filed import index_for_search
from app.services.messages import notices
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Account, Correction, Dossier, Service


class MovedAway(Exception):
    """Raised for an address of another service, unless the applicant says that they have not moved.

    A move needs the procedure of change of address; the same home written wrongly is a correction.
    """


class StillWrong(Exception):
    """Raised when an earlier answer contradicts the new ones; `step` and `problems` say which."""

    def __init__(self, step: Step, problems: Mapping[str, Problem]) -> None:
        super().__init__(step.slug)
        self.step, self.problems = step, problems


def correct(dossier: Dossier, answers: Mapping[str, Any], now: datetime, same_home: bool = False) -> bool:
    """Store a new version of the answers; return False if nothing changed.

    With `same_home`, an address of another service was written wrongly: the dossier goes to that service.
    Raises ForbiddenTransition once the dossier is decided, MovedAway, StillWrong.
    """
    with database.atomic():
        row = store.locked(dossier.id)
        move = CORRECT.transition(State(row.state), Role.APPLICANT)
        corrected = checked(row, answers, now)
        if not corrected.changes:
            return False
        after = corrected.sealed
        moved = "commune" in corrected.changes
        target = service_of(after) if moved else cast(Service, row.service)
        if target != row.service and not same_home:
            raise MovedAway
        Correction.create(dossier=row, at=now, changes=corrected.changes)
        store.transition(row, move, now, facts={"count": len(corrected.changes)}, **corrected.columns)
        index_for_search(row)
        if phone := after.get("phone"):
            Account.update(phone=phone).where(Account.id == row.account_id).execute()
        transfers.transfer(row, target, now)
        if journey_of(row).moves_dossiers:
            transfers.transfer_others(row, now)
    return True


@dataclass(frozen=True)
class Corrected:
    """The sealed answers after a correction, those changed (before, after), and whether a card is made."""

    sealed: dict[str, Any]
    changes: dict[str, list[Any]]
    with_card: bool

    @property
    def columns(self) -> dict[str, Any]:
        """Columns of the dossier that the correction changes."""
        return {"sealed": self.sealed, "with_card": self.with_card}


def checked(row: Dossier, answers: Mapping[str, Any], now: datetime) -> Corrected:
    """Return a dossier's answers with some of them corrected. Raises StillWrong."""
    journey = journey_of(row)
    before: dict[str, Any] = row.sealed or {}
    merged = {**before, **answers}
    case = Case(merged, today=paris_day(now), identity=row.identity)
    for step in journey.steps:
        if problems := {
            key: problem
            for key, problem in step.problems(case).items()
            if (key in answers or key not in before) and not problem.doubt  # the form has asked twice
        }:
            raise StillWrong(step, problems)
    after = journey.relevant(merged)
    with_card = journey.makes_card(replace(case, today=row.filed_on or case.today))
    return Corrected(after, _changes(before, after), with_card)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    keys = [key for key in dict.fromkeys([*before, *after]) if key != CONFIRMED]
    return {
        key: [before.get(key), after.get(key)]
        for key in keys
        if (before.get(key) or None) != (after.get(key) or None)
    }


def withdraw(dossier: Dossier, now: datetime) -> None:
    """Withdraw the application, whose certificates end as the rule of the day says. Raises ForbiddenTransition.

    The applicant was told so before, on the page that asks for confirmation.
    """
    with database.atomic():
        row = store.locked(dossier.id)
        move = WITHDRAW.transition(State(row.state), Role.APPLICANT)
        settled = endings.settle(row, settlement_of_withdrawal(now), now)
        store.transition(row, move, now, facts=settled or None)
        notices.notify(row, NoticeKind.WITHDRAWN, now, **settled)
        invitations.end(row, Cause.WITHDRAWN, now)


def settlement_of_withdrawal(now: datetime) -> Settlement:
    """Return what becomes of the certificates in force when an application is withdrawn today."""
    return Settlement.ENDED if WITHDRAWAL_ENDS_CERTIFICATES.on(paris_day(now)) else Settlement.KEPT


def versions(dossier_id: int) -> Sequence[Correction]:
    """Return the last 50 changes of the answers of a dossier, newest first."""
    return list(
        Correction.select().where(Correction.dossier == dossier_id).order_by(Correction.id.desc()).limit(50)
    )
