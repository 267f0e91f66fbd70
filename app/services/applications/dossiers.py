"""Drafts of applications and their filing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.domain.actions.applicants import SUBMIT
from app.domain.actions.review import APPROVE
from app.domain.dossiers.states import Role, State
from app.domain.journeys.journey import Journey, Page, Step
from app.domain.journeys.questions import Case
from app.domain.procedures import current
from app.domain.procedures import journey as journey_of
from app.domain.rules.calendar import NO_END, Timing, Window, paris_day
from app.domain.rules.deadlines import Answers
from app.domain.rules.identifiers import make_reference
from app.domain.texts.notices import NoticeKind
from app.services.applications import foreign_numbers, photos, stamps, transfers
from app.services.applications.competence import service_of
from app.services.certificates import attestations
from app.services.filed import index_for_search
from app.services.messages import notices
from app.services.operations import stored_files
from app.storage import outbox
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Account, Dossier


class IncompleteDossier(Exception):
    """Raised when something is missing in a draft; `step` is the first incomplete one."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.slug)
        self.step = step


class NoLongerOffered(Exception):
    """Raised when the procedure was retired since the draft was begun."""


class OutsideWindow(Exception):
    """Raised outside the filing window; `timing` is TOO_LATE or EARLY."""

    def __init__(self, timing: Timing) -> None:
        super().__init__(timing)
        self.timing = timing


class AlreadyFiled(Exception):
    """Raised when the draft, or another application of the same kind, was filed already; `dossier` is that one."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(dossier.reference)
        self.dossier = dossier


class SavedMeanwhile(Exception):
    """Raised when another tab or device saved this step since the page was shown; `answers` are the saved ones."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        super().__init__("saved meanwhile")
        self.answers = answers


@dataclass(frozen=True)
class Draft:
    """A dossier with its procedure and its case."""

    dossier: Dossier
    journey: Journey
    case: Case

    @cached_property
    def first_incomplete_step(self) -> Step:
        """First step with something missing; the summary if nothing is."""
        return self.journey.first_incomplete(self.case)

    def can_visit(self, step: Step) -> bool:
        """Return whether a step can be opened: those up to the first incomplete one can."""
        return self.journey.can_visit(step, self.first_incomplete_step)

    @property
    def legal_answer_on(self) -> date | None:
        """Day on which silence would become a refusal if the draft were filed today; None if the law sets none."""
        delay = self.journey.answer_within(self.case)
        return delay.after(self.case.today) if delay else None

    @property
    def stamp_step(self) -> Step:
        """Step with the question about the e-stamp, in a procedure that has one."""
        return next(step for step in self.journey.steps if self.journey.stamp in step.questions)

    @property
    def window(self) -> Window:
        """Filing window of the draft."""
        return self.journey.window(self.case)


def permit_end(dossier: Dossier) -> date:
    """Return the last day of the applicant's present permit."""
    return date.fromisoformat(dossier.identity["valid_until"])


def load_draft(dossier: Dossier, today: date) -> Draft:
    """Return a dossier with its procedure and case; the answers are those of the filing once it is filed."""
    answers = dossier.answers if dossier.sealed is None else dossier.sealed
    received = store.received_keys(dossier.id) if dossier.id else frozenset()
    case = Case(answers, received, today, dossier.identity)
    return Draft(dossier, journey_of(dossier.journey, dossier.journey_version), case)


def unsaved_draft(account: Account, journey: Journey) -> Dossier:
    """Return a draft that is not stored, for the pages before the first save."""
    return Dossier(
        account=account,
        journey=journey.slug,
        journey_version=journey.version,
        state=str(State.DRAFT),
        answers={},
        identity=account.identity,
    )


def pending(account_id: int, journey: Journey) -> Dossier | None:
    """Return the application that must be decided before another one of the same kind can be filed, None without."""
    return store.open_in(account_id, journey.slug) if journey.one_at_a_time else None


def begin(account: Account, journey: Journey, now: datetime) -> Dossier:
    """Return the draft of an account for a procedure; create it if there is none.

    The unique index on drafts decides between two that begin at once; the loop is for a draft that was filed between
    the two statements.
    """
    while True:
        if row := store.draft(account.id, journey.slug):
            return row
        Dossier.insert(
            account=account,
            journey=journey.slug,
            journey_version=journey.version,
            state=str(State.DRAFT),
            answers={},
            identity=account.identity,
            created_at=now,
            saved_at=now,
        ).on_conflict_ignore().execute()


