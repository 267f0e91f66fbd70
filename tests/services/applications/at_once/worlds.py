"""A dossier in each phase, the acts on it, and what each does to the model."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask

from app.domain.dossiers.complements import CONFORM, reason
from app.domain.dossiers.states import OPEN, State
from app.domain.rules.uploads import LIMITS
from app.services.applications import complements, corrections, documents, dossiers, photos
from app.services.conversations import conversations
from app.services.conversations.attachments import StoredAttachments
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.received_files import Sent
from app.services.review import document_marks, notes
from app.services.review.dossier_view import view_dossier
from app.storage.applications import complements as requests
from app.storage.applications import dossiers as store
from app.storage.models import Agent, Complement, Conversation, Correction, Document, Dossier, Explanation
from app.storage.review import dossier_view
from tests import factories
from tests.answers import ANSWERS
from tests.fixtures import NOON
from tests.intake.test_examine import picture
from tests.services.applications.at_once.running import Model, Verb

SLOT = "passport"
READ = NOON + timedelta(minutes=30)  # by the agent; files that are there are older than what is asked
LATER = NOON + timedelta(hours=1)
MOST = LIMITS.max_files_a_slot
SENT = [Sent("passport.jpg", picture())]

Step = Callable[[Model], Model | None]


class World:
    """A dossier of one person in one phase, and what the pages of applicant and agent showed of it."""

    def __init__(self, app: Flask, phase: str) -> None:
        self.app, self.phase = app, phase
        factories.service()
        begun = factories.draft(answers=dict(ANSWERS))
        draft = factories.complete(begun, f"{begun.id:022d}")
        self.agent: Agent = factories.agent()
        if phase != "draft":
            dossiers.submit(draft, NOON)
            self._act(draft, instruction.take)
        if phase == "asked":
            self._act(draft, instruction.ask, {SLOT: reason("illegible", "")})
        self.page: Dossier = Dossier.get_by_id(draft.id)
        self.old: Document = Document.get((Document.slot == SLOT) & (Document.dossier == draft.id))
        self.seen = dossier_view.last_move(draft.id)
        self.before = self.model()

    def _act(self, dossier: Dossier, action: Callable[..., None], *given: Any) -> None:
        row = Dossier.get_by_id(dossier.id)
        action(row, Act(self.agent, READ, dossier_view.last_move(row.id)), *given)

    def model(self) -> Model:
        """Return what is in the database."""
        row = Dossier.get_by_id(self.page.id)
        in_force = [document.id for document in store.documents(row.id) if document.slot == SLOT]
        request = Complement.get_or_none(Complement.dossier == row.id)
        kept = Correction.select().where(Correction.dossier == row.id).exists()
        return Model(
            state=State(row.state),
            old=self.old.id in in_force,
            added=len(set(in_force) - {self.old.id}),
            moves=sum(event.id > self.seen for event in store.events(row.id) if event.action in _MOVES),
            explained=Explanation.select().where(Explanation.dossier == row.id).exists(),
            corrected=kept,
            decision=requests.item(request, SLOT).decision if request else "",
            time_asked=bool(request and request.time_asked_at),
            conversations=Conversation.select().where(Conversation.dossier == row.id).count(),
        )

    def verbs(self) -> dict[str, Verb]:
        """Return the acts of the phase by name."""
        return {"draft": self._of_draft, "submitted": self._of_submitted, "asked": self._of_asked}[
            self.phase
        ]()

    def _of_draft(self) -> dict[str, Verb]:
        here = State.DRAFT
        desk = self.app.extensions["gateways"].ephoto

        def submitting(m: Model) -> Model | None:
            return m.to(State.FILED) if m.state is here and _given(m) else None

        return {
            "save": Verb(
                _done(lambda: dossiers.save_answers(self._row(), {"course": "Lettres"}, LATER)),
                _if_in({here}),
            ),
            "attach": Verb(self._attach, _attaching({here}, moves=0)),
            "remove": Verb(self._remove, _removing({here}, moves=0)),
            "explain": Verb(self._explain, _explaining({here}, moves=0)),
            "photo": Verb(
                _done(lambda: photos.set_code(desk, self._row(), "ATTENDRE00000000000000", LATER)),
                _if_in({here}),
            ),
            "submit": Verb(_done(lambda: dossiers.submit(self._row(), LATER)), submitting),
        }

    def _of_submitted(self) -> dict[str, Verb]:
        here = OPEN - {State.COMPLEMENT_REQUESTED}
        view = view_dossier(self.agent, self.page.reference or "", LATER)
        version = next(document.version for document in view.requested_documents if document.key == SLOT)

        def correcting(m: Model) -> Model | None:
            return replace(m.to(m.state), corrected=True) if m.state in OPEN and not m.corrected else None

        def marking(m: Model) -> Model | None:
            return m if m.state in OPEN and m.old and not m.added and not m.explained else None

        def mark() -> bool:
            reference = self.page.reference or ""
            document_marks.mark(self.agent, reference, SLOT, CONFORM, version, LATER)
            return True

        return self._of_both() | {
            "attach": Verb(self._attach, _attaching(here, moves=1)),
            "remove": Verb(self._remove, _removing(here, moves=1)),
            "explain": Verb(self._explain, _explaining(here, moves=1)),
            "correct": Verb(
                lambda: corrections.correct(self._row(), {"phone": "+33612345679"}, LATER), correcting
            ),
            "ask": self._by_agent(
                State.COMPLEMENT_REQUESTED, instruction.ask, {SLOT: reason("illegible", "")}
            ),
            "approve": self._by_agent(State.FAVOURABLE, instruction.approve),
            "refuse": self._by_agent(
                State.UNFAVOURABLE, instruction.refuse, "Les études ne sont pas prouvées."
            ),
            "mark": Verb(mark, marking),
            "note": Verb(_done(lambda: notes.write(view, self.agent, "A appelé.", LATER)), lambda m: m),
        }

    def _of_asked(self) -> dict[str, Verb]:
        here = {State.COMPLEMENT_REQUESTED}
        request = requests.pending(self.page.id)
        item = requests.item(request, SLOT)
        attaching = _attaching(here, moves=0, of_a_request=True)

        def keeping(m: Model) -> Model | None:
            return replace(m, decision="keep") if m.state in here else None

        def replacing(m: Model) -> Model | None:
            after = attaching(m)
            return after and replace(after, decision="replace")

        def sending(m: Model) -> Model | None:
            if m.state not in here or not (m.decision == "keep" or m.added or m.explained):
                return None
            return replace(m.to(State.COMPLEMENT_RECEIVED), old=m.old and m.decision != "replace")

        def asking(m: Model) -> Model | None:
            free = m.state in here and not m.time_asked
            return replace(m.to(m.state), time_asked=True) if free else None

        def replace_it() -> bool:
            return self._attach(lambda: complements.decide(item, "replace", LATER))

        return self._of_both() | {
            "replace": Verb(replace_it, replacing),
            "explain": Verb(self._explain, _explaining(here, moves=0)),
            "keep": Verb(_done(lambda: complements.decide(item, "keep", LATER)), keeping),
            "send": Verb(_done(lambda: complements.send(self._row(), LATER)), sending),
            "ask_time": Verb(
                _done(lambda: complements.ask_time(self._row(), "Mon consulat.", LATER)), asking
            ),
        }

    def _of_both(self) -> dict[str, Verb]:
        asker = conversations.Asker(self.page.account.email, "fr", self.page.account)
        asked = conversations.Asked("other", "Bonjour, où en est ma demande ?", dossier=self._row())

        def withdrawing(m: Model) -> Model | None:
            return m.to(State.WITHDRAWN) if m.state in OPEN else None

        def question() -> bool:
            conversations.ask(asker, asked, StoredAttachments(), LATER)
            return True

        return {
            "withdraw": Verb(_done(lambda: corrections.withdraw(self._row(), LATER)), withdrawing),
            "close": self._by_agent(State.CLOSED, instruction.close, "Le certificat n’est jamais venu."),
            "question": Verb(question, lambda m: replace(m, conversations=1)),
        }

    def _by_agent(self, target: State, action: Callable[..., None], *given: Any) -> Verb:
        """An act of an agent whose page showed the last move; any further one makes it stale."""
        act = Act(self.agent, LATER, self.seen)
        return Verb(
            _done(lambda: action(self._row(), act, *given)), lambda m: None if m.moves else m.to(target)
        )

    def _row(self) -> Dossier:
        """The dossier as the page of this request showed it; its own copy, as each request has."""
        return Dossier(**self.page.__data__)

    def _attach(self, also: Callable[[], object] | None = None) -> bool:
        outside = self.app.extensions["gateways"]
        attached = documents.attach(self._row(), SLOT, SENT, outside.scanner, outside.files, LATER, also=also)
        return bool(attached.stored)

    def _remove(self) -> bool:
        documents.remove(self._row(), self.old.id, self.app.extensions["gateways"].files, LATER)
        return True

    def _explain(self) -> bool:
        documents.explain(self._row(), SLOT, "Mon consulat le garde.", LATER)
        return True


_MOVES = dossier_view._MOVES  # noqa: SLF001 – what makes an agent's page stale


def _done(act: Callable[[], object]) -> Callable[[], bool]:
    """Take an act that raises or is done."""

    def done() -> bool:
        act()
        return True

    return done


def _given(m: Model) -> bool:
    return m.old or bool(m.added) or m.explained


def _if_in(states: Any) -> Step:
    return lambda m: m if m.state in states else None


def _attaching(states: Any, moves: int, *, of_a_request: bool = False) -> Step:
    def attaching(m: Model) -> Model | None:
        counted = m.added if of_a_request else m.old + m.added  # what an earlier round sent takes no place
        free = m.state in states and counted < MOST
        return replace(m, added=m.added + 1, moves=m.moves + moves) if free else None

    return attaching


def _removing(states: Any, moves: int) -> Step:
    return lambda m: replace(m, old=False, moves=m.moves + moves) if m.state in states and m.old else None


def _explaining(states: Any, moves: int) -> Step:
    return lambda m: replace(m, explained=True, moves=m.moves + moves) if m.state in states else None
