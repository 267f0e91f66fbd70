"""The acts on a draft, and on one just filed that no agent has taken and whose e-photo has not arrived."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.dossiers.states import OPEN, State
from app.domain.rules.ephotos import EPhotoState
from app.gateways.antivirus import Verdict
from app.services import virus_scans
from app.services.applications import dossiers, permit_invalidations, photos, reuse
from app.services.certificates import printing
from app.services.decisions import instruction
from app.services.review import failed_work
from app.storage.models import Document, Dossier, Outbox, PhotoCode
from tests import factories
from tests.fixtures import NOON
from tests.services.applications.at_once.running import Model, Step, Verb
from tests.services.applications.at_once.steps import (
    done,
    marking,
    old_file_gone,
    one_file_more,
    staying,
    to_colleague,
    while_in,
)
from tests.services.applications.at_once.world import HERE, LATER, OTHER_CODE, SLOT, THERE, World
from tests.services.register import Register


@dataclass
class Desk:
    """A photo desk that has the other code's photo, and refuses the first one's."""

    def look_up(self, code: str, today: date) -> EPhotoState:
        return EPhotoState.READY if code == OTHER_CODE else EPhotoState.REFUSED


class Infecting:
    """A scanner that finds a virus in everything."""

    near = False

    def scan(self, content: bytes) -> Verdict:
        return Verdict.INFECTED


def giving_photo(world: World, step: Step) -> Verb:
    """Another code for the e-photo."""
    return Verb(photos.set_code, done(lambda: photos.set_code(Desk(), world.row(), OTHER_CODE, LATER)), step)


class Drafting(World):
    """A draft that lacks nothing."""

    def prepare(self, draft: Dossier) -> None:
        earlier = factories.draft(of=draft.account, state=str(State.WITHDRAWN), reference="69-2025-1")
        factories.document(earlier, SLOT)

    def verbs(self) -> dict[str, Verb]:
        here = {State.DRAFT}
        return {
            "save": Verb(
                dossiers.save_answers,
                done(lambda: dossiers.save_answers(self.row(), {"school": THERE}, LATER)),
                while_in(here, marking(THERE, without=(HERE,))),
            ),
            "save_step": self._saving_step(),
            "attach": self.attaching(while_in(here, one_file_more)),
            "remove": self.removing(while_in(here, old_file_gone)),
            "reuse": self._reusing(),
            "explain": self.explaining(while_in(here, marking("explained"))),
            "photo": giving_photo(self, while_in(here, marking("another photo"))),
            "submit": Verb(
                dossiers.submit,
                done(lambda: dossiers.submit(self.row(), LATER)),
                while_in(
                    here,
                    lambda m: m.to(State.FILED).telling() if m.old or m.added or "explained" in m else None,
                ),
            ),
        }

    def _saving_step(self) -> Verb:
        """The step from a page that showed the first answers: what another tab saved since is not overwritten."""
        loaded = dossiers.load_draft(self.page, factories.today())
        step = next(
            step for step in loaded.journey.steps if "school" in {question.key for question in step.questions}
        )
        seen = step.digest(loaded.dossier.answers)

        def save() -> bool:
            draft = dossiers.load_draft(self.row(), factories.today())
            dossiers.save_step(draft, step, {"school": HERE}, seen, LATER)
            return True

        def saving(m: Model) -> Model | None:
            return None if THERE in m else m.marked(HERE)

        return Verb(dossiers.save_step, save, while_in({State.DRAFT}, saving))

    def _reusing(self) -> Verb:
        files = self.app.extensions["gateways"].files
        earlier = tuple(Document.select().where(Document.dossier != self.page.id))
        given = reuse.ReusableFiles(factories.today(), earlier)

        def reusing(m: Model) -> Model:
            return m if m.old or m.added else replace(m, added=1)

        act = done(lambda: reuse.reuse_files(self.row(), given, files, LATER))
        return Verb(reuse.reuse_files, act, while_in({State.DRAFT}, reusing))


class Filed(World):
    """Filed and confided to an agent who has not taken it; its e-photo and a letter have not arrived."""

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        PhotoCode.update(state=str(EPhotoState.NOT_ARRIVED)).where(PhotoCode.dossier == draft.id).execute()
        self.act(draft, instruction.assign, self.agent.id)
        its = (Document.dossier == draft.id) & (Document.slot == SLOT)
        Document.update(scan="waiting").where(its).execute()
        columns = {"failed_at": NOON, "tries": 5}
        Outbox.update(columns).where((Outbox.dossier == draft.id) & (Outbox.kind == "mail_notice")).execute()

    def verbs(self) -> dict[str, Verb]:
        return {
            "take": self.by_agent("take"),
            "assign": self.by_agent("assign", self.colleague.id, step=to_colleague),
            "pass_on": self.by_agent("pass_on", self.colleague.id, step=to_colleague),
            "withdraw": self.withdrawing(),
            **self._of_photo(),
            **self._of_files(),
            **self._of_failed_work(),
            "invalidate": Verb(
                permit_invalidations.invalidate,
                done(lambda: permit_invalidations.invalidate(Register(), self.page.id, LATER)),
                marking("invalidated"),
            ),
        }

    def _of_photo(self) -> dict[str, Verb]:
        photo = PhotoCode.get(PhotoCode.dossier == self.page.id)
        photographed = staying(marking("another photo", without=("photo failed",)))

        def looking(m: Model) -> Model | None:
            if {"another photo", "photo failed"} & m.marks:
                return None
            told = m.state in OPEN  # nobody is told to mend what they have withdrawn
            return (m.telling() if told else m).marked("photo failed")

        return {
            "photo": giving_photo(self, while_in(OPEN, photographed)),
            "photo_again": Verb(
                photos.check_again, lambda: photos.check_again(Desk(), photo, LATER), looking
            ),
        }

    def _of_files(self) -> dict[str, Verb]:
        files = self.app.extensions["gateways"].files

        def scanning(m: Model) -> Model:
            # Told once; a file that its person has removed is nobody's to mend.
            return replace(m, old=False).telling().marked("infected") if m.old else m

        def print_it() -> None:
            printing.print_application(self.page.id, lambda row: b"%PDF", files, LATER)

        return {
            "print": Verb(printing.print_application, done(print_it), marking("printed")),
            "remove": self.removing(while_in(OPEN, staying(old_file_gone))),
            "scan": Verb(
                virus_scans.scan_document,
                done(lambda: virus_scans.scan_document(self.old.id, Infecting(), files, LATER)),
                scanning,
            ),
        }

    def _of_failed_work(self) -> dict[str, Verb]:
        work = Outbox.get(Outbox.failed_at.is_null(False))

        def retrying(m: Model) -> Model:
            return m if "work settled" in m else m.marked("work retried")

        def settling(m: Model) -> Model:
            return m if "work retried" in m else m.marked("work settled")

        return {
            "retry": Verb(
                failed_work.retry,
                done(lambda: failed_work.retry(self.row(), work, self.agent, LATER)),
                retrying,
            ),
            "settle": Verb(
                failed_work.settle,
                done(lambda: failed_work.settle(self.row(), work, "Appelé.", self.agent, LATER)),
                settling,
            ),
        }
