"""One person's dossier, what the pages of applicant and agent showed of it, and what is in the database after."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from peewee import fn

from app.domain.actions import AGENT_ACTIONS
from app.domain.actions.action import AgentAction
from app.domain.dossiers.endings import Settlement
from app.domain.dossiers.states import OPEN, WITHHELD, Role, State
from app.domain.rules.calendar import paris_day
from app.domain.rules.ephotos import EPhotoState
from app.domain.texts.notices import NoticeKind
from app.services import virus_scans
from app.services.applications import corrections, documents, permit_invalidations
from app.services.certificates import endings
from app.services.conversations import conversations
from app.services.conversations.attachments import StoredAttachments
from app.services.decisions import performing  # noqa: F401 – registers what performs each action
from app.services.decisions.acts import FUNCTIONS, Act
from app.services.received_files import Sent
from app.services.review import failed_work
from app.storage import appointments, outbox_admin
from app.storage.applications import attestations, complements
from app.storage.applications import decision_letters as letters
from app.storage.applications import dossiers as store
from app.storage.models import (
    Agent,
    ComplementReminder,
    Conversation,
    Correction,
    Document,
    Dossier,
    EndWarning,
    Explanation,
    InternalNote,
    Message,
    Notice,
    Outbox,
)
from app.storage.review import dossier_view
from tests import factories
from tests.answers import ANSWERS
from tests.fixtures import NOON
from tests.intake.test_examine import picture
from tests.services.applications.at_once.running import FIRST, NEW, NONE, SEVERAL, Model, Step, Verb
from tests.services.applications.at_once.steps import done, more_said, while_in

SLOT = "passport"
HERE, THERE = "INSA de Lyon", "Université Lyon 3"  # the answer that two tabs save; a mark of the model
READ = NOON + timedelta(minutes=30)  # by the agent; files that are there are older than what is asked
LATER = NOON + timedelta(hours=1)
SENT = [Sent("passport.jpg", picture())]
OTHER_CODE = "7K2M9QXA41TBZC83WD6R5H"
FEE = 12_345  # cents
MOVED = "Guichet 9"  # another place of an appointment; a mark of the model
REASON = "C’était une erreur."
# Messages, of which each is a mark of the model: it was written; of the last two, it is the newest of both.
QUESTION, WRITTEN = "Bonjour, où en est ma demande ?", "Venez lundi."
ADDED, ANSWER = "Merci.", "Votre dossier est en cours."


class World(ABC):
    """A dossier in one phase; `prepare` brings it there."""

    now = LATER  # of the acts

    def __init__(self, app: Flask) -> None:
        self.app = app
        outbox_admin.clear()  # of the world before
        factories.service()
        begun = self.begin()
        draft = factories.complete(begun, f"{begun.id:022d}")
        self.account_id = draft.account_id
        # Supervisors may do whatever agents may.
        self.agent: Agent = factories.agent(rank="supervisor")
        self.colleague: Agent = factories.agent(rank="supervisor")
        self.sent: Document | None = None  # for the open request, if there is one
        self.prepare(draft)
        self.page: Dossier = Dossier.get_by_id(draft.id)
        its = (Document.slot == SLOT) & (Document.dossier == draft.id)
        self.old: Document = Document.select().where(its).order_by(Document.id).get()
        self.seen = dossier_view.last_move(draft.id)
        self.told = Notice.select().count()
        self.last_message = Message.select(fn.MAX(Message.id)).scalar() or 0
        self.held = next(iter(self._certificates(self.page)), None)
        self.letter = next(iter(self._letters()), None)
        self.before = self.model()

    def begin(self) -> Dossier:
        """Make the draft, of a renewal where the phase does not say otherwise."""
        return factories.draft(answers=dict(ANSWERS))

    @abstractmethod
    def prepare(self, draft: Dossier) -> None:
        """Bring a complete draft into the phase."""

    @abstractmethod
    def verbs(self) -> dict[str, Verb]:
        """Return the acts of the phase by name."""

    def act(self, dossier: Dossier, action: Callable[..., None], *given: Any, **also: Any) -> None:
        """Do an act of the agent before the test."""
        row = Dossier.get_by_id(dossier.id)
        action(row, Act(self.agent, READ, dossier_view.last_move(row.id), **also), *given)

    def model(self) -> Model:
        """Return what is in the database."""
        row = Dossier.get_by_id(self.page.id)
        in_force = [document.id for document in store.documents(row.id) if document.slot == SLOT]
        return Model(
            state=State(row.state),
            moves=sum(event.id > self.seen for event in store.events(row.id) if event.action in _MOVES),
            told=Notice.select().count() - self.told,
            old=self.old.id in in_force,
            added=len(set(in_force) - {self.old.id}),
            certificate=_which(self._certificates(row), self.held),
            letter=_which(self._letters(), self.letter),
            conversations=Conversation.select().where(Conversation.dossier == row.id).count(),
            messages=Message.select().where(Message.id > self.last_message).count(),
            marks=frozenset(self._marks(row, in_force)),
        )

    def _certificates(self, row: Dossier) -> list[Any]:
        return list(endings.in_force(row, paris_day(self.now)))

    def _letters(self) -> list[Any]:
        return [letter for letter in letters.of_dossier(self.page.id) if letter.superseded_at is None]

    def _texts(self) -> list[str]:
        said = Message.select(Message.text).where(Message.id > self.last_message)
        return [message.text for message in said.order_by(Message.id)]

    def _marks(self, row: Dossier, in_force: list[int]) -> Iterator[str]:
        request = next(iter(complements.of_dossier(row.id)), None)
        photo = store.photo(row.id)
        texts = self._texts()
        so = {
            **{text: text in texts for text in (QUESTION, WRITTEN)},
            **{text: _last(texts) == text for text in (ADDED, ANSWER)},
            **{school: row.answers.get("school") == school for school in (HERE, THERE)},
            "explained": Explanation.select().where(Explanation.dossier == row.id).exists(),
            "corrected": _corrected(row, Correction.agent.is_null()),
            "corrected by an agent": _corrected(row, Correction.agent.is_null(False)),
            "another photo": photo is not None and photo.code == OTHER_CODE,
            "a colleague’s": row.agent_id == self.colleague.id,
            "withheld": row.extension == WITHHELD,
            "mentioned": bool(row.work_mention),
            "renamed": row.identity["surname"] != self.page.identity["surname"],
            "to be read again": Outbox.select().where(Outbox.kind == "read_identity").exists(),
            "struck": InternalNote.select().where(InternalNote.struck_at.is_null(False)).exists(),
            "photo failed": photo is not None and photo.state == EPhotoState.REFUSED,
            "reminded": ComplementReminder.select().exists(),
            "fee corrected": row.fee == FEE,
            "kept for a court": bool(row.on_hold),
            "told of unsent": request is not None and request.unsent_told_at is not None,
            "card told": bool(row.card_told),
            "warned": EndWarning.select().exists(),
            "silence told": _told(row, NoticeKind.SILENCE),
            "numbered": bool(row.identity["foreign_number"]),
            "invalidated": _happened(row, permit_invalidations.DONE),
            "infected": _happened(row, virus_scans.INFECTED),
            "printed": attestations.application_printed(row.id) is not None,
            "work retried": _happened(row, failed_work.RETRIED),
            "work settled": _happened(row, failed_work.SETTLED),
            "sent taken back": self.sent is not None and self.sent.id not in in_force,
            "time asked": bool(request and request.time_asked_at and not request.time_answered_at),
            "time answered": bool(request and request.time_answered_at),
            "answered": bool(request and request.answered_at),
        }
        yield from (*(mark for mark, is_so in so.items() if is_so), *_meetings(row))
        if request and (decision := complements.item(request, SLOT).decision):
            yield decision

    def row(self) -> Dossier:
        """The dossier as the page of this request showed it; its own copy, as each request has."""
        return Dossier(**self.page.__data__)

    def by_agent(
        self, key: str, *given: Any, by: Agent | None = None, step: Step | None = None, **also: Any
    ) -> Verb:
        """An act of an agent whose page showed the last move; any further one makes it stale."""
        action, function = AGENT_ACTIONS[key], FUNCTIONS[key]
        act = Act(by or self.agent, self.now, self.seen, **also)

        def stepping(m: Model) -> Model | None:
            if m.moves:
                return None
            return (step or (lambda after: after))(_moved(m, action))

        return Verb(function, done(lambda: function(self.row(), act, *given)), stepping)

    def attaching(self, step: Step, also: Callable[[], object] | None = None) -> Verb:
        """A file more for SLOT."""
        outside = self.app.extensions["gateways"]

        def attach() -> bool:
            given = (SLOT, SENT, outside.scanner, outside.files, LATER)
            return bool(documents.attach(self.row(), *given, also=also).stored)

        return Verb(documents.attach, attach, step)

    def removing(self, step: Step) -> Verb:
        """The old file away."""
        files = self.app.extensions["gateways"].files
        return Verb(
            documents.remove, done(lambda: documents.remove(self.row(), self.old.id, files, LATER)), step
        )

    def explaining(self, step: Step) -> Verb:
        """A word instead of the document."""
        text = "Mon consulat le garde."
        return Verb(documents.explain, done(lambda: documents.explain(self.row(), SLOT, text, LATER)), step)

    def withdrawing(self) -> Verb:
        """The application withdrawn."""

        def step(m: Model) -> Model | None:
            return replace(m, certificate=NONE).to(State.WITHDRAWN).telling()

        act = done(lambda: corrections.withdraw(self.row(), self.now))
        return Verb(corrections.withdraw, act, while_in(OPEN, step))

    def asking(self) -> Verb:
        """A question to the service, the same each time: only the first begins a conversation."""
        person = self.page.account
        asker = conversations.Asker(person.email, "fr", person)
        asked = conversations.Asked("other", QUESTION, dossier=self.row())

        def step(m: Model) -> Model:
            return m if QUESTION in m else more_said(m, QUESTION)

        return Verb(
            conversations.ask,
            done(lambda: conversations.ask(asker, asked, StoredAttachments(), LATER)),
            step,
        )


_MOVES = dossier_view._MOVES  # noqa: SLF001 – what makes an agent's page stale
ENDED = Settlement.ENDED


def _moved(m: Model, action: AgentAction) -> Model:
    after = m.to(action.transition(m.state, Role.AGENT, Role.SUPERVISOR).target)
    return after.telling() if action.notice else after


def _meetings(row: Dossier) -> Iterator[str]:
    for meeting in appointments.of_dossier(row.id):
        yield f"{meeting.purpose} {meeting.outcome or ('declined' if meeting.declined_at else 'open')}"
        yield from (["moved"] if meeting.place == MOVED else [])
        yield from ([f"{meeting.purpose} told"] if meeting.told else [])


def _which(held: list[Any], first: Any) -> str:
    if len(held) > 1:
        return SEVERAL
    return (FIRST if held[0] == first else NEW) if held else NONE


def _last(texts: list[str]) -> str:
    return next((text for text in reversed(texts) if text in (ADDED, ANSWER)), "")


def _corrected(row: Dossier, whose: Any) -> bool:
    return bool(Correction.select().where((Correction.dossier == row.id) & whose).exists())


def _told(row: Dossier, kind: NoticeKind) -> bool:
    times = Notice.select().where((Notice.dossier == row.id) & (Notice.kind == str(kind))).count()
    assert times < 2, f"{kind}: {times} times"
    return bool(times)


def _happened(row: Dossier, action: str) -> bool:
    times = sum(event.action == action for event in store.events(row.id))
    assert times < 2, f"{action}: {times} times"
    return bool(times)
