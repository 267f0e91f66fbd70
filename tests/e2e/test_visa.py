"""Two people who came with a visa: one validates it with an e-stamp, the other asks for a first permit."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from app.demonstration.stamps import STAMPS
from tests.e2e.test_line import act, agent_enters, create_account_from_visa, file_application
from tests.factories import PASSWORD
from tests.generated import paths
from tests.on_offer import STUDENT_FIRST, VISA_VALIDATION
from tests.servers.smtp import Mailbox

CASES = [("fr", True), ("en", False)]
CHOSEN = "une barque verte sur la rive"


def letter(mailbox: Mailbox, address: str, pattern: str) -> re.Match[str]:
    """What a letter to an address says, once it has come."""

    def find(message: EmailMessage) -> re.Match[str] | None:
        return re.search(pattern, message.get_content()) if message["To"] == address else None

    return mailbox.wait_for(find)


@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_a_visa_is_validated_at_once(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    address = f"vlsts-{language}@exemple.fr"
    create_account_from_visa(visit, live.newcomer_with_visa("VLS-TS"), address, mail_box)
    good = [number for number, (state, more, *_) in STAMPS.items() if (state, more) == ("good", 0)]
    stamp = good[CASES.index((language, scripts))]
    answers = paths(VISA_VALIDATION)[0] | {
        "entered_on": "2026-11-03",
        "visa_ground": "etudiant",
        "stamp": stamp,
    }

    visit.open("/demande/validation-visa")
    for step in VISA_VALIDATION.steps[:2]:
        visit.sees(step.title)
        visit.fill(step, answers)
        visit.next_step()
    for wrong in ("1000 2000 3000", "1000200030004004", "1000200030004005"):
        visit.page.locator("#stamp").fill(wrong)
        visit.press("Enregistrer et continuer")
        expect(visit.page.locator("#stamp-error")).to_be_visible()
        visit.audit()
    visit.open("/demande/validation-visa/visa")
    reference = file_application(visit, "", VISA_VALIDATION, answers, begun=True)
    visit.reads(reference)

    number = letter(mail_box, address, r"\b(\d{4}\D\d{3}\D\d{3})\b").group(1)
    visit.open("/suivi/")
    visit.reads(number[:4])
    visit.arrive(visit.page.locator('a[href*="/attestations/"]').first)
    visit.audit()
    expect(visit.page.locator(".paper")).to_contain_text("Confirmation de la validation de l’enregistrement")
    expect(visit.page.locator(".paper")).to_contain_text("100.00 €")


@pytest.mark.parametrize(("language", "scripts"), CASES[::-1])
def test_a_first_application_without_a_number(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    address = f"vls-{language}@exemple.fr"
    create_account_from_visa(visit, live.newcomer_with_visa("VLS"), address, mail_box)
    answers = paths(STUDENT_FIRST)[0] | {"entered_on": "2026-11-03"}
    reference = file_application(visit, f"PREMIERE{language:0>14}".upper(), STUDENT_FIRST, answers)
    visit.open("/suivi/")
    visit.reads("en cours d’attribution" if language == "fr" else "not given yet")

    agent = telephone("fr", True, 1280)
    agent_enters(agent, live)
    act(agent, reference, "take")
    found = letter(
        mail_box,
        address,
        r"(?s)(\d{4}.\d{3}.\d{3}).*(?:provisoire|provisional|temporary)[^:\n]*: (\S+)",
    )
    number, provisional = found.groups()

    other = telephone(language, scripts)
    other.open("/compte/connexion")
    other.page.locator("#identifier").fill(number)
    other.page.locator("#password").fill(provisional)
    other.page.locator("form#form").get_by_role("button", name=other.say("Se connecter")).click()
    other.page.wait_for_url("**/nouveau-mot-de-passe/*")
    other.audit()
    other.page.locator("#password").fill(CHOSEN)
    other.page.locator("main form button.button").first.click()
    other.page.wait_for_url("**/compte/connexion*")
    other.sign_in(number, CHOSEN)
    other.reads(reference)
    assert PASSWORD != CHOSEN
