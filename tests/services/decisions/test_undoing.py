"""What was done is undone or corrected by who may, and the certificates, the check page and the figures follow."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.attestations import Facts
from app.domain.dossiers.decisions import Granted
from app.domain.dossiers.endings import Settlement
from app.domain.dossiers.states import WITHHELD, ForbiddenTransition, State
from app.domain.rules.calendar import paris_day, start_of_day
from app.domain.rules.parameters import UNDO_HOURS
from app.domain.rules.rights import AttestationKind
from app.services.applications import card_pickup, corrections
from app.services.certificates import attestations, endings, verification
from app.services.certificates.endings import NotRevocable, Unsettled
from app.services.certificates.verification import Verdict
from app.services.decisions import decision_letters, instruction, undoing
from app.services.decisions.acts import Act, MissingReason, Unchanged
from app.storage.applications import attestations as store
from app.storage.models import Agent, Attestation, DecisionLetter, Dossier, Event, Notice, StageTime
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON

WHY = "C’était une erreur."
ENDS = date(2027, 2, 10)  # of the permit
IN_FEBRUARY = start_of_day(date(2027, 2, 1))
GRANTED = Granted("CST", "etudiant", date(2027, 2, 11), date(2028, 2, 10))
CORRECTED = Granted("CST", "etudiant", date(2027, 2, 11), date(2028, 1, 31))


def by(agent: Agent, dossier: Dossier, now: datetime = IN_FEBRUARY, **changes: Any) -> Act:
    """An act of somebody whose page is up to date."""
    return Act(**{"agent": agent, "now": now, "seen": dossier_view.last_move(dossier.id)} | changes)


def row(dossier: Dossier) -> Dossier:
    """As the database has it."""
    return Dossier.get_by_id(dossier.id)


def of_kind(dossier: Dossier, kind: AttestationKind) -> list[Attestation]:
    """The certificates of a kind, the oldest first."""
    return [one for one in reversed(store.of_dossier(dossier.id)) if one.kind == kind]


def extensions(dossier: Dossier) -> list[Attestation]:
    """The extension certificates, the oldest first."""
    return of_kind(dossier, AttestationKind.EXTENSION)


def checked(certificate: Attestation, day: date) -> verification.Answer:
    """What the check page says of a certificate."""
    return verification.check_code(certificate.code, day)


@pytest.fixture
def agent(app: Flask) -> Agent:
    """A member of the service of Lyon."""
    return factories.agent(factories.service())


@pytest.fixture
def chief(app: Flask) -> Agent:
    """Its supervisor."""
    return factories.agent(factories.service(), rank="supervisor")


@pytest.fixture
def dossier(agent: Agent) -> Dossier:
    """Under review at Lyon, with an extension certificate from 11/02 to 10/05/2027."""
    filed = factories.filed()
    instruction.take(filed, by(agent, filed, NOON))
    assert attestations.issue_extension_if_due(filed, IN_FEBRUARY)
    return row(filed)


@pytest.fixture
def approved(agent: Agent) -> Dossier:
    """Decided in favour on 1 February."""
    filed = factories.filed()
    instruction.take(filed, by(agent, filed, NOON))
    instruction.approve(filed, by(agent, filed), GRANTED)
    return row(filed)


class TestExtensions:
    """Taken back, and given again."""

    @pytest.mark.parametrize(
        ("revoked_on", "first"),
        [
            (date(2027, 2, 2), date(2027, 2, 11)),  # before it began
            (date(2027, 3, 20), date(2027, 3, 20)),  # the days before are not said again
        ],
    )
    def test_one_revoked_is_given_again_from_the_day_of_the_act(
        self, dossier: Dossier, agent: Agent, revoked_on: date, first: date
    ) -> None:
        at = start_of_day(revoked_on)
        endings.revoke(extensions(dossier)[0], WHY, at, agent)
        assert (row(dossier).rights_end, row(dossier).extension) == (ENDS, WITHHELD)
        instruction.cover(dossier, by(agent, dossier, at))
        wrong, right = extensions(dossier)
        assert (right.valid_from, row(dossier).rights_end) == (first, right.valid_until)
        assert checked(right, first).verdict is Verdict.GENUINE
        assert checked(wrong, first).verdict is Verdict.REVOKED

    def test_the_way_of_a_court(self, dossier: Dossier, agent: Agent, chief: Agent) -> None:
        """Refused, the certificate revoked, the refusal suspended by the judge, the dossier reopened."""
        refused = by(agent, dossier, certificates=Settlement.KEPT)
        instruction.refuse(dossier, refused, "Non.")
        endings.revoke(extensions(dossier)[0], WHY, IN_FEBRUARY, agent)
        later = start_of_day(date(2027, 4, 1))
        undoing.reopen(dossier, by(chief, dossier, later), "Le juge a suspendu le refus.")
        assert len(extensions(dossier)) == 1, "withheld by the revocation"
        instruction.cover(dossier, by(agent, dossier, later))
        assert extensions(dossier)[1].valid_from == date(2027, 4, 1)

    @pytest.mark.parametrize("in_time", [True, False])
    def test_nothing_is_declared_covered_after_the_fact(
        self, app: Flask, agent: Agent, in_time: bool
    ) -> None:
        filed = factories.filed()
        Dossier.update(in_time=in_time).where(Dossier.id == filed.id).execute()
        instruction.take(filed, by(agent, filed, NOON))
        if in_time:
            instruction.withhold(filed, by(agent, filed, NOON), WHY)
        june = start_of_day(date(2027, 6, 15))
        instruction.cover(filed, by(agent, filed, june))
        (issued,) = extensions(filed)
        assert (issued.valid_from, issued.valid_until) == (date(2027, 6, 15), date(2027, 9, 14))

    def test_a_corrected_one_covers_the_same_days(self, dossier: Dossier, agent: Agent) -> None:
        wrong = extensions(dossier)[0]
        Dossier.update(identity=dossier.identity | {"surname": "Nguyen"}).where(
            Dossier.id == dossier.id
        ).execute()
        right = endings.replace(wrong, "Votre nom était mal écrit.", IN_FEBRUARY, agent)
        assert right
        assert (right.valid_from, right.valid_until) == (wrong.valid_from, wrong.valid_until)
        assert Facts.from_json(right.facts).surname == "Nguyen"
        assert (row(dossier).rights_end, row(dossier).extension) == (wrong.valid_until, "")
        assert checked(wrong, ENDS).verdict is Verdict.REPLACED
        assert Notice.get(Notice.kind == "certificate_replaced").facts["code"] == right.code
        assert endings.replace(wrong, WHY, IN_FEBRUARY, agent) is None, "once"
        assert len(extensions(dossier)) == 2

    def test_a_receipt_is_never_taken_back(self, dossier: Dossier, agent: Agent) -> None:
        (receipt,) = of_kind(dossier, AttestationKind.DEPOSIT)
        for act in (endings.revoke, endings.replace):
            with pytest.raises(NotRevocable):
                act(receipt, WHY, IN_FEBRUARY, agent)


class TestSettlement:
    """What a decision makes of the certificates in force."""

    MARCH = start_of_day(date(2027, 3, 20))

    def test_the_agent_has_to_say(self, dossier: Dossier, agent: Agent) -> None:
        with pytest.raises(Unsettled):
            instruction.refuse(dossier, by(agent, dossier, self.MARCH), "Non.")
        assert row(dossier).state == State.IN_REVIEW

    def test_one_ended_by_the_decision_was_true_until_then(self, dossier: Dossier, agent: Agent) -> None:
        instruction.refuse(dossier, by(agent, dossier, self.MARCH, certificates=Settlement.ENDED), "Non.")
        answer = checked(extensions(dossier)[0], date(2027, 4, 1))
        assert (answer.verdict, answer.day) == (Verdict.ENDED, date(2027, 3, 20))
        assert answer.facts is not None
        assert row(dossier).rights_end == date(2027, 3, 20)
        facts = Notice.get(Notice.kind == "refused").facts
        assert (facts["certificates"], facts["until"]) == ("ended", "2027-05-10")
        assert Event.get(Event.action == "refuse").facts["certificates"] == "ended"
        assert Event.get(Event.action == store.ENDED).agent_id == agent.id

    def test_one_kept_stays_genuine_and_the_person_reads_until_when(
        self, dossier: Dossier, agent: Agent
    ) -> None:
        instruction.close(dossier, by(agent, dossier, self.MARCH, certificates=Settlement.KEPT), "Non.")
        assert checked(extensions(dossier)[0], date(2027, 5, 10)).verdict is Verdict.GENUINE
        assert Notice.get(Notice.kind == "closed").facts["until"] == "2027-05-10"

    def test_one_that_never_began_says_nothing(self, dossier: Dossier, agent: Agent, chief: Agent) -> None:
        instruction.refuse(dossier, by(agent, dossier, certificates=Settlement.ENDED), "Non.")
        answer = checked(extensions(dossier)[0], ENDS)
        assert (answer.verdict, answer.facts) == (Verdict.ENDED, None)
        assert row(dossier).rights_end == ENDS
        undoing.reopen(dossier, by(chief, dossier), WHY)
        assert extensions(dossier)[1].valid_from == date(2027, 2, 11), "the days it would have covered"

    def test_a_withdrawal_ends_them(self, dossier: Dossier) -> None:
        corrections.withdraw(dossier, self.MARCH)
        assert checked(extensions(dossier)[0], date(2027, 3, 21)).verdict is Verdict.ENDED
        assert Notice.get(Notice.kind == "withdrawn").facts["certificates"] == "ended"
        assert row(dossier).rights_end == date(2027, 3, 20)


class TestDecisions:
    """A favourable decision corrected, taken back, certified again."""

    def test_a_wrong_date_is_corrected(self, approved: Dossier, agent: Agent) -> None:
        undoing.amend(approved, by(agent, approved), CORRECTED, "La date de fin était fausse.")
        assert Granted.from_json(row(approved).decision) == CORRECTED
        first, second = DecisionLetter.select().order_by(DecisionLetter.id)
        assert (first.superseded_at, second.superseded_at) == (IN_FEBRUARY, None)
        said = decision_letters.read(second)
        assert said[0] == [decision_letters.REPLACES]
        assert any("31\u00a0janvier\u00a02028" in line for lines in said for line in lines)
        wrong, right = of_kind(approved, AttestationKind.FAVOURABLE)
        assert "31/01/2028" in Facts.from_json(right.facts).details[-1].text
        assert right.valid_from == wrong.valid_from
        assert checked(wrong, ENDS).verdict is Verdict.REPLACED
        assert checked(right, ENDS).verdict is Verdict.GENUINE
        assert Notice.get(Notice.kind == "decision_corrected").facts["certified"] is True

    def test_what_it_says_already_is_no_correction(self, approved: Dossier, agent: Agent) -> None:
        with pytest.raises(Unchanged):
            undoing.amend(approved, by(agent, approved), GRANTED, "La date de fin était fausse.")
        assert DecisionLetter.select().count() == 1

    def test_a_certificate_of_a_decision_is_issued_again(self, approved: Dossier, agent: Agent) -> None:
        with pytest.raises(ForbiddenTransition):
            undoing.issue_again(approved, by(agent, approved))
        (first,) = of_kind(approved, AttestationKind.FAVOURABLE)
        endings.revoke(first, WHY, IN_FEBRUARY, agent)
        undoing.issue_again(approved, by(agent, approved))
        assert checked(of_kind(approved, AttestationKind.FAVOURABLE)[1], ENDS).verdict is Verdict.GENUINE

    def test_only_a_supervisor_takes_it_back(self, approved: Dossier, agent: Agent, chief: Agent) -> None:
        with pytest.raises(ForbiddenTransition):
            undoing.take_back(approved, by(agent, approved, certificates=Settlement.ENDED), WHY)
        with pytest.raises(MissingReason):
            undoing.take_back(approved, by(chief, approved, certificates=Settlement.ENDED), " ")
        undoing.take_back(approved, by(chief, approved, certificates=Settlement.ENDED), WHY)
        assert (row(approved).state, row(approved).decision) == (State.IN_REVIEW, None)
        assert checked(of_kind(approved, AttestationKind.FAVOURABLE)[0], ENDS).verdict is Verdict.ENDED
        assert DecisionLetter.get().superseded_at == IN_FEBRUARY
        assert [one.valid_from for one in extensions(approved)] == [date(2027, 2, 11)], "review resumes"
        instruction.approve(approved, by(agent, approved), CORRECTED)
        assert len(endings.in_force(row(approved), date(2027, 2, 2))) == 2

    def test_what_the_system_granted_is_not_taken_back(self, app: Flask, chief: Agent) -> None:
        filed = factories.filed()
        Dossier.update(state=str(State.FAVOURABLE)).where(Dossier.id == filed.id).execute()
        with pytest.raises(ForbiddenTransition):
            undoing.take_back(filed, by(chief, filed), WHY)


class TestCards:
    """A step noted by mistake."""

    @pytest.fixture
    def handed_over(self, approved: Dossier, agent: Agent) -> Dossier:
        """Announced and handed over within the same hour."""
        instruction.produce(approved, by(agent, approved))
        instruction.announce(approved, by(agent, approved), "Guichet 4", 10_000)
        instruction.hand_over(approved, by(agent, approved))
        return row(approved)

    def test_the_check_page_follows(self, handed_over: Dossier, agent: Agent) -> None:
        assert not endings.in_force(handed_over, ENDS)
        (certificate,) = of_kind(handed_over, AttestationKind.FAVOURABLE)
        assert checked(certificate, ENDS).verdict is Verdict.EXPIRED
        for state in (State.CARD_AVAILABLE, State.IN_PRODUCTION, State.FAVOURABLE):
            undoing.step_back(row(handed_over), by(agent, handed_over), WHY)
            assert row(handed_over).state == state
            assert checked(certificate, ENDS).verdict is Verdict.GENUINE
            assert Notice.select().order_by(Notice.id.desc()).first().facts["state"] == str(state)
        assert row(handed_over).card is None

    def test_by_who_noted_it_for_a_time_and_by_the_supervisor(
        self, handed_over: Dossier, agent: Agent, chief: Agent
    ) -> None:
        late = IN_FEBRUARY + timedelta(hours=UNDO_HOURS.on(paris_day(IN_FEBRUARY)), seconds=1)
        for act in (by(factories.agent(), handed_over), by(agent, handed_over, late)):
            with pytest.raises(ForbiddenTransition):
                undoing.step_back(handed_over, act, WHY)
        undoing.step_back(handed_over, by(chief, handed_over, late), WHY)
        assert row(handed_over).state == State.CARD_AVAILABLE

    def test_what_the_applicant_said_is_the_supervisor_s_to_undo(
        self, handed_over: Dossier, agent: Agent, chief: Agent
    ) -> None:
        undoing.step_back(handed_over, by(agent, handed_over), WHY)
        card_pickup.collect(handed_over, IN_FEBRUARY)
        with pytest.raises(ForbiddenTransition):
            undoing.step_back(handed_over, by(agent, handed_over), WHY)
        undoing.step_back(handed_over, by(chief, handed_over), WHY)
        assert row(handed_over).state == State.CARD_AVAILABLE

    def test_a_stage_that_ended_by_mistake_is_not_counted(self, handed_over: Dossier, agent: Agent) -> None:
        assert StageTime.select().where(StageTime.stage == "collecting").count() == 1
        undoing.step_back(handed_over, by(agent, handed_over), WHY)
        assert StageTime.select().where(StageTime.stage == "collecting").count() == 0
        instruction.hand_over(handed_over, by(agent, handed_over, IN_FEBRUARY + timedelta(days=9)))
        assert StageTime.get(StageTime.stage == "collecting").days == 9
