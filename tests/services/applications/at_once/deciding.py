"""The acts on a dossier whose rights are extended, on one that is decided, and on one whose card has come."""

from dataclasses import replace
from datetime import date, timedelta

from app.domain.dossiers.decisions import Granted
from app.domain.dossiers.states import UNDER_REVIEW, WITHHELD, State
from app.domain.rules.calendar import start_of_day
from app.gateways.permit_record import PermitRecord
from app.services.applications import card_pickup, dossiers, foreign_numbers, register_rereadings
from app.services.calendar import card_reminders, end_of_rights_warnings, silences
from app.services.certificates import attestations, endings
from app.services.decisions import instruction
from app.storage.models import Dossier
from tests import factories, visas
from tests.fixtures import NOON
from tests.on_offer import STUDENT_FIRST
from tests.services.applications.at_once.drafting import giving_photo
from tests.services.applications.at_once.reviewing import PERMIT
from tests.services.applications.at_once.running import FIRST, NEW, NONE, Model, Verb
from tests.services.applications.at_once.steps import done, marking, while_in
from tests.services.applications.at_once.world import ENDED, FEE, LATER, REASON, World
from tests.services.register import Register

CORRECTED = Granted("CST", "etudiant", PERMIT.starts, PERMIT.ends - timedelta(days=1))
SILENT = start_of_day(date(2027, 2, 25)) + timedelta(hours=10)  # after the legal answer date
SOON = start_of_day(date(2027, 2, 1)) + timedelta(hours=10)  # within the days before the end of the rights


class Certified(World):
    """A dossier with a certificate in force."""

    def revoking(self) -> Verb:
        """The certificate that the page showed, taken back; the last extension is not followed by another one."""

        def revoke() -> bool:
            return endings.revoke(self.held, REASON, self.now, self.agent)

        def step(m: Model) -> Model | None:
            if m.certificate != FIRST:
                return None
            after = replace(m, certificate=NONE).telling()
            return after.marked("withheld") if self.held.kind == "prolongation" else after

        return Verb(endings.revoke, revoke, step)

    def replacing(self) -> Verb:
        """The certificate that the page showed, corrected."""

        def replace_it() -> bool:
            return endings.replace(self.held, REASON, self.now, self.agent) is not None

        def step(m: Model) -> Model | None:
            return replace(m, certificate=NEW).telling() if m.certificate == FIRST else None

        return Verb(endings.replace, replace_it, step)

    def rereading(self) -> Verb:
        """The worker, to which the register says another name."""
        register = Register()
        register.record = PermitRecord.read({**self.page.identity, "surname": "Nguyen"})

        def step(m: Model) -> Model:
            if "renamed" in m:
                return m
            certificate = NEW if m.certificate == FIRST else m.certificate
            return replace(m, certificate=certificate).telling().marked("renamed")

        return Verb(
            register_rereadings.reread,
            done(lambda: register_rereadings.reread(register, self.page.id, self.now)),
            step,
        )


class Extended(Certified):
    """A first application under review, days before the end of its rights: extended once, due for no other."""

    now = SOON

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        Dossier.update(journey=STUDENT_FIRST.slug).where(Dossier.id == draft.id).execute()
        self.act(draft, instruction.take)
        assert attestations.issue_extension_if_due(Dossier.get_by_id(draft.id), SOON)

    def verbs(self) -> dict[str, Verb]:
        def mentioning(m: Model) -> Model:
            certificate = NEW if m.certificate == FIRST else m.certificate
            return replace(m, certificate=certificate).marked("mentioned")

        def withholding(m: Model) -> Model | None:
            return None if "withheld" in m else m.marked("withheld")

        def extending(m: Model) -> Model | None:
            return None

        def refusing(m: Model) -> Model:
            return replace(m, certificate=NONE, letter=NEW)

        return {
            "revoke": self.revoking(),
            "replace": self.replacing(),
            "reread": self.rereading(),
            "mention": self.by_agent("mention", "Autorise à travailler.", step=mentioning),
            "withhold": self.by_agent("withhold", REASON, step=withholding),
            "refuse": self.by_agent("refuse", REASON, step=refusing, certificates=ENDED),
            "extend": Verb(
                attestations.issue_extension_if_due,
                lambda: attestations.issue_extension_if_due(self.row(), SOON) is not None,
                extending,
            ),
            "withdraw": self.withdrawing(),
        }