def save_step(draft: Draft, step: Step, answers: Answers, seen: str, now: datetime) -> None:
    """Save the answers of a step; create the draft if it is not stored yet.

    `seen` is the digest of the stored answers that the page was made with. Raises SavedMeanwhile if others were saved
    since, AlreadyFiled if the application was filed.
    """
    with database.atomic():
        dossier = draft.dossier if draft.dossier.id else begin(draft.dossier.account, draft.journey, now)
        row = _locked_draft(dossier)
        changed = any(row.answers.get(key) != value for key, value in answers.items())
        if changed and seen and seen != step.digest(row.answers):
            raise SavedMeanwhile(row.answers)
        _merge(row, answers, now)


def save_answers(dossier: Dossier, answers: Answers, now: datetime) -> None:
    """Save answers of any step. Raises AlreadyFiled if the application was filed."""
    with database.atomic():
        row = _locked_draft(dossier)
        _merge(row, answers, now)
    dossier.answers, dossier.saved_at = row.answers, row.saved_at


def _locked_draft(dossier: Dossier) -> Dossier:
    """Return the row of a draft, locked until the transaction ends. Raises AlreadyFiled."""
    row = store.locked(dossier.id)
    if row.state != State.DRAFT:
        raise AlreadyFiled(row)
    return row


def _merge(row: Dossier, answers: Answers, now: datetime) -> None:
    """Store answers; those to questions no longer asked are kept, so that a changed answer can be changed back."""
    row.answers, row.saved_at = {**row.answers, **answers}, now
    Dossier.update(answers=row.answers, saved_at=now).where(Dossier.id == row.id).execute()


def submit(dossier: Dossier, now: datetime) -> Dossier:
    """File a draft, once, with the service in charge of its address, and return its row.

    Printing, scanning and mail are left to the worker. Raises AlreadyFiled, NoLongerOffered, IncompleteDossier,
    OutsideWindow, UnknownCommune.
    """
    today = paris_day(now)
    with database.atomic():
        row = _locked_draft(dossier)
        draft = load_draft(row, today)
        if already := pending(row.account_id, draft.journey):
            raise AlreadyFiled(already)
        if current(row.journey) is None:
            raise NoLongerOffered(row.journey)
        step = draft.first_incomplete_step
        if step.page is not Page.SUMMARY:
            raise IncompleteDossier(step)
        if not stamps.paid(draft.journey, draft.case, row.id):
            raise IncompleteDossier(draft.stamp_step)
        timing = draft.window.timing(today)
        if timing in (Timing.EARLY, Timing.TOO_LATE):
            raise OutsideWindow(timing)
        photos.consume(row)
        _seal(row, draft, timing, now)
    return row


def _seal(row: Dossier, draft: Draft, timing: Timing, now: datetime) -> None:
    today = paris_day(now)
    service = service_of(row.answers)
    # One series a département, shared by its services.
    number = store.next_number(f"{service.department}-{today.year}")
    reference = make_reference(service.department, today.year, number)
    store.transition(
        row,
        SUBMIT.transition(State.DRAFT, Role.APPLICANT),
        now,
        sealed=draft.journey.relevant(row.answers),
        service=service,
        with_card=draft.journey.makes_card(draft.case),
        reference=reference,
        filed_on=today,
        in_time=timing is Timing.IN_TIME and draft.journey.deadline.extends,
        rights_end=permit_end(row) if draft.journey.deadline.extends else NO_END,
        legal_answer_on=draft.legal_answer_on,
    )
    index_for_search(row)
    phone = draft.case.answers.get("phone")
    if phone:  # SMS go to the telephone declared last
        Account.update(phone=phone).where(Account.id == row.account_id).execute()
    attestations.issue_at_filing(row, now)
    stored_files.post_check(row.id, now)
    if draft.journey.moves_dossiers:
        transfers.transfer_others(row, now)
    if draft.journey.invalidates:
        outbox.post("invalidate_permit", {"dossier": row.id}, now, dossier=row.id)
    if draft.journey.automatic(draft.case):
        store.transition(row, APPROVE.transition(State.FILED, Role.SYSTEM), now)
        if not foreign_numbers.request_if_due(row, now):
            attestations.grant(row, now)
    else:
        notices.notify(row, NoticeKind.FILED, now, reference=reference)
