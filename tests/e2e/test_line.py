"""A student renews a residence permit: from creating the account to collecting the card."""

import re
from email.message import EmailMessage

import pyotp
import pytest
from playwright.sync_api import expect

from app.demonstration.people import PASSWORD as DEMO_PASSWORD
from app.demonstration.staff import TOTP_SECRET
from app.domain.journeys.journey import Journey
from tests.answers import ANSWERS
from tests.e2e.pages import Visit, photo
from tests.factories import PASSWORD
from tests.generated import forms
from tests.on_offer import STUDENT_RENEWAL
from tests.servers.smtp import Mailbox
from tests.waiting import until


def create_account(visit: Visit, person: dict[str, str], mailbox, procedure: str = "etudiant") -> None:
    """The three screens, the code read from a real mail."""
    visit.open(f"/titre/{procedure}")
    visit.follow("Je commence")
    visit.page.locator("#number").fill(person["foreign_number"])
    visit.fill_day("valid_from", person["valid_from"])
    visit.fill_day("valid_until", person["valid_until"])
    visit.audit()
    visit.press("Continuer")
    verify_address(visit, f"p{person['foreign_number']}@exemple.fr", mailbox)
    visit.page.locator("#password").fill(PASSWORD)
    visit.audit()
    visit.press("Créer mon compte")
    visit.page.wait_for_url("**/suivi/")
    visit.audit()


def verify_address(visit: Visit, address: str, mailbox) -> None:
    """The second screen of an account, and the code of its letter."""
    visit.page.locator("#email").fill(address)
    visit.audit()
    visit.press("Recevoir le code")
    visit.sees("Vérifier votre adresse")
    visit.page.locator("#code").fill(code_for(address, mailbox))
    visit.audit()
    visit.press("Continuer")


def create_account_from_visa(visit: Visit, visa: dict[str, str], address: str, mailbox) -> None:
    """The same for who has a visa and no number yet; a password only where the visa lasts."""
    visit.open("/compte/creer/visa")
    visit.page.locator("#visa").fill(visa["visa_number"])
    visit.fill_day("valid_from", visa["valid_from"])
    visit.fill_day("valid_until", visa["valid_until"])
    visit.audit()
    visit.press("Continuer")
    verify_address(visit, address, mailbox)
    visit.page.wait_for_url("**/mot-de-passe")
    visit.audit()
    if visit.page.locator("#password").count():
        visit.page.locator("#password").fill(PASSWORD)
    visit.page.locator("main form button.button").first.click()
    visit.page.wait_for_url("**/suivi/")
    visit.audit()


def code_for(address: str, mailbox: Mailbox) -> str:
    """The six digits of the letter sent to an address."""

    def find(message: EmailMessage) -> re.Match[str] | None:
        if message["To"] != address:
            return None
        return re.search(r"\b\d{6}\b", message["Subject"] + message.get_content())

    return mailbox.wait_for(find).group()


def file_application(
    visit: Visit,
    code: str,
    journey: Journey = STUDENT_RENEWAL,
    answers: dict[str, object] = ANSWERS,
    begun: bool = False,
) -> str:
    """Every step of a procedure; the reference given. No e-photo is asked where `code` is empty."""
    send_application(visit, code, journey, answers, begun)
    visit.page.wait_for_url("**/demande/confirmation/*")
    visit.audit()
    return visit.page.locator(".ref.large").inner_text()


def send_application(
    visit: Visit, code: str, journey: Journey, answers: dict[str, object], begun: bool = False
) -> None:
    """Every step of a procedure, the last button pressed."""
    if not begun:
        visit.open(f"/demande/{journey.slug}")
    for step in forms(journey):
        visit.sees(step.title)
        visit.fill(step, answers)
        visit.next_step()
    if journey.documents:
        visit.sees("Justificatifs")
        if code:
            visit.give_photo_code(code)
        visit.give_documents(journey, answers)
        visit.audit()
        visit.follow("Continuer vers le récapitulatif")
    visit.sees("Relisez avant de déposer")
    visit.audit()
    visit.page.locator("#sworn").check()
    visit.press("Déposer ma demande")


