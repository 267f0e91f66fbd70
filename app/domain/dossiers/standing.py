"""Where a person stands with an application: what they hold, what follows, what silence means, what they can do.

Everything that is told of a dossier to its person and to its service is computed here, of its facts and the day: pages,
messages, papers and the agents' desk say the same, and promise nothing after its date.

Sources: CESEDA R.431-15-1 (extension of complete applications filed in time, once the service has taken note of them),
R.431-15-2 (favourable decision), L.433-3 (cards of four years and more), R*.432-1 and R.432-2 (silence is a refusal);
CRPA L.114-5 (the time to answer stops while requested papers are awaited, which is disputed once a certificate of
extension was issued: Conseil d'État, avis of 6 May 2025, n° 499904; so both dates are told, and none is moved).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.dossiers.states import OPEN, UNDER_REVIEW, WITHHELD, State, extends
from app.domain.rules.calendar import NO_END
from app.domain.rules.parameters import EXTENSION_LEAD_DAYS, UNCOVERED_DAYS
from app.domain.rules.remedies import Silence


class Held(StrEnum):
    """What proves the person's right to stay today."""

    UNTOUCHED = "untouched"  # the procedure changes no right: what they had before
    PERMIT = "permit"  # or visa
    LOST = "lost"  # a permit declared lost, stolen or damaged: it proves nothing, the right itself goes on
    EXTENSION = "extension"  # a certificate of extension
    FAVOURABLE = "favourable"  # a certificate of favourable decision
    BY_LAW = "by_law"  # an expired card of four years or more, for three months (L.433-3)
    CARD = "card"  # the new one
    NOTHING = "nothing"


class Follows(StrEnum):
    """What comes after the last day of what they hold, if no decision comes before."""

    AUTOMATIC = "automatic"  # a certificate of extension, by itself
    OVERDUE = "overdue"  # that certificate, which should have been issued by now
    ON_TAKING = "on_taking"  # that certificate, once an agent has opened the dossier
    ON_REQUEST = "on_request"  # filed late: only if an agent grants it
    WITHHELD = "withheld"  # an agent decided against it
    FAVOURABLE = "favourable"  # granted: the certificate of that decision, not issued yet
    CARD = "card"  # granted, and certified
    NOTHING = "nothing"  # decided against, withdrawn, finished, or a procedure that changes no right


class Todo(StrEnum):
    """What the person has to do or should do, the most urgent first."""

    COME = "come"  # to an appointment
    ANSWER = "answer"  # a request for documents
    RESEND = "resend"  # a document, in place of a file that had a virus
    PHOTO = "photo"  # another code for the e-photo: the last one does not work
    COLLECT = "collect"  # the card
    WRITE = "write"  # to the service: rights have ended, or end soon with nothing sure to follow
    ASK_REASONS = "ask_reasons"  # of a refusal by silence, or contest it
    CONTEST = "contest"  # a refusal
    REOPEN = "reopen"  # ask for it, of a dossier closed


@dataclass(frozen=True)
class Asked:
    """A request for documents: the days on which it was made, is due, and was answered (None while it is open)."""

    on: date
    due_on: date
    answered_on: date | None = None

    @property
    def stops(self) -> timedelta:
        """The longest time for which the request can have stopped the time to answer the application."""
        return min(self.due_on, self.answered_on or self.due_on) - self.on


