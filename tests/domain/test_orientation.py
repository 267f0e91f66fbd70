"""Every answer leads somewhere, every outcome can be reached, by what journeys declare and by no name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.journeys.journey import Purpose
from app.domain.orientation.outcome import Outcome, Verdict, answered, ground_of, orient, permit_end
from app.domain.orientation.questions import ENTERED_STEP, GROUND_STEP, HELD, REASONS, Reason
from app.domain.procedures.student import STUDENT_RENEWAL
from app.domain.rules.deadlines import ARRIVAL, VALIDATION

TODAY = date(2026, 11, 23)
FIRST = replace(
    STUDENT_RENEWAL,
    slug="first",
    purpose=Purpose.FIRST,
    holders=frozenset({"VLS"}),
    deadline=ARRIVAL,
)
VISA = replace(
    STUDENT_RENEWAL,
    slug="visa",
    purpose=Purpose.VALIDATION,
    holders=frozenset({"VLS-TS"}),
    mentions=frozenset(),
    deadline=VALIDATION,
)
TALENT = replace(STUDENT_RENEWAL, slug="t", mentions=frozenset({"talent-chercheur", "passeport-talent"}))
FAMILY = replace(STUDENT_RENEWAL, slug="tf", mentions=frozenset({"passeport-talent-famille"}))
JOURNEYS = (STUDENT_RENEWAL, FIRST, VISA, TALENT, FAMILY)


def day(**offset):
    return (TODAY + timedelta(**offset)).isoformat()


def given(document, motif="", fin="", entree=""):
    found = {"document": document, "motif": motif, "fin": fin, "entree": entree}
    return {key: value for key, value in found.items() if value}


RENEWS = ("titre", "etudiant")
CASES = [
    (given(*RENEWS, fin=day(days=121)), Verdict.COME_BACK, "etudiant"),
    (given(*RENEWS, fin=day(days=120)), Verdict.BEGIN, "etudiant"),
    (given(*RENEWS, fin=day(days=60)), Verdict.BEGIN, "etudiant"),
    (given(*RENEWS, fin=day(days=59)), Verdict.LATE, "etudiant"),
    (given(*RENEWS, fin=day(days=-100)), Verdict.LATE, "etudiant"),
    (given(*RENEWS, fin=day(days=-200)), Verdict.PREFECTURE, Reason.EXPIRED),
    (given("recepisse", "etudiant", fin=day(days=90)), Verdict.BEGIN, "etudiant"),
    (given("vls-ts-valide", "etudiant", fin=day(days=90)), Verdict.BEGIN, "etudiant"),
    (given("titre", "talent", fin=day(days=90)), Verdict.BEGIN, "t"),
    (given("titre", "talent-famille", fin=day(days=90)), Verdict.BEGIN, "tf"),
    (given("visa", "etudiant", entree=day(days=-10)), Verdict.BEGIN, "first"),
    (given("visa", "etudiant", entree=day(days=-70)), Verdict.LATE, "first"),
    (given("vls-ts", entree=day(days=-70)), Verdict.BEGIN, "visa"),
    (given("vls-ts", entree=day(days=-100)), Verdict.LATE, "visa"),
    (given("titre", "visiteur"), Verdict.PREFECTURE, Reason.NOT_OFFERED),
    (given("visa", "talent"), Verdict.PREFECTURE, Reason.NOT_OFFERED),
    (given("titre", "autre"), Verdict.PREFECTURE, Reason.OTHER_GROUND),
    (given("visa", "certificat"), Verdict.PREFECTURE, Reason.ALGERIA),
    (given("vls-t"), Verdict.PREFECTURE, Reason.TEMPORARY_VISA),
    (given("court-sejour"), Verdict.PREFECTURE, Reason.SHORT_VISA),
    (given("resident-ue"), Verdict.PREFECTURE, Reason.EU_RESIDENT),
    (given("majorite"), Verdict.PREFECTURE, Reason.TURNING_18),
    (given("rien"), Verdict.PREFECTURE, Reason.NOTHING),
]


@pytest.mark.parametrize(("answers", "verdict", "where"), CASES)
def test_where_the_answers_lead(answers, verdict, where):
    found = orient(answers, JOURNEYS, TODAY)
    assert isinstance(found, Outcome), f"{found.slug} is still asked"
    assert found.verdict is verdict
    assert (found.reason or found.journey.slug) == where
    assert answered(answers, JOURNEYS, TODAY) == answers, "nothing was answered for nothing"


def test_every_outcome_is_reached_and_has_its_words():
    assert {verdict for _answers, verdict, _where in CASES} == set(Verdict)
    reasons = {where for _answers, _verdict, where in CASES if isinstance(where, Reason)}
    assert reasons == set(Reason) == set(REASONS)
    assert {answers["document"] for answers, _v, _w in CASES} == {one.key for one in HELD}


def test_a_journey_for_any_ground_asks_nothing_of_the_ground_held():
    anybody = replace(STUDENT_RENEWAL, mentions=frozenset(), slug="any")
    found = orient(given("titre", "visiteur", fin=day(days=90)), (anybody,), TODAY)
    assert isinstance(found, Outcome)
    assert found.journey is anybody


def test_a_visa_to_be_exchanged_names_its_ground_once():
    assert orient(given("visa", "etudiant"), JOURNEYS, TODAY) is ENTERED_STEP


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ({"document": "x"}, {}),
        ({"motif": "etudiant"}, {}),
        ({"document": "titre", "motif": "x", "fin": day(days=90)}, {"document": "titre"}),
        ({"document": "rien", "motif": "etudiant"}, {"document": "rien"}),
        (given(*RENEWS, fin="2027-02-30"), given(*RENEWS)),
        (given(*RENEWS, fin="9999-12-31"), given(*RENEWS)),
        (given("vls-ts", entree=day(days=1)), given("vls-ts")),
    ],
)
def test_what_is_not_sound_was_never_said(raw, kept):
    assert answered(raw, JOURNEYS, TODAY) == kept


def test_the_first_unsound_answer_is_asked_again():
    kept = answered({"document": "titre", "motif": "x"}, JOURNEYS, TODAY)
    assert orient(kept, JOURNEYS, TODAY) is GROUND_STEP


@pytest.mark.parametrize(
    ("mention", "ground"),
    [
        ("etudiant", "etudiant"),
        ("talent", "talent"),
        ("passeport-talent", "talent"),
        ("talent_famille", "talent-famille"),
        ("visiteur", "visiteur"),
    ],
)
def test_grounds_of_old_and_new_mentions(mention, ground):
    assert ground_of(mention) == ground


@pytest.mark.parametrize(
    ("text", "found"),
    [("2027-06-01", date(2027, 6, 1)), ("", None), ("x", None), ("9999-01-01", None), ("2027-6-1", None)],
)
def test_the_end_of_a_permit_in_an_address(text, found):
    assert permit_end(text, TODAY) == found
