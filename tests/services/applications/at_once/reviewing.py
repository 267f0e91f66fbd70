"""The acts on a dossier that an agent reviews, and on a request for documents."""

from dataclasses import replace
from datetime import timedelta

from app.domain.dossiers.complements import CONFORM, reason
from app.domain.dossiers.decisions import Granted
from app.domain.dossiers.states import OPEN, State
from app.domain.rules.calendar import start_of_day
from app.services.applications import complements, corrections, dossiers
from app.services.conversations import conversations
from app.services.conversations.attachments import StoredAttachments
from app.services.decisions import instruction
from app.services.review import document_marks, notes
from app.services.review.dossier_view import view_dossier
from app.storage.applications import complements as requests
from app.storage.models import Conversation, Dossier, Message
from tests import factories
from tests.fixtures import NOON
from tests.services.applications.at_once.drafting import giving_photo
from tests.services.applications.at_once.running import NEW, Model, Verb
from tests.services.applications.at_once.steps import (
    MOST,
    done,
    marking,
    more_said,
    old_file_gone,
    one_file_more,
    staying,
    to_colleague,
    while_in,
)
from tests.services.applications.at_once.world import (
    ADDED,
    ANSWER,
    FEE,
    LATER,
    READ,
    REASON,
    SLOT,
    WRITTEN,
    World,
)

PERMIT = Granted("CST", "etudiant", factories.today() + timedelta(80), factories.today() + timedelta(400))
DECISIONS = ("keep", "replace")  # about a document that is asked for
DAY_AFTER = LATER + timedelta(hours=26)
ASKED = {SLOT: reason("illegible", "")}


class Reviewing(World):
    """Taken by the agent, with a note, and a question of the applicant that is not answered."""

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        self.act(draft, instruction.take)
        person = draft.account
        asker = conversations.Asker(person.email, "fr", person)
        asked = conversations.Asked("other", "Où vous trouver ?", dossier=Dossier.get_by_id(draft.id))
        self.talk = conversations.ask(asker, asked, StoredAttachments(), READ)
        self.last = Message.get(Message.conversation == self.talk.id).id
        view = view_dossier(self.agent, asked.dossier.reference, READ)
        self.note = notes.write(view, self.agent, "Rappeler.", READ)

    def verbs(self) -> dict[str, Verb]:
        return self._of_applicant() | self._of_agent() | self._talking()

    def _of_applicant(self) -> dict[str, Verb]:
        here = OPEN - {State.COMPLEMENT_REQUESTED}
        photographed = while_in(OPEN | {State.FAVOURABLE}, staying(marking("another photo")))

        def correcting(m: Model) -> Model | None:
            return None if "corrected" in m else m.marked("corrected")

        return {
            "attach": self.attaching(while_in(here, staying(one_file_more))),
            "remove": self.removing(while_in(here, staying(old_file_gone))),
            "explain": self.explaining(while_in(here, staying(marking("explained")))),
            "photo": giving_photo(self, photographed),
            "correct": Verb(
                corrections.correct,
                lambda: corrections.correct(self.row(), {"phone": "+33612345679"}, LATER),
                while_in(OPEN, staying(correcting)),
            ),
            "withdraw": self.withdrawing(),
        }

    def _of_agent(self) -> dict[str, Verb]:
        view = view_dossier(self.agent, self.page.reference or "", LATER)
        version = next(document.version for document in view.requested_documents if document.key == SLOT)

        def as_shown(m: Model) -> Model | None:
            return m if m.old and not m.added and "explained" not in m else None

        def mark() -> bool:
            reference = self.page.reference or ""
            document_marks.mark(self.agent, reference, SLOT, CONFORM, version, LATER)
            return True

        def decided(m: Model) -> Model:
            return replace(m, letter=NEW)

        return {
            "ask": self.by_agent("ask", ASKED),
            "approve": self.by_agent("approve", PERMIT, step=lambda m: replace(decided(m), certificate=NEW)),
            "refuse": self.by_agent("refuse", "Les études ne sont pas prouvées.", step=decided),
            "close": self.by_agent("close", "Le certificat n’est jamais venu.", step=decided),
            "amend_answer": self.by_agent(
                "amend_answer", "passport_number", "C7654321", REASON, step=marking("corrected by an agent")
            ),
            "correct_fee": self.by_agent("correct_fee", FEE, REASON, step=marking("fee corrected")),
            "reread": self.by_agent("reread", step=marking("to be read again")),
            "withhold": self.by_agent("withhold", REASON, step=marking("withheld")),
            "assign": self.by_agent("assign", self.colleague.id, step=to_colleague),
            "pass_on": self.by_agent("pass_on", self.colleague.id, step=to_colleague),
            "claim": self.by_agent("claim", by=self.colleague, step=to_colleague),
            "mark": Verb(document_marks.mark, mark, while_in(OPEN, as_shown)),
            "note": Verb(
                notes.write, done(lambda: notes.write(view, self.agent, "A appelé.", LATER)), lambda m: m
            ),
            "strike": Verb(
                notes.strike,
                done(lambda: notes.strike(view, self.agent, self.note.id, LATER)),
                marking("struck"),
            ),
        }

    def _talking(self) -> dict[str, Verb]:
        """Conversations: what is sent twice is sent once, and an answer has read what it answers."""

        def again() -> Conversation:
            return Conversation.get_by_id(self.talk.id)

        def adding(m: Model) -> Model:
            more = replace(m, messages=m.messages + 1)
            return m if ADDED in m else more.marked(ADDED, without=(ANSWER,))

        def answering(m: Model) -> Model | None:
            more = replace(m, messages=m.messages + 1).telling().marked(ANSWER)
            return {ANSWER: m, ADDED: None}.get(next(iter({ANSWER, ADDED} & m.marks), ""), more)

        def writing(m: Model) -> Model:
            return m if WRITTEN in m else more_said(m, WRITTEN).telling()

        nothing = StoredAttachments()
        by = self.agent
        return {
            "question": self.asking(),
            "add": Verb(
                conversations.add, done(lambda: conversations.add(again(), ADDED, nothing, LATER)), adding
            ),
            "answer": Verb(
                conversations.answer,
                done(lambda: conversations.answer(again(), by, ANSWER, nothing, self.last, LATER)),
                answering,
            ),
            "write": Verb(
                conversations.write,
                done(lambda: conversations.write(self.row(), by, WRITTEN, nothing, LATER)),
                writing,
            ),
        }


