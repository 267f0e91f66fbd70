"""Certificates issue themselves, once, in an unbroken chain, and say nothing they should not."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.domain.dossiers.attestations import Facts
from app.domain.dossiers.states import State
from app.domain.rules.calendar import NO_END, add_months, start_of_day
from app.domain.rules.rights import AttestationKind, Situation
from app.services.applications import transfers
from app.services.certificates import attestations, endings, verification
from app.services.certificates.verification import Verdict
from app.storage.applications import attestations as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Attestation, Dossier, Event, Notice, Outbox
from tests import factories
from tests.fixtures import NOON


def reviewed(rights_end: date = date(2027, 2, 10), **columns: object) -> Dossier:
    """A dossier under review, filed in time, whose rights end on a day."""
    dossier = factories.filed()
    changes = {"state": str(State.IN_REVIEW), "in_time": True, "rights_end": rights_end, **columns}
    Dossier.update(changes).where(Dossier.id == dossier.id).execute()
    return Dossier.get_by_id(dossier.id)


def extensions(dossier: Dossier) -> list[Attestation]:
    """The extension certificates of a dossier, the oldest first."""
    kind = str(AttestationKind.EXTENSION)
    return [one for one in reversed(store.of_dossier(dossier.id)) if one.kind == kind]


def works(kind: str) -> int:
    """How much work of a kind was asked for."""
    return Outbox.select().where(Outbox.kind == kind).count()


def test_filing_issues_the_confirmation(app: Flask) -> None:
    dossier = factories.filed()
    (issued,) = store.of_dossier(dossier.id)
    facts = Facts.from_json(issued.facts)
    assert facts.kind is AttestationKind.DEPOSIT
    assert (facts.holder, facts.reference) == ("Thị Ánh Nguyễn", dossier.reference)
    assert facts.filed_at == NOON
    assert facts.legal_answer_on == dossier.legal_answer_on
    assert facts.valid_until is None
    assert facts.situation is Situation.RENEWAL
    assert works("print_attestation") == works("print_application") == 1


@pytest.mark.parametrize(
    ("before_end", "due"), [(16, False), (15, True), (1, True), (0, True), (-1, True)], ids=str
)
def test_extension_comes_before_rights_end(app: Flask, before_end: int, due: bool) -> None:
    end = date(2027, 2, 10)
    dossier = reviewed(end)
    issued = attestations.issue_extension_if_due(dossier, start_of_day(end - timedelta(days=before_end)))
    assert (issued is not None) is due
    if issued:
        assert (issued.valid_from, issued.valid_until) == (date(2027, 2, 11), date(2027, 5, 10))
        assert dossier.rights_end == Dossier.get_by_id(dossier.id).rights_end == date(2027, 5, 10)
        notice = Notice.select().where(Notice.kind == "extension_issued").get()
        assert notice.facts == {
            "code": issued.code,
            "valid_from": "2027-02-11",
            "valid_until": "2027-05-10",
        }
        assert Event.select().where(Event.action == store.EXTENSION_ISSUED).count() == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"in_time": False},
        {"state": str(State.FILED)},
        {"state": str(State.FAVOURABLE)},
        {"state": str(State.UNFAVOURABLE)},
        {"state": str(State.HANDED_OVER)},
    ],
    ids=lambda columns: next(iter(columns.values())),
)
def test_no_extension_for(app: Flask, columns: dict[str, object]) -> None:
    dossier = reviewed(date(2026, 11, 24), **columns)
    assert attestations.issue_extension_if_due(dossier, NOON) is None
    assert attestations.issue_due_extensions(NOON) == 0
    assert extensions(dossier) == []


@pytest.mark.parametrize(
    "rights_end",
    [
        date(2027, 2, 10),
        date(2027, 11, 29),  # three months from the 30th: the end of a February
        date(2027, 11, 30),  # leap year ahead
        date(2028, 2, 28),
        date(2028, 2, 29),
        date(2026, 11, 30),
        date(2027, 8, 30),
        date(2027, 12, 31),
    ],
    ids=str,
)
def test_renewed_without_a_gap_until_the_decision(app: Flask, rights_end: date) -> None:
    dossier = reviewed(rights_end)
    day = rights_end
    for _ in range(8):
        attestations.issue_due_extensions(start_of_day(day))
        day = Dossier.get_by_id(dossier.id).rights_end
    chain = extensions(dossier)
    assert len(chain) == 8
    expected = rights_end + timedelta(days=1)
    for one in chain:
        assert one.valid_from == expected
        assert one.valid_until < add_months(one.valid_from, 3)
        assert one.valid_until >= one.valid_from + timedelta(days=88)
        expected = one.valid_until + timedelta(days=1)
    Dossier.update(state=str(State.FAVOURABLE)).where(Dossier.id == dossier.id).execute()
    assert attestations.issue_due_extensions(start_of_day(day)) == 0


def test_a_long_stop_leaves_no_hole_in_the_chain(app: Flask) -> None:
    dossier = reviewed(date(2026, 4, 30))
    assert attestations.issue_due_extensions(NOON) == 1
    spans = [(one.valid_from, one.valid_until) for one in extensions(dossier)]
    assert spans == [
        (date(2026, 5, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2027, 1, 31)),
    ]
    assert Notice.select().where(Notice.kind == "extension_issued").count() == 1, "one message, the last"


def test_issued_once_whoever_asks_at_once(app: Flask) -> None:
    dossier = reviewed(date(2026, 11, 30))
    start = threading.Barrier(6)
    errors: list[BaseException] = []

    def ask() -> None:
        with database.connection_context():
            start.wait()
            try:
                attestations.issue_due_extensions(NOON)
                attestations.issue_extension_if_due(Dossier.get_by_id(dossier.id), NOON)
            except BaseException as error:
                errors.append(error)
                raise

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(extensions(dossier)) == 1
    assert works("mail_notice") == 2, "one for the filing, one for the extension"


def test_one_broken_dossier_costs_the_others_nothing(app: Flask) -> None:
    broken, sound = reviewed(date(2026, 11, 25)), reviewed(date(2026, 11, 26))
    Dossier.update(identity={"surname": "?"}).where(Dossier.id == broken.id).execute()
    assert attestations.issue_due_extensions(NOON) == 1
    assert len(extensions(sound)) == 1
    assert Dossier.get_by_id(broken.id).rights_end == date(2026, 11, 25), "rolled back whole"


def test_nothing_is_issued_by_an_act_that_failed(app: Flask) -> None:
    dossier = reviewed(date(2026, 11, 25))
    asked = works("print_attestation")
    with database.atomic() as act:
        attestations.issue_extension_if_due(dossier, NOON)
        act.rollback()
    assert extensions(dossier) == []
    assert works("print_attestation") == asked


def test_a_favourable_decision_is_certified_until_the_card(app: Flask) -> None:
    dossier = reviewed(state=str(State.FAVOURABLE))
    issued = attestations.grant(dossier, NOON)
    assert (issued.valid_from, issued.valid_until) == (date(2026, 11, 23), None)
    assert Dossier.get_by_id(dossier.id).rights_end == NO_END
    assert verification.check_code(issued.code, date(2028, 1, 1)).verdict is Verdict.GENUINE
    Dossier.update(state=str(State.HANDED_OVER)).where(Dossier.id == dossier.id).execute()
    assert verification.check_code(issued.code, date(2026, 12, 1)).verdict is Verdict.EXPIRED


def test_revoked_once(app: Flask) -> None:
    issued = attestations.issue_extension_if_due(reviewed(date(2026, 11, 30)), NOON)
    assert issued
    assert endings.revoke(issued, "Émise par erreur.", NOON)
    assert not endings.revoke(issued, "Encore.", NOON + timedelta(days=1))
    answer = verification.check_code(issued.code, date(2026, 12, 1))
    assert (answer.verdict, answer.facts, answer.day) == (Verdict.REVOKED, None, date(2026, 11, 23))
    assert Event.select().where(Event.action == store.REVOKED).get().reason == "Émise par erreur."


def test_over_the_day_after_its_last(app: Flask) -> None:
    dossier = reviewed(date(2026, 11, 30))
    issued = attestations.issue_extension_if_due(dossier, NOON)
    assert issued
    last = issued.valid_until
    assert verification.check_code(issued.code, last).verdict is Verdict.GENUINE
    answer = verification.check_code(issued.code, last + timedelta(days=1))
    assert (answer.verdict, answer.day) == (Verdict.EXPIRED, last)


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM-42XD", "0000-0000", "é" * 8, "K7QM42XDK7QM42XD"])
def test_unknown_codes(app: Flask, typed: str) -> None:
    assert verification.check_code(typed, date(2026, 11, 24)).verdict is Verdict.UNKNOWN


def test_a_code_is_forgiven_its_spelling(app: Flask) -> None:
    (issued,) = store.of_dossier(factories.filed().id)
    spoken = f" {issued.code[:4].lower()} – {issued.code[4:]} "
    assert verification.check_code(spoken, date(2026, 11, 24)).verdict is Verdict.GENUINE


def test_filed_at_midnight_in_paris(app: Flask) -> None:
    """22:30 UTC in winter is the same day in Paris, 23:30 is the next: the certificate follows Paris."""
    late = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    (issued,) = store.of_dossier(factories.filed(at=late).id)
    assert issued.valid_from == date(2026, 12, 2)
    assert dossiers.latest_filed(issued.dossier.account_id, "etudiant").filed_on == date(2026, 12, 2)


@pytest.mark.parametrize(("origin", "territory"), [("976", "Mayotte"), ("69", "")])
def test_an_extension_keeps_the_territory_of_the_permit_after_a_move(
    app: Flask, origin: str, territory: str
) -> None:
    """CESEDA L.441-8: the limit is that of the permit held, wherever its holder asks for the next one."""
    dossier = reviewed()
    Dossier.update(service=factories.service(origin)).where(Dossier.id == dossier.id).execute()
    for code in ("75", "38"):
        with database.atomic():
            transfers.transfer(Dossier.get_by_id(dossier.id), factories.service(code), NOON)
    issued = attestations.issue_extension_if_due(
        Dossier.get_by_id(dossier.id), start_of_day(date(2027, 2, 9))
    )
    assert issued is not None
    assert Facts.from_json(issued.facts).territory == territory
    moved = Notice.select().where(Notice.kind == "moved").order_by(Notice.id)
    assert [notice.facts["only_in"] for notice in moved] == [territory] * 2


def test_who_moves_to_mayotte_is_told_what_comes(app: Flask) -> None:
    dossier = reviewed()
    with database.atomic():
        transfers.transfer(dossier, factories.service("976"), NOON)
    told = Notice.get(Notice.kind == "moved").facts
    assert (told["only_in"], told["coming"]) == ("", "Mayotte")
    issued = attestations.issue_extension_if_due(
        Dossier.get_by_id(dossier.id), start_of_day(date(2027, 2, 9))
    )
    assert issued is not None
    assert Facts.from_json(issued.facts).territory == "", "the permit held was issued elsewhere"
