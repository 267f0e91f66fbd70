"""The acts on the appointments of a dossier: an interview that is open, fingerprints that were taken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.dossiers.appointments import Meeting, Outcome, Purpose
from app.domain.dossiers.states import OPEN
from app.services.applications import dossiers
from app.services.appointments import invitations
from app.services.calendar import appointment_reminders
from app.services.decisions import instruction
from app.storage.models import Appointment, Dossier
from tests.fixtures import NOON
from tests.services.applications.at_once.running import NEW, Model, Step, Verb
from tests.services.applications.at_once.steps import done
from tests.services.applications.at_once.world import LATER, MOVED, READ, REASON, World

TODAY = LATER + timedelta(hours=2)
INTERVIEW, ELSEWHERE = (Meeting(Purpose.INTERVIEW, TODAY, place) for place in ("Guichet 4", MOVED))
TAKEN, AGAIN = (Meeting(Purpose.FINGERPRINTS, at, "Guichet 4") for at in (READ, TODAY))
COMES, DECLINES = "interview open", "interview declined"
PRINTED, PRINTS = "fingerprints kept", "fingerprints open"


class Invited(World):
    """Under review; an interview is today, and fingerprints were taken a moment ago."""

    present = COMES  # the mark of the interview that the pages showed

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        self.act(draft, instruction.take)
        row = Dossier.get_by_id(draft.id)
        taken = invitations.invite(row, self.agent, TAKEN, NOON)
        invitations.mark(taken, self.agent, Outcome.KEPT, taken.version, READ)
        self.taken: Appointment = Appointment.get_by_id(taken.id)
        self.interview: Appointment = invitations.invite(row, self.agent, INTERVIEW, READ)
        Appointment.update(told=None).where(Appointment.id == self.interview.id).execute()

    def verbs(self) -> dict[str, Verb]:
        return {
            **self.of_interview(),
            "decline": self.changing(invitations.decline, "Je travaille.", step=_declined),
            "correct": self.correcting(),
            "invite": self.inviting(),
            "remind": self.reminding(),
        }

    def of_interview(self) -> dict[str, Verb]:
        """What agents do with the interview, and what ends it by itself."""
        return {
            "move": self.changing(invitations.move, self.agent, ELSEWHERE, "", step=self._moved),
            "cancel": self.changing(invitations.cancel, self.agent, REASON, step=self._to("cancelled", 1)),
            "mark": self.changing(invitations.mark, self.agent, Outcome.KEPT, step=self._to("kept", 0)),
            "withdraw": _ending(self.withdrawing()),
            "close": _ending(self.by_agent("close", REASON, step=lambda m: replace(m, letter=NEW))),
        }

    def changing(self, function: Callable[..., Any], *given: Any, step: Step) -> Verb:
        """A change of the interview as the pages showed it."""
        shown = self.interview

        def act() -> None:
            function(Appointment(**shown.__data__), *given, shown.version, LATER)

        return Verb(function, done(act), step)

    def is_fresh(self, m: Model) -> bool:
        """Return whether nothing changed the interview since the pages were shown."""
        return self.present in m and "moved" not in m

    def _to(self, outcome: str, told: int) -> Step:
        def step(m: Model) -> Model | None:
            ended = m.telling(told).marked(f"interview {outcome}", without=(self.present,))
            return ended if self.is_fresh(m) else None

        return step

    def _moved(self, m: Model) -> Model | None:
        """Return the model with the interview elsewhere; the same sent again changes nothing."""
        if "moved" in m:
            return m if COMES in m else None
        moved = m.telling().marked("moved", "interview told", without=(self.present,)).marked(COMES)
        return moved if self.is_fresh(m) else None

    def inviting(self) -> Verb:
        """Fingerprints again; the same sent again is the first one."""

        def step(m: Model) -> Model | None:
            if PRINTS in m:
                return m if PRINTED in m else None
            return m.telling().marked(PRINTS) if m.state in OPEN else None

        act = done(lambda: invitations.invite(self.row(), self.agent, AGAIN, LATER))
        return Verb(invitations.invite, act, step)

    def correcting(self) -> Verb:
        """Fingerprints were not taken: the appointment is open again."""

        def step(m: Model) -> Model | None:
            if PRINTED not in m or PRINTS in m or m.state not in OPEN:
                return None
            return m.telling().marked(PRINTS, without=(PRINTED,))

        def act() -> None:
            shown = Appointment(**self.taken.__data__)
            invitations.correct(shown, self.agent, None, REASON, shown.version, LATER)

        return Verb(invitations.correct, done(act), step)

    def reminding(self) -> Verb:
        """The worker's reminder of the interview."""

        def step(m: Model) -> Model | None:
            told = "interview told" in m or COMES not in m
            return None if told else m.telling().marked("interview told")

        return Verb(appointment_reminders.send_due, lambda: bool(appointment_reminders.send_due(LATER)), step)


class Declined(Invited):
    """The same, but the person said that they cannot come."""

    present = DECLINES

    def prepare(self, draft: Dossier) -> None:
        super().prepare(draft)
        invitations.decline(self.interview, "", self.interview.version, READ)
        self.interview = Appointment.get_by_id(self.interview.id)

    def verbs(self) -> dict[str, Verb]:
        def accepted(m: Model) -> Model | None:
            return m.marked(COMES, without=(DECLINES,)) if self.is_fresh(m) else None

        return {**self.of_interview(), "accept": self.changing(invitations.accept, step=accepted)}


def _declined(m: Model) -> Model | None:
    """Return the model with the word that the person cannot come; the same sent again changes nothing."""
    if DECLINES in m:
        return m
    return m.marked(DECLINES, without=(COMES,)) if COMES in m and "moved" not in m else None


def _ending(verb: Verb) -> Verb:
    """Return an act that cancels what is open too, and tells of each."""

    def step(m: Model) -> Model | None:
        after = verb.step(m)
        if after is None:
            return None
        opened = tuple(after.marks & {COMES, DECLINES, PRINTS})
        ended = (f"{mark.split()[0]} cancelled" for mark in opened)
        return after.telling(len(opened)).marked(*ended, without=opened)

    return replace(verb, step=step)
