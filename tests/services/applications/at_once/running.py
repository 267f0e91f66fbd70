"""Two acts, ten threads each, on one dossier; the outcome must be that of some order of one after the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from threading import Barrier, Thread

from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.applications.complements import ComplementIncomplete, TimeAsked
from app.services.applications.dossiers import AlreadyFiled, IncompleteDossier
from app.services.review.document_marks import StaleDocument, UnknownMark
from app.storage.applications.dossiers import StaleDossier
from app.storage.database import database
from app.storage.models import Complement, Document

EACH = 10  # requests of an act: twenty in all
# What an act that comes too late may raise. Anything else, a deadlock too, is a fault.
REFUSALS = (
    AlreadyFiled, ComplementIncomplete, Complement.DoesNotExist, Document.DoesNotExist, ForbiddenTransition,
    IncompleteDossier, StaleDocument, StaleDossier, TimeAsked, UnknownMark,
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """What the acts decide on, and what they leave."""

    state: State
    old: bool = True  # the file that was there is in force
    added: int = 0  # files in force beside it
    moves: int = 0  # transitions since the pages of the acts were shown
    explained: bool = False
    corrected: bool = False
    decision: str = ""
    time_asked: bool = False
    conversations: int = 0

    def to(self, state: State) -> "Model":
        """Return the model after a transition."""
        return replace(self, state=state, moves=self.moves + 1)


@dataclass(frozen=True)
class Verb:
    """An act: what a request does (False where it was refused without an exception), and what it does to the model."""

    act: Callable[[], bool]
    step: Callable[[Model], Model | None]  # None: refused


def run(verbs: Iterable[Verb]) -> list[int]:
    """Run EACH requests of each act at the same instant; how many of each were done."""
    acts = [(place, verb) for place, verb in enumerate(verbs) for _ in range(EACH)]
    start, done, faults = Barrier(len(acts)), [], []

    def request(place: int, verb: Verb) -> None:
        with database.connection_context():
            database.execute_sql("SELECT 1")  # the connection is there before the others start
            start.wait()
            try:
                if verb.act():
                    done.append(place)
            except REFUSALS:
                return
            except Exception as fault:  # told below, in the thread of the test
                faults.append(fault)

    threads = [Thread(target=request, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return [done.count(place) for place in range(2)]


def explains(verbs: tuple[Verb, Verb], before: Model, done: list[int], after: Model) -> bool:
    """Return whether some order of the requests has this outcome."""
    seen = {(before, (0, 0), (0, 0))}
    open_ = list(seen)
    while open_:
        model, made, did = open_.pop()
        if made == (EACH, EACH) and list(did) == done and model == after:
            return True
        for place, verb in enumerate(verbs):
            if made[place] == EACH:
                continue
            result = verb.step(model)
            further = (
                result or model,
                tuple(count + (place == at) for at, count in enumerate(made)),
                tuple(count + (place == at and result is not None) for at, count in enumerate(did)),
            )
            if further not in seen:
                seen.add(further)
                open_.append(further)
    return False