class Withheld(World):
    """Under review at the end of its rights, without an extension since an agent stopped them."""

    now = SOON

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        self.act(draft, instruction.take)
        Dossier.update(extension=WITHHELD).where(Dossier.id == draft.id).execute()

    def verbs(self) -> dict[str, Verb]:
        def covering(m: Model) -> Model:
            # The act tells nothing by itself: the certificate that it gives is told.
            return replace(m, certificate=NEW).telling().marked(without=("withheld",))

        def warning(m: Model) -> Model | None:
            owed = "withheld" in m and "warned" not in m
            return m.telling().marked("warned") if owed else None

        def silent(m: Model) -> Model | None:
            return None if "silence told" in m else m.telling().marked("silence told")

        return {
            "cover": self.by_agent("cover", step=covering),
            "extend": Verb(
                attestations.issue_extension_if_due,
                lambda: attestations.issue_extension_if_due(self.row(), SOON) is not None,
                lambda m: None,
            ),
            "warn": Verb(
                end_of_rights_warnings.send_due,
                lambda: bool(end_of_rights_warnings.send_due(SOON)),
                while_in(UNDER_REVIEW, warning),
            ),
            "tell_silence": Verb(
                silences.send_due,
                lambda: bool(silences.send_due(SILENT)),
                while_in(UNDER_REVIEW, silent),
            ),
            "withdraw": self.withdrawing(),
        }


class Decided(Certified):
    """Decided in favour, with its letter and its certificate."""

    now = LATER

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        self.act(draft, instruction.take)
        self.act(draft, instruction.approve, PERMIT)

    def verbs(self) -> dict[str, Verb]:
        return self.of_decision() | {
            "produce": self.by_agent("produce"),
            "announce": self.by_agent("announce", "Guichet 4"),
            "take_back": self.by_agent(
                "take_back",
                REASON,
                step=lambda m: replace(m, certificate=NONE, letter=NONE),
                certificates=ENDED,
            ),
            "photo": giving_photo(self, self._photographing),
        }

    def _photographing(self, m: Model) -> Model | None:
        can = m.state in UNDER_REVIEW | {State.FAVOURABLE}  # of a decision taken back, too
        return m.to(m.state).marked("another photo") if can else None

    def of_decision(self) -> dict[str, Verb]:
        """What corrects a decision and its certificate."""

        def amending(m: Model) -> Model:
            certificate = NEW if m.certificate != NONE else NONE
            return replace(m, certificate=certificate, letter=NEW)

        def recalculating(m: Model) -> Model:
            return replace(m, letter=NEW).marked("fee corrected")

        def reissuing(m: Model) -> Model | None:
            return replace(m, certificate=NEW) if m.certificate == NONE else None

        return {
            "amend": self.by_agent("amend", CORRECTED, REASON, step=amending),
            "correct_fee": self.by_agent("correct_fee", FEE, REASON, step=recalculating),
            "issue_again": self.by_agent("issue_again", step=reissuing),
            "ask_register": self.by_agent("reread", step=marking("to be read again")),
            "revoke": self.revoking(),
            "replace": self.replacing(),
            "reread": self.rereading(),
        }


class Available(Decided):
    """The card has come, and waits at the desk."""

    def prepare(self, draft: Dossier) -> None:
        super().prepare(draft)
        self.act(draft, instruction.produce)
        self.act(draft, instruction.announce, "Guichet 4")

    def verbs(self) -> dict[str, Verb]:
        def reminding(m: Model) -> Model | None:
            return None if "card told" in m else m.telling().marked("card told")

        def collecting(m: Model) -> Model | None:
            here = m.state is State.CARD_AVAILABLE
            return self._handed(m.to(State.HANDED_OVER).telling()) if here else None

        return self.of_decision() | {
            "step_back": self.by_agent("step_back", REASON),
            "remind_card": Verb(
                card_reminders.send_due,
                lambda: bool(card_reminders.send_due(LATER + timedelta(days=14))),
                while_in({State.CARD_AVAILABLE}, reminding),
            ),
            "hand_over": self.by_agent("hand_over", step=self._handed),
            "collect": Verb(
                card_pickup.collect, done(lambda: card_pickup.collect(self.row(), LATER)), collecting
            ),
        }

    def _handed(self, m: Model) -> Model:
        return replace(m, certificate=NONE)


class Numberless(World):
    """A first application under review, of somebody who came with a visa and has no foreign number yet."""

    def begin(self) -> Dossier:
        first = visas.FIRST_PERMIT
        return factories.draft(visas.holder(), journey=first.slug, journey_version=first.version)

    def prepare(self, draft: Dossier) -> None:
        dossiers.submit(draft, NOON)
        self.act(draft, instruction.take)

    def verbs(self) -> dict[str, Verb]:
        def approving(m: Model) -> Model:
            decided = replace(m, letter=NEW)
            # Certificate and notice wait for the number, their reference.
            return replace(decided, certificate=NEW) if "numbered" in m else decided.telling(-1)

        def numbering(m: Model) -> Model:
            if "numbered" in m:
                return m
            waited = m.state is State.FAVOURABLE
            return (replace(m, certificate=NEW).telling() if waited else m).marked("numbered")

        def number() -> bool:
            foreign_numbers.assign(Register(**visas.record()), self.page.id, LATER)
            return True

        return {
            "number": Verb(foreign_numbers.assign, number, numbering),
            "approve": self.by_agent("approve", PERMIT, step=approving),
            "withdraw": self.withdrawing(),
        }
