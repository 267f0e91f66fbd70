"""What a decision may grant, how its letter is written, and what silence means."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.actions.action import AgentAction
from app.domain.actions.review import APPROVE, CLOSE, REFUSE
from app.domain.agent_forms.deciding import template_step
from app.domain.agent_forms.form import FormContext
from app.domain.dossiers import decisions
from app.domain.dossiers.decision_letters import (
    DEFAULTS,
    MOST,
    OWED,
    PLACEHOLDERS,
    SPECIMEN,
    allowed,
    fill,
    problem,
)
from app.domain.dossiers.decisions import (
    LAWS,
    OUTCOME_TITLES,
    Granted,
    Outcome,
    law,
    proposed,
    reason,
    renewals,
)
from app.domain.journeys.journey import Journey, Step
from app.domain.journeys.questions import Case
from app.domain.procedures import current, known
from app.domain.rules.remedies import Remedies, Silence
from app.reference.courts import court
from app.reference.prefectures import prefectures
from tests import factories

TODAY = date(2026, 11, 23)
PERMIT = {"valid_from": "2026-02-11", "valid_until": "2027-02-10", "mention": "etudiant"}
BY_SLUG = {one.slug: one for one in known()}


def wrong(step: Step, **answers: Any) -> set[str]:
    """The questions whose answers have a problem."""
    return set(step.problems(Case(answers, today=TODAY)))


def form(action: AgentAction, journey: Journey) -> Step:
    """The form of a decision in a procedure."""
    return action.step(
        FormContext(journey=journey, documents=(), colleagues=lambda: (), certified=lambda: False)
    )


@pytest.mark.parametrize("journey", known(), ids=str)
def test_what_is_proposed_can_be_granted(journey):
    case = Case({"talent_mention": "talent-chercheur"}, today=TODAY, identity=PERMIT)
    answers = proposed(journey, case)
    assert bool(answers) is bool(journey.grants)
    assert not wrong(form(APPROVE, journey), **answers)
    if journey.grants:
        assert journey.makes_card(case)
        assert Granted.from_json(answers).starts == date(2027, 2, 11)


def test_a_permit_that_has_ended_is_followed_from_today():
    ended = PERMIT | {"valid_until": "2026-10-01"}
    assert proposed(current("etudiant"), Case({}, today=TODAY, identity=ended))["starts"] == "2026-11-23"


@pytest.mark.parametrize(
    ("principal", "ends"),
    [("2027-12-28", "2027-12-28"), ("2040-01-01", "2031-02-10"), ("2026-12-01", "2031-02-10")],
)
def test_a_family_s_permit_is_proposed_until_the_end_of_the_other_one(principal: str, ends: str):
    """CESEDA L.421-22; a permit that ends before the family's begins says nothing: the officer decides."""
    case = Case({"principal_until": principal}, today=TODAY, identity=factories.identity())
    assert proposed(current("talent-famille"), case)["ends"] == ends


@pytest.mark.parametrize(
    ("kind", "ends", "fine"),
    [
        ("CST", "2028-02-10", True),
        ("CST", "2028-02-11", False),
        ("CSP", "2031-02-10", True),
        ("CSP", "2031-02-11", False),
        ("CST", "2027-02-11", False),
        ("CST", "2027-02-10", False),
        ("CSP", "9999-12-31", False),
    ],
)
def test_a_permit_lasts_as_long_as_its_kind(kind, ends, fine):
    given = {"kind": kind, "mention": "etudiant", "starts": "2027-02-11", "ends": ends}
    assert wrong(form(APPROVE, current("etudiant")), **given) == (set() if fine else {"ends"})


def test_a_slip_of_the_year_is_told_and_breaks_nothing():
    given = {"kind": "CSP", "mention": "etudiant", "starts": "9999-12-31", "ends": "9999-12-31"}
    assert {"starts"} <= wrong(form(APPROVE, current("etudiant")), **given)
    assert {"kind", "mention"} <= wrong(
        form(APPROVE, current("visiteur")), **given | {"kind": "CSP", "mention": "talent-chercheur"}
    )


def test_three_renewals_in_a_row_are_counted_by_mention():
    same, other = {"kind": "CST", "mention": "etudiant"}, {"kind": "CST", "mention": "visiteur"}
    assert renewals("etudiant", [same, same, other, same]) == 2
    assert renewals("etudiant", [{"kind": "CSP", "mention": "etudiant"}, same]) == 0
    assert renewals("etudiant", []) == 0


def test_a_refusal_says_facts_and_texts():
    step = form(REFUSE, current("visiteur"))
    assert wrong(step) == {"ground", "reason"}
    assert wrong(step, ground="resources", reason="400 € par mois.") == set()
    assert wrong(step, ground="other", reason="Autre chose.") == {"ground"}
    assert wrong(step, ground="other", reason="Autre chose.", law="L.426-20") == set()
    assert wrong(step, ground="studies", reason="Études.") == {"ground"}, "only where the procedure says so"
    assert wrong(form(REFUSE, current("etudiant")), ground="studies", reason="Études.") == set()


