"""A spouse renews a « talent (famille) » permit: five steps, no resources asked."""

import pytest
from playwright.sync_api import expect

from tests.answers import ANSWERS
from tests.e2e.test_line import create_account, file_application
from tests.on_offer import FAMILY_RENEWAL

FAMILY_ANSWERS = {
    **ANSWERS,
    "family": "married",
    "kinship": "spouse",
    "married_on": "2019-06-21",
    "came_as_minor": "no",
    "principal_name": "Okafor Chinedu",
    "principal_number": "9920000333",
    "principal_mention": "talent-chercheur",
    "principal_until": "2029-01-31",
}


@pytest.mark.parametrize(("language", "scripts"), [("en", False), ("fr", True)])
def test_five_steps(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    create_account(visit, live.newcomer("talent-famille"), mail_box, "talent-famille")
    visit.open("/titre/talent-famille")
    expect(visit.page.locator("ol.big > li")).to_have_count(5)
    reference = file_application(
        visit, f"FAMILLE{language:>15}".replace(" ", "0").upper(), FAMILY_RENEWAL, FAMILY_ANSWERS
    )
    visit.open("/suivi/")
    visit.reads(reference)
    visit.reads(visit.say("Renouvellement, talent (famille)"))
