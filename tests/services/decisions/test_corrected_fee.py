"""A supervisor corrects what is paid for a card: before the decision, after it, once the card is announced."""

import pytest
from flask import Flask

from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.certificates import attestations
from app.services.decisions import decision_letters, instruction, undoing
from app.services.decisions.acts import MissingReason
from app.storage.models import Agent, DecisionLetter, Dossier, Event, Notice
from tests import factories
from tests.services.decisions.test_undoing import CORRECTED, GRANTED, IN_FEBRUARY, by, row

WHY = "Première carte, et non un renouvellement."


@pytest.fixture
def chief(app: Flask) -> Agent:
    """The supervisor of Lyon."""
    return factories.agent(factories.service(), rank="supervisor")


@pytest.fixture
def dossier(chief: Agent) -> Dossier:
    """Under review at Lyon: by the rule, 100 € will be paid for the card."""
    filed = factories.filed()
    instruction.take(filed, by(chief, filed))
    return row(filed)


def payment(letter: DecisionLetter) -> str:
    """What a letter says of the price."""
    return next(line for lines in decision_letters.read(letter) for line in lines if "retrait" in line)


def told() -> dict[str, object]:
    """The facts of the message about the correction."""
    notice = Notice.get(Notice.kind == "fee_corrected")
    assert notice.facts["reason"] == WHY
    return {name: notice.facts[name] for name in ("amount_before", "amount", "decided", "announced")}


def test_before_the_decision_the_letter_has_it(dossier: Dossier, chief: Agent) -> None:
    undoing.correct_fee(dossier, by(chief, dossier), 15_000, WHY)
    assert told() == {"amount_before": 10_000, "amount": 15_000, "decided": False, "announced": False}
    assert DecisionLetter.select().count() == 0
    instruction.approve(row(dossier), by(chief, dossier), GRANTED)
    assert (
        payment(DecisionLetter.get())
        == "Au retrait de la carte, vous paierez 150\u00a0€ par timbre électronique."
    )
    assert Notice.get(Notice.kind == "approved").facts["amount"] == 15_000
    undoing.amend(row(dossier), by(chief, dossier), CORRECTED, "Une faute.")
    assert "150\u00a0€" in payment(DecisionLetter.select().order_by(DecisionLetter.id.desc()).first())
    event = Event.get(Event.action == "correct_fee")
    assert (event.reason, event.facts) == (WHY, {"amount_before": 10_000, "amount": 15_000})


def test_after_the_decision_another_letter_replaces_the_first(dossier: Dossier, chief: Agent) -> None:
    instruction.approve(dossier, by(chief, dossier), GRANTED)
    undoing.correct_fee(row(dossier), by(chief, dossier), 15_000, WHY)
    first, second = DecisionLetter.select().order_by(DecisionLetter.id)
    assert (first.superseded_at, second.superseded_at) == (IN_FEBRUARY, None)
    assert ("100\u00a0€" in payment(first), "150\u00a0€" in payment(second)) == (True, True)
    assert decision_letters.read(second)[0] == [decision_letters.REPLACES]
    assert told() == {"amount_before": 10_000, "amount": 15_000, "decided": True, "announced": False}
    instruction.announce(row(dossier), by(chief, dossier), "Guichet 4")
    assert row(dossier).card["amount"] == 15_000


def test_a_card_that_is_announced_has_the_new_price(dossier: Dossier, chief: Agent) -> None:
    instruction.approve(dossier, by(chief, dossier), GRANTED)
    instruction.announce(row(dossier), by(chief, dossier), "Guichet 4", 12_050)
    undoing.correct_fee(row(dossier), by(chief, dossier), 0, WHY)
    assert row(dossier).card == {"place": "Guichet 4", "amount": 0}
    assert told() == {"amount_before": 12_050, "amount": 0, "decided": True, "announced": True}
    letter = DecisionLetter.select().order_by(DecisionLetter.id.desc()).first()
    assert payment(letter) == "Au retrait de la carte, vous n’avez rien à payer."
    assert attestations.to_pay(row(dossier), IN_FEBRUARY) == {}


def test_only_a_supervisor_and_not_without_a_reason(dossier: Dossier, chief: Agent) -> None:
    agent = factories.agent(factories.service())
    with pytest.raises(ForbiddenTransition):
        undoing.correct_fee(dossier, by(agent, dossier), 15_000, WHY)
    with pytest.raises(MissingReason):
        undoing.correct_fee(dossier, by(chief, dossier), 15_000, " ")
    Dossier.update(with_card=False, state=str(State.FAVOURABLE)).where(Dossier.id == dossier.id).execute()
    with pytest.raises(ForbiddenTransition):
        undoing.correct_fee(row(dossier), by(chief, dossier), 15_000, WHY)
    assert row(dossier).fee is None