def test_a_closure_says_why():
    assert wrong(form(CLOSE, current("etudiant"))) == {"ground"}
    assert wrong(form(CLOSE, current("etudiant")), ground="other") == {"ground"}
    assert wrong(form(CLOSE, current("etudiant")), ground="no_answer") == set()
    assert reason("no_answer", " Deux rappels. ").splitlines()[1] == "Deux rappels."
    assert (law("resources", ""), law("resources", "L.1"), law("twice", "")) == (LAWS["resources"], "L.1", "")


def test_ready_reasons_are_known_again_for_the_readers_language():
    from app.domain.dossiers.complements import sentences

    text = reason("no_object", "Vous l’avez dit au guichet.")
    assert [ready for _line, ready in sentences(text)] == [True, False]
    assert {one.hint for one in (*decisions.REFUSALS, *decisions.CLOSURES) if one.hint} == decisions.SENTENCES


@pytest.mark.parametrize("kind", Outcome)
def test_our_own_text_is_a_good_one(kind):
    assert problem(DEFAULTS[kind], kind) is None
    assert len(DEFAULTS[kind]) < MOST
    assert set(OWED[kind]) <= set(allowed(kind)) <= set(PLACEHOLDERS)
    assert OUTCOME_TITLES[kind]


@pytest.mark.parametrize("kind", Outcome)
def test_each_mandatory_placeholder_is_missed(kind):
    for name in OWED[kind]:
        found = problem(DEFAULTS[kind].replace("{" + name + "}", ""), kind)
        assert found is not None
        assert "{" + name + "}" in found.values["words"]


@pytest.mark.parametrize(
    "slip",
    ["{noms}", "{{ 7*7 }}", "{ nom }", "{}", "{", "}", "{nom", "{titre}", "{0}", "{nom!r}", "{__class__}"],
)
def test_what_is_no_placeholder_is_told(slip):
    assert problem(DEFAULTS[Outcome.CLOSED] + slip, Outcome.CLOSED) is not None
    assert "text" in wrong(template_step(Outcome.CLOSED), text=DEFAULTS[Outcome.CLOSED] + slip)


def test_a_value_is_never_read_as_a_placeholder():
    values = {**SPECIMEN, "motif": "{nom} {{ 7*7 }} <b>\nSecond.\n\nTroisième."}
    assert fill("{motif}\n\n{montant_inconnu}\n\nFin.\r\n\r\n  ", values) == [
        ["{nom} {{ 7*7 }} <b>", "Second."],
        ["Troisième."],
        ["Fin."],
    ]


def test_remedies_name_the_service_and_the_court():
    known = Remedies("Préfecture du Rhône, Lyon", court("69"), TODAY, refuses=True, department="69")
    for words in (
        "2 mois",
        "Préfecture du Rhône, Lyon",
        "tribunal administratif de Lyon",
        "place Beauvau",
        "L.411-2",
    ):
        assert words in known.french
    assert "%(" not in known.french


def test_an_obligation_to_leave_changes_the_time_of_every_refusal_and_of_nothing_else():
    """Two months and a letter that stops the clock is false advice to who receives one (CJA R.911-1)."""
    refused = Remedies("Préfecture", court("69"), TODAY, refuses=True, department="69").french
    for words in ("(OQTF)", "1 mois, ou moins", "7 jours", "48 heures", "n’arrête pas ce délai", "un avocat"):
        assert words in refused
    granted = Remedies("Préfecture", court("69"), TODAY, refuses=False, department="69").french
    assert "OQTF" not in granted


@pytest.mark.parametrize(
    ("department", "day", "barred"),
    [("974", TODAY, True), ("76", TODAY, False), ("69", TODAY, False)],
)
def test_only_in_la_reunion_a_refusal_bars_a_year(department: str, day: date, barred: bool):
    for refuses in (True, False):
        text = Remedies("Préfecture", court(department), day, refuses, department).french
        assert ("éléments nouveaux" in text) is (barred and refuses)


def test_every_prefecture_has_its_court():
    unknown = court("00")
    assert [one.code for one in prefectures() if court(one.code) == unknown] == []
    assert court("75") == "tribunal administratif de Paris"
    assert court("974") == "tribunal administratif de La Réunion"


def test_silence_refuses_the_day_after_its_date():
    on = date(2027, 2, 21)
    assert [Silence(on, on + timedelta(days=late)).refused for late in (-1, 0, 1)] == [False, False, True]
    heard = Silence(on, TODAY)
    assert (heard.days, heard.refuses_from, heard.contest_until) == (90, date(2027, 2, 22), date(2027, 4, 21))
    assert Silence(on, TODAY, on + timedelta(days=30)).contest_until == heard.contest_until, "the safe one"
