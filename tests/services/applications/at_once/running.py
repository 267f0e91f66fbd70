"""Two acts, ten threads each, on one dossier; the outcome must be that of some order of one after the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Barrier, Thread
from typing import Any

from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.applications.complements import ComplementIncomplete, TimeAsked
from app.services.applications.dossiers import AlreadyFiled, IncompleteDossier, SavedMeanwhile
from app.services.appointments.invitations import AlreadyInvited, NotInvitable, StaleAppointment
from app.services.conversations.conversations import StaleConversation
from app.services.decisions.acts import Unchanged
from app.services.review.document_marks import StaleDocument, UnknownMark
from app.storage.applications.dossiers import StaleDossier
from app.storage.database import database
from app.storage.models import Complement, Document

EACH = 10  # requests of an act: twenty in all
# What an act that comes too late may raise. Anything else, a deadlock too, is a fault.
REFUSALS = (
    AlreadyFiled, AlreadyInvited, ComplementIncomplete, Complement.DoesNotExist, Document.DoesNotExist,
    ForbiddenTransition, IncompleteDossier, NotInvitable, SavedMeanwhile, StaleAppointment, StaleConversation,
    StaleDocument, StaleDossier, TimeAsked, Unchanged, UnknownMark,
)  # fmt: skip

NONE, FIRST, NEW, SEVERAL = "none", "first", "new", "several"


@dataclass(frozen=True)
class Model:
    """What the acts decide on, and what they leave.

    `certificate` and `letter` say which one is in force: that of before the acts, a newer one, or several by a fault.
    """

    state: State
    moves: int = 0  # transitions since the pages of the acts were shown
    told: int = 0  # notices to the applicant since then
    old: bool = True  # the file that was there is in force
    added: int = 0  # files in force beside it
    certificate: str = NONE
    letter: str = NONE
    conversations: int = 0
    messages: int = 0
    marks: frozenset[str] = frozenset()  # whatever else is so: see `world.MARKS`

    def to(self, state: State) -> "Model":
        """Return the model after a transition."""
        return replace(self, state=state, moves=self.moves + 1)

    def telling(self, times: int = 1) -> "Model":
        """Return the model after notices to the applicant."""
        return replace(self, told=self.told + times)

    def marked(self, *marks: str, without: tuple[str, ...] = ()) -> "Model":
        """Return the model with some marks more, and without others."""
        return replace(self, marks=(self.marks - set(without)) | set(marks))

    def __contains__(self, mark: str) -> bool:
        return mark in self.marks


Step = Callable[[Model], Model | None]  # None: refused


@dataclass(frozen=True)
class Verb:
    """An act: the service it tries, a request (False where it was refused without an exception), and its model."""

    of: Callable[..., Any]
    act: Callable[[], bool]
    step: Step


@contextmanager
def _connections(many: int) -> Iterator[None]:
    """Let the pool of one process hold what the processes of a service hold together."""
    pool, most = database.obj, database.obj._max_connections
    pool._max_connections = max(most, many + 1)
    try:
        yield
    finally:
        pool._max_connections = most


def run(verbs: tuple[Verb, Verb], each: int = EACH) -> list[int]:
    """Run so many requests of each act at the same instant; how many of each were done."""
    acts = [(place, verb) for place, verb in enumerate(verbs) for _ in range(each)]
    start, done, faults = Barrier(len(acts)), [], []

    def request(place: int, verb: Verb) -> None:
        try:
            with database.connection_context():
                database.execute_sql("SELECT 1")  # the connection is there before the others start
                start.wait()
                if verb.act():
                    done.append(place)
        except REFUSALS:
            return
        except Exception as fault:  # told below, in the thread of the test
            faults.append(fault)
            start.abort()  # else the others would wait for ever

    threads = [Thread(target=request, args=act) for act in acts]
    with _connections(len(acts)):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if faults:
        raise faults[0]
    return [done.count(place) for place in range(2)]


def explains(
    verbs: tuple[Verb, Verb], before: Model, done: list[int], after: Model, each: int = EACH
) -> bool:
    """Return whether some order of the requests has this outcome."""
    seen = {(before, (0, 0), (0, 0))}
    open_ = list(seen)
    while open_:
        model, made, did = open_.pop()
        if made == (each, each) and list(did) == done and model == after:
            return True
        for place, verb in enumerate(verbs):
            if made[place] == each:
                continue
            result = verb.step(model)
            now_made = tuple(count + (place == at) for at, count in enumerate(made))
            now_did = tuple(count + (place == at and result is not None) for at, count in enumerate(did))
            further = (result or model, now_made, now_did)
            # Else it ends with other counts than those that are to be explained.
            possible = _can_become(now_did, now_made, done, each)
            if possible and further not in seen:
                seen.add(further)
                open_.append(further)
    return False


def _can_become(did: tuple[int, ...], made: tuple[int, ...], done: list[int], each: int) -> bool:
    """Return whether so many done of so many requests can still become the counts at the end."""
    return all(did[at] <= done[at] <= did[at] + each - made[at] for at in range(len(done)))