class Asked(World):
    """A document asked again; a file was sent for it since, a reminder is due."""

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        self.act(draft, instruction.take)
        self.act(draft, instruction.ask, ASKED)
        complements.ask_time(Dossier.get_by_id(draft.id), "Mon consulat.", READ)
        self.sent = factories.document(draft, SLOT, READ)
        complements.decide(requests.item(requests.pending(draft.id), SLOT), "replace", READ)

    def verbs(self) -> dict[str, Verb]:
        return self._preparing() | self._sending() | self._of_agent()

    def _preparing(self) -> dict[str, Verb]:
        """What prepares an answer; nothing of it is sent yet."""
        here = {State.COMPLEMENT_REQUESTED}
        request = requests.pending(self.page.id)
        item = requests.item(request, SLOT)

        def replacing(m: Model) -> Model | None:
            more = replace(m, added=m.added + 1).marked("replace", without=DECISIONS)
            return more if m.added < MOST else None  # what an earlier round sent takes no place

        def taking_back(m: Model) -> Model | None:
            gone = replace(m, added=m.added - 1).marked("sent taken back")
            return None if "sent taken back" in m else gone

        return {
            "replace": self.attaching(
                while_in(here, replacing), also=lambda: complements.decide(item, "replace", LATER)
            ),
            "take_back": Verb(
                complements.take_back,
                done(lambda: complements.take_back(self.row(), request, self.sent.id, LATER)),
                while_in(here, taking_back),
            ),
            "explain": self.explaining(while_in(here, marking("explained"))),
            "keep": Verb(
                complements.decide,
                done(lambda: complements.decide(item, "keep", LATER)),
                while_in(here, marking("keep", without=DECISIONS)),
            ),
            "photo": giving_photo(self, while_in(OPEN, staying(marking("another photo")))),
        }

    def _sending(self) -> dict[str, Verb]:
        here = {State.COMPLEMENT_REQUESTED}

        def sending(m: Model) -> Model | None:
            after = m.to(State.COMPLEMENT_RECEIVED).telling().marked("answered")
            return replace(after, old=m.old and "replace" not in m) if _prepared(m) else None

        def timing(m: Model) -> Model | None:
            asked = m.marked("time asked", without=("time answered",))
            return None if "time asked" in m else asked

        return {
            "send": Verb(
                complements.send,
                done(lambda: complements.send(self.row(), LATER)),
                while_in(here, sending),
            ),
            "ask_time": Verb(
                complements.ask_time,
                done(lambda: complements.ask_time(self.row(), "Mon consulat.", LATER)),
                while_in(here, staying(timing)),
            ),
            "withdraw": self.withdrawing(),
            "question": self.asking(),
        }

    def _of_agent(self) -> dict[str, Verb]:
        near = start_of_day(requests.pending(self.page.id).due_on - timedelta(days=14)) + timedelta(hours=10)

        def cancelling(m: Model) -> Model:
            ended = m.marked("answered")
            return ended if _prepared(m) else ended.marked("unanswered", without=DECISIONS)

        def reminding_unsent(m: Model) -> Model | None:
            # Nothing is owed to who prepared nothing, or has a choice of later than the reminder.
            owed = _prepared(m) and "told of unsent" not in m
            return m.telling().marked("told of unsent") if owed else None

        def reminding(m: Model) -> Model | None:
            return None if "reminded" in m else m.telling().marked("reminded")

        return {
            "answer_time": self.by_agent(
                "answer_time",
                30,
                "D’accord.",
                step=marking("time answered", without=("time asked",)),
            ),
            # Not on the day of the request, nor while more time is asked for.
            "remind_by_agent": self.by_agent("remind", step=lambda m: None),
            "cancel_request": self.by_agent("cancel_request", REASON, step=cancelling),
            "close": self.by_agent(
                "close", "Le certificat n’est jamais venu.", step=lambda m: replace(m, letter=NEW)
            ),
            "remind_unsent": Verb(
                complements.remind_unsent,
                lambda: bool(complements.remind_unsent(DAY_AFTER)),
                while_in({State.COMPLEMENT_REQUESTED}, reminding_unsent),
            ),
            "remind": Verb(
                complements.remind_due,
                lambda: bool(complements.remind_due(near)),
                while_in({State.COMPLEMENT_REQUESTED}, reminding),
            ),
        }


def _prepared(m: Model) -> bool:
    return "keep" in m or bool(m.added) or "explained" in m