@dataclass(frozen=True)
class DossierFacts:
    """The facts of a filed dossier. `rights_end` is the last day of what was issued, NO_END if no day ends it."""

    state: State
    changes_rights: bool  # whether the procedure extends rights at all
    in_time: bool
    extension: str  # an agent's decision on certificates of extension, see dossiers.states
    filed_on: date
    permit_end: date
    rights_end: date
    continued_until: date | None = None  # by law, if the renewal was applied for before `permit_end`
    lost_on: date | None = None  # declared lost, stolen or damaged
    legal_answer_on: date | None = None
    requests: tuple[Asked, ...] = ()
    lost_file: bool = False  # a file had a virus, and nothing was sent in its place
    photo_fault: bool = False  # the code of the e-photo does not work, and another can be given
    photo_ready: bool = False  # it works, and the photo is there
    meets_on: date | None = None  # the day of the next appointment to which the person is expected


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands on a day."""

    facts: DossierFacts
    today: date
    held: Held
    held_until: date | None  # the last day of `held`; None if no day ends it, or nothing is held
    follows: Follows
    silence: Silence | None  # while the dossier is open, where the law attaches a refusal to silence
    todo: tuple[Todo, ...]  # empty: there is nothing to do

    @property
    def issued_from(self) -> date | None:
        """The day from which the next certificate of extension is issued by itself, None if none is sure to be."""
        return _due(self.facts) if self.follows is Follows.AUTOMATIC else None

    @property
    def days_left(self) -> int | None:
        """Days left of what they hold, negative once it has ended; None if no day ends it."""
        end = self.facts.rights_end if self.held is Held.NOTHING else self.held_until
        return (end - self.today).days if end else None

    @property
    def ends_soon(self) -> bool:
        """Whether rights have ended, or end within the longest delay of the warnings."""
        return self.days_left is not None and self.days_left <= max(UNCOVERED_DAYS)


def standing(facts: DossierFacts, today: date) -> Standing:
    """Return where a dossier stands on a day."""
    held, until = _held(facts, today)
    follows = what_follows(facts, today)
    silence = _silence(facts, today)
    stand = Standing(facts, today, held, until, follows, silence, ())
    return Standing(facts, today, held, until, follows, silence, _todo(stand))


def what_follows(facts: DossierFacts, today: date) -> Follows:
    """Return what comes after the end of the rights of a dossier."""
    if not facts.changes_rights:
        return Follows.NOTHING
    if facts.state in _GRANTED:
        return Follows.CARD if facts.rights_end == NO_END else Follows.FAVOURABLE
    if facts.state not in OPEN:
        return Follows.NOTHING
    if not extends(facts.in_time, facts.extension):
        return Follows.WITHHELD if facts.extension == WITHHELD else Follows.ON_REQUEST
    if facts.state not in UNDER_REVIEW:
        return Follows.ON_TAKING
    # One day of grace: what is due today is issued in the course of the day.
    return Follows.OVERDUE if today > _due(facts) else Follows.AUTOMATIC


_GRANTED = frozenset({State.FAVOURABLE, State.IN_PRODUCTION, State.CARD_AVAILABLE})
# What nobody can be sure of, so that the person should write before it is too late.
_UNSURE = frozenset({Follows.ON_TAKING, Follows.ON_REQUEST, Follows.WITHHELD, Follows.FAVOURABLE})


def _due(facts: DossierFacts) -> date:
    return facts.rights_end - timedelta(days=EXTENSION_LEAD_DAYS)


def _held(facts: DossierFacts, today: date) -> tuple[Held, date | None]:
    if not facts.changes_rights:
        return Held.UNTOUCHED, None
    if facts.state is State.HANDED_OVER:
        return Held.CARD, None
    if facts.rights_end == NO_END:
        return Held.FAVOURABLE, None
    if today <= facts.rights_end:
        permit = Held.LOST if facts.lost_on else Held.PERMIT
        return Held.EXTENSION if facts.rights_end > facts.permit_end else permit, facts.rights_end
    continued = facts.continued_until
    examined = facts.state in OPEN or facts.state in _GRANTED
    if continued and examined and facts.filed_on <= facts.permit_end and today <= continued:
        return Held.BY_LAW, continued
    return Held.NOTHING, None


def _silence(facts: DossierFacts, today: date) -> Silence | None:
    on = facts.legal_answer_on
    if on is None or facts.state not in OPEN:
        return None
    return Silence(on, today, on + sum((asked.stops for asked in facts.requests), timedelta()))


def _todo(stand: Standing) -> tuple[Todo, ...]:
    state = stand.facts.state
    lapsing = stand.follows is Follows.OVERDUE or (stand.follows in _UNSURE and stand.ends_soon)
    wanted = {
        Todo.COME: stand.facts.meets_on is not None and stand.facts.meets_on >= stand.today,
        Todo.ANSWER: state is State.COMPLEMENT_REQUESTED,
        Todo.RESEND: stand.facts.lost_file and state in OPEN,
        Todo.PHOTO: stand.facts.photo_fault,
        Todo.COLLECT: state is State.CARD_AVAILABLE,
        Todo.WRITE: lapsing or stand.held is Held.NOTHING,
        Todo.ASK_REASONS: bool(stand.silence and stand.silence.refused),
        Todo.CONTEST: state is State.UNFAVOURABLE,
        Todo.REOPEN: state is State.CLOSED,
    }
    return tuple(todo for todo, holds in wanted.items() if holds)
