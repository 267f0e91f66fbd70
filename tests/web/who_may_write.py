"""What people of a prefecture write in the world of `who_may`: to several at once, to employers, on certificates."""

from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from app.domain.dossiers.endings import RECEIPTS
from app.domain.rules.rights import AttestationKind
from app.storage.models import Attestation, Conversation, HiringCheck, Message
from tests.clients import PageClient
from tests.web.agent_pages import address
from tests.web.public.test_hiring_card import ask
from tests.web.who_may_sheet import APPLICANTS, MOST, TOWNS, Case, Person

MOST_CHECKS = 2
_NUMBERS = count(1)
TO_SEVERAL = "/fr/agents/lot/ecrire"
# Endpoints whose rules are played here and in `who_may`; `test_who_may` sees each of them asked.
PLAYED = frozenset(
    {
        "embauche.card",
        "instruction.act",
        "instruction.bulk_message",
        "instruction.hiring",
        "instruction.revoke",
        "suivi.withdraw",
    }
)


class Writing(RuleBasedStateMachine):
    """Rules of `WhoMay`, whose attributes they use."""

    app: Any
    clock: Any
    agents: list[Person]
    applicants: list[Person]
    cases: list[Case]
    checks: dict[
        int, tuple[str, bool]
    ]  # by row: the service of an employer’s check, and whether it is answered

    @precondition(lambda self: self.cases)
    @rule(who=st.integers(0, 3))
    def write_to_several(self, who: int) -> None:
        """Somebody ticks every application there is, another prefecture’s too; their own people read it, once each."""
        person = self.agents[who]
        said = f"Nos horaires changent pour la {next(_NUMBERS)}e fois."
        boxes = [f"{case.row.id}.0" for case in self.cases]
        person.browser.get(TO_SEVERAL, query_string={"dossiers": boxes})
        person.browser.post(TO_SEVERAL, {"dossiers": boxes, "ready": "own", "text": said, "sure": "yes"})
        readers = {case.owner for case in self.cases if person.may_read(case)}
        rows = Conversation.select().join(Message).where(Message.text == said)
        assert sorted(row.account_id for row in rows) == sorted(
            self.applicants[owner].row.id for owner in readers
        )
        assert {row.dossier.service.code for row in rows} <= {person.service}

    @rule(who=st.integers(0, APPLICANTS - 1), which=st.integers(0, 99))
    def read_a_message(self, who: int, which: int) -> None:
        """An applicant asks for a conversation; their own alone is there."""
        rows = list(
            Conversation.select().where(Conversation.account.is_null(False)).order_by(Conversation.id)
        )
        if rows:
            row, person = rows[which % len(rows)], self.applicants[who]
            found = person.browser.get(f"/fr/suivi/questions/{row.number}").status_code
            assert found == (200 if row.account_id == person.row.id else 404)

    @precondition(lambda self: len(self.checks) < MOST_CHECKS)
    @rule(town=st.sampled_from(sorted(TOWNS)))
    def ask_as_employer(self, town: str) -> None:
        """An employer without an account has a card checked by the prefecture of the place of work."""
        day = self.clock().date() + timedelta(days=14)
        hired = {"hired_on-day": day.day, "hired_on-month": day.month, "hired_on-year": day.year}
        answer = ask(PageClient(self.app), **hired, postcode={"69": "69003", "75": "75013"}[town])
        assert answer.location == "/fr/embauche/recu", answer.text
        row = HiringCheck.select().order_by(HiringCheck.id.desc()).get()
        assert row.conversation.service.code == town
        self.checks[row.id] = (town, False)

    @precondition(lambda self: self.checks)
    @rule(who=st.integers(0, 3), which=st.integers(0, MOST_CHECKS - 1))
    def answer_an_employer(self, who: int, which: int) -> None:
        """Somebody of either prefecture answers: that of the place of work alone can, and reads it."""
        person, number = self.agents[who], sorted(self.checks)[which % len(self.checks)]
        row, (service, answered) = HiringCheck.get_by_id(number), self.checks[number]
        page = f"/fr/agents/embauches/{row.number}"
        last = (
            Message.select()
            .where(Message.conversation == row.conversation_id)
            .order_by(Message.id.desc())
            .get()
        )
        may = person.inside and person.service == service
        assert person.browser.get(page).status_code == (200 if may else 404 if person.inside else 303)
        given = {"last": str(last.id), "outcome": "unknown", "text": "", "reason": "Relu."}
        found = person.browser.post(page, given).status_code
        if may and not answered:
            assert found == 303
            self.checks[number] = (service, True)
        assert (HiringCheck.get_by_id(number).answered_at is not None) is self.checks[number][1]

    @precondition(lambda self: any(self._certificates(case) for case in self.cases))
    @rule(
        who=st.integers(0, 3),
        which=st.integers(0, MOST - 1),
        newest=st.booleans(),
        instead=st.sampled_from(["corrected", "nothing"]),
    )
    def end_a_certificate(self, who: int, which: int, newest: bool, instead: str) -> None:
        """Somebody of either prefecture takes a certificate back, or has a corrected one replace it."""
        holding = [case for case in self.cases if self._certificates(case)]
        person, case = self.agents[who], holding[which % len(holding)]
        rows = self._certificates(case)
        tried = rows[-1 if newest else 0]
        page = address(case.row, f"attestations/{tried.code}")
        may, was = person.may_read(case), tried.revoked_at
        if may:
            case.readers.add(person.row.id)
        assert person.browser.get(page).status_code == (200 if may else 404 if person.inside else 303)
        person.browser.post(page, {"reason": "Une date était fausse.", "instead": instead})
        ended = may and was is None
        assert (Attestation.get_by_id(tried.id).revoked_at != was) is ended
        more = len(self._certificates(case)) - len(rows)
        assert more == 0 or (ended and instead == "corrected" and more == 1)

    @staticmethod
    def _certificates(case: Case) -> list[Attestation]:
        rows = Attestation.select().where(Attestation.dossier == case.row.id).order_by(Attestation.id)
        return [row for row in rows if AttestationKind(row.kind) not in RECEIPTS]
