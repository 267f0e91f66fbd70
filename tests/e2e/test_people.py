"""Somebody is invited to the agents' side: letter, password, authenticator, recovery codes, and in with one of them."""

import re

import pyotp
import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Visit
from tests.e2e.test_line import agent_enters
from tests.factories import PASSWORD
from tests.servers.smtp import Mailbox

CASES = [("fr", True), ("en", False)]
NEW = "une barque verte sur la rive"


@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_invited_then_in_with_a_recovery_code(telephone, live, mail_box, language, scripts):
    address = f"nouvelle-{language}@exemple.fr"
    administrator = telephone("fr", True)
    agent_enters(administrator, live, "admin@exemple.fr", first="**/administration/")
    invite(administrator, address)
    link = path_of(letter_to(address, mail_box))
    accept(telephone("fr", True), live)
    visit = telephone(language, scripts)
    visit.page.goto(link.replace("/fr/", f"/{language}/", 1))
    codes = open_account(visit, live)
    visit.press("C’est noté, continuer")
    visit.sees("Dossiers à traiter")
    visit.press("Se déconnecter")
    enter_with(visit, address, codes[3])
    visit.sees("Connexion avec un code de secours")
    visit.audit()
    look_at_account(visit)
    visit.press("Se déconnecter")
    enter_with(visit, address, codes[3])  # it served already
    expect(visit.page.locator("#code-error")).to_be_visible()
    visit.audit()
    close(administrator, address)


def invite(administrator: Visit, address: str) -> None:
    """The administrator's form, wrong first."""
    administrator.open("/administration/comptes/inviter")
    administrator.press("Envoyer l’invitation")
    administrator.sees("3 réponses à corriger")
    administrator.audit()
    administrator.page.locator("#name").fill("E. Nouvelle")
    administrator.page.locator("#email").fill(address)
    administrator.page.locator('[name="rank"][value="agent"]').check()
    administrator.page.locator("#service").select_option("69")
    administrator.press("Envoyer l’invitation")
    administrator.reads("L’invitation est envoyée.")
    administrator.audit()


def accept(supervisor: Visit, live) -> None:
    """The supervisor of the service knows the person."""
    agent_enters(supervisor, live, "responsable.lyon@exemple.fr")
    supervisor.open("/agents/nouveaux")
    supervisor.audit()
    newcomer = supervisor.page.locator("main li", has_text="E. Nouvelle")
    newcomer.get_by_role("button", name="Accepter").click()
    supervisor.reads("Le compte est accepté.")


def open_account(visit: Visit, live) -> list[str]:
    """Three steps; the codes of the last."""
    visit.sees("Choisissez votre mot de passe")
    visit.page.locator("#password").fill("trop court")
    visit.press("Continuer")
    expect(visit.page.locator("#password-error")).to_be_visible()
    visit.audit()
    visit.page.locator("#password").fill(NEW)
    visit.press("Continuer")
    visit.sees("Ajoutez votre application")
    visit.audit()
    secret = visit.page.locator("p.ref").first.inner_text().replace(" ", "")
    visit.page.locator("#code").fill(pyotp.TOTP(secret).at(live.tick()))
    visit.press("Continuer")
    visit.sees("Gardez vos codes de secours")
    visit.audit()
    return visit.page.locator("li .ref").all_inner_texts()


def enter_with(visit: Visit, address: str, code: str) -> None:
    """Password, then a recovery code."""
    visit.open("/agents/connexion")
    visit.page.locator("#email").fill(address)
    visit.page.locator("#password").fill(NEW)
    visit.page.locator("main button.button").click()
    visit.follow("Je n’ai pas mon application")
    visit.audit()
    visit.page.locator("#code").fill(code.lower())
    visit.press("Se connecter")


def look_at_account(visit: Visit) -> None:
    """Two sessions: one of them is closed."""
    visit.open("/agents/compte")
    expect(visit.page.locator("main ul.list > li")).to_have_count(1)
    visit.reads("Chrome")
    visit.open("/agents/compte/mot-de-passe")
    visit.page.locator("#current").fill(PASSWORD)
    visit.page.locator("#password").fill(NEW)
    visit.press("Enregistrer le mot de passe")
    expect(visit.page.locator("#current-error")).to_be_visible()
    visit.audit()


def close(administrator: Visit, address: str) -> None:
    """The account is found, and closed; the record tells it."""
    administrator.open("/administration/comptes")
    administrator.page.locator("#q").fill(address)
    administrator.press("Chercher")
    administrator.follow("E. Nouvelle")
    administrator.audit()
    administrator.follow("Fermer l’accès")
    administrator.audit()
    administrator.press("Fermer l’accès")
    administrator.reads("L’accès est fermé.")
    administrator.open("/administration/journal")
    administrator.reads("Accès fermé")


def letter_to(address: str, mailbox: Mailbox) -> str:
    """The text of the letter sent to an address."""
    return mailbox.wait_for(lambda one: str(one.get_content()) if one["To"] == address else None)


def path_of(letter: str) -> str:
    """Where the link of a letter leads, on this very service."""
    found = re.search(r"https?://[^/\s]+(/\S+/agents/\S+)", letter)
    assert found is not None
    return found.group(1)