def agent_enters(
    visit: Visit,
    live,
    email: str = "agent.lyon@exemple.fr",
    first: str = "**/agents/",
) -> None:
    """Password, then the one-time code of the moment at which it is typed, its own: a code is used once."""
    visit.open("/agents/connexion")
    fields = visit.page.locator("main input:not([type=hidden])")
    fields.nth(0).fill(email)
    fields.nth(1).fill(DEMO_PASSWORD)
    visit.page.locator("main button.button").click()
    visit.page.wait_for_url("**/agents/code*")
    visit.page.locator("main input:not([type=hidden])").fill(pyotp.TOTP(TOTP_SECRET).at(live.tick()))
    visit.audit()
    visit.page.locator("main button.button").click()
    visit.page.wait_for_url(first)
    visit.audit()


def act(visit: Visit, reference: str, action: str, prepare=lambda: None) -> None:
    """One act on the dossier, with its own page where it asks for something."""
    visit.open(f"/agents/dossiers/{reference}/{action}")
    prepare()
    visit.page.locator("main form button.button").last.click()
    visit.page.wait_for_url(f"**/agents/dossiers/{reference}*")


CASES = [("fr", True), ("fr", False), ("en", True), ("en", False)]


@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_from_the_account_to_the_card(telephone, live, mail_box, language, scripts):
    number = CASES.index((language, scripts))
    applicant = telephone(language, scripts)
    person = live.newcomer()
    create_account(applicant, person, mail_box)
    reference = file_application(applicant, f"LIGNE{number:017d}")

    agent = telephone("fr", scripts, 1280)
    agent_enters(agent, live)
    agent.open(f"/agents/dossiers/{reference}")
    agent.page.locator('form[action*="/take"], a[href*="/take"]').first.scroll_into_view_if_needed()
    agent.page.locator('form[action*="/take"] button').click()
    expect(agent.page.locator("main")).to_contain_text("En instruction")
    act(agent, reference, "ask", lambda: ask_for(agent, "passport"))

    applicant.open("/suivi/")
    applicant.follow("Répondre à la demande")
    applicant.audit()
    applicant.attach("passport", photo())
    applicant.press("Envoyer ma réponse")
    applicant.sees("Votre réponse est reçue, l’instruction continue")
    applicant.audit()

    act(agent, reference, "approve")
    act(agent, reference, "announce")
    applicant.open("/suivi/")
    applicant.sees("Votre titre de séjour est disponible")
    applicant.arrive(applicant.page.locator('a[href*="/attestations/"]').first)
    applicant.audit()
    expect(applicant.page.locator(".paper")).to_contain_text("Attestation de décision favorable")
    check_by_code(applicant)
    act(agent, reference, "hand_over")
    applicant.open("/suivi/")
    applicant.sees("Votre titre de séjour vous a été remis")

    def letters() -> list[EmailMessage]:
        return [one for one in mail_box.messages if one["To"].startswith(f"p{person['foreign_number']}")]

    until(lambda: len(letters()) >= 6)  # by the worker
    assert {one["Content-Language"] for one in letters()} == {language}


def ask_for(agent: Visit, slot: str) -> None:
    """Tick one document and its reason."""
    agent.page.locator(f'input[type="checkbox"][value="{slot}"]').check()
    reason = agent.page.locator(".reveal:visible select, .reveal:visible input[type=radio]").first
    reason.select_option("illegible") if reason.evaluate("one => one.tagName") == "SELECT" else reason.check()
    agent.audit()


def check_by_code(visit: Visit) -> None:
    """A third party types the code printed on the certificate."""
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", visit.page.locator(".proof").inner_text()).group()
    visit.open("/verifier")
    visit.page.locator("#code").fill(code.lower())
    visit.page.locator("main form:has(#code) button").click()
    expect(visit.page.locator(".verdict.ok")).to_be_visible()
    visit.audit()
