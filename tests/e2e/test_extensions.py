"""Months pass: the certificate of extension renews itself twice, then the decision brings its own."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from app.domain.rules.calendar import add_months
from tests.e2e.test_line import act, agent_enters, create_account, file_application
from tests.factories import PASSWORD
from tests.waiting import until


def extensions(visit) -> list[str]:
    """The extension certificates that the space lists."""
    visit.open("/suivi/")
    title = visit.say("Attestation de prolongation d’instruction")
    lines = visit.page.locator("section[aria-labelledby=certificates] li", has_text=title).all_inner_texts()
    return [line for line in lines if re.search(r"\d{4}.*\d{4}", line)]


def wait_for(visit, many: int) -> None:
    """The worker sees at its next round what the calendar asks for."""
    until(lambda: len(extensions(visit)) == many, seconds=120, every=0.5)


@pytest.mark.parametrize(("language", "scripts"), [("en", False), ("fr", True)])
def test_an_extension_renews_itself_until_the_decision(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    person = live.newcomer()
    create_account(visit, person, mail_box)
    reference = file_application(visit, f"PROLONGE{language:0>14}".upper())
    agent = telephone("fr", True, 1280)
    agent_enters(agent, live)
    act(agent, reference, "take")
    assert extensions(visit) == [], "the permit still covers"

    ends = date.fromisoformat(person["valid_until"])
    for turn in (1, 2):
        live.at(datetime(ends.year, ends.month, ends.day, 11, tzinfo=UTC) - timedelta(days=14))
        visit = telephone(language, scripts)
        visit.sign_in(person["foreign_number"], PASSWORD)
        wait_for(visit, turn)
        visit.audit()
        ends = add_months(ends + timedelta(days=1), 3) - timedelta(days=1)
        assert str(ends.year) in extensions(visit)[0]

    visit.arrive(visit.page.locator("section[aria-labelledby=certificates] li a").first)
    visit.audit()
    expect(visit.page.locator(".paper")).to_contain_text("Justifie le maintien de l'ensemble des droits")

    agent = telephone("fr", True, 1280)
    agent_enters(agent, live, "agent2.lyon@exemple.fr")
    agent.open("/agents/?vue=sans-couverture")
    expect(agent.page.locator(f'#queue a[href*="{reference}"]')).to_have_count(0)
    act(agent, reference, "approve")
    visit.open("/suivi/")
    visit.sees("Votre demande est acceptée")
    visit.reads(visit.say("Attestation de décision favorable"))
    assert len(extensions(visit)) == 2
