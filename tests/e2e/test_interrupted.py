"""Leaving, coming back, two tabs, two clicks, a session that ends: nothing lost, nothing twice."""

import pytest
from playwright.sync_api import expect

from app.domain.journeys.journey import Page as StepPage
from tests.answers import ANSWERS
from tests.e2e.pages import Visit
from tests.e2e.test_line import create_account
from tests.on_offer import STUDENT_RENEWAL

FORMS = [step for step in STUDENT_RENEWAL.steps if step.page is StepPage.FORM]
PERSONAL, STUDIES, RESOURCES = FORMS


@pytest.fixture
def somebody(telephone, live, mail_box):
    """A person with an account and no application yet, in a browser; and their record."""
    person = live.newcomer()
    visit: Visit = telephone()
    create_account(visit, person, mail_box)
    return visit, person


def answer_all(visit: Visit) -> None:
    """The three forms."""
    visit.open("/demande/etudiant")
    for step in FORMS:
        visit.sees(step.title)
        visit.fill(step)
        visit.press("Enregistrer et continuer")
    visit.sees("Justificatifs")


def test_each_step_is_resumed_on_another_device(somebody, telephone):
    visit, person = somebody
    for done, step in enumerate(FORMS):
        other = telephone("en" if done % 2 else "fr", scripts=bool(done % 2))
        other.sign_in(person["foreign_number"])
        other.open("/demande/etudiant")
        other.sees(step.title)
        later = STUDENT_RENEWAL.steps[done + 1]
        other.page.goto(f"/{other.language}/demande/etudiant/{later.slug}")
        other.sees(step.title)
        other.fill(step)
        other.press("Enregistrer et continuer")
    visit.open("/demande/etudiant")
    visit.sees("Justificatifs")
    visit.page.go_back()
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    expect(visit.page.locator("#address")).to_have_value("29 rue du Professeur-Rochaix")


def test_two_tabs_show_both_values(somebody):
    first, _ = somebody
    answer_all(first)
    first.open(f"/demande/etudiant/{STUDIES.slug}")
    second = Visit(first.page.context.new_page(), "fr", scripts=True)
    second.open(f"/demande/etudiant/{STUDIES.slug}")
    first.page.locator("#school").fill("Université de la première")
    first.press("Enregistrer et continuer")
    first.sees("Ressources")
    second.page.locator("#school").fill("Université de la seconde")
    second.press("Enregistrer et continuer")
    second.sees("Cette étape a été enregistrée ailleurs")
    second.audit()
    second.reads("Université de la première")
    expect(second.page.locator("#school")).to_have_value("Université de la seconde")
    second.press("Enregistrer et continuer")
    second.sees("Ressources")


@pytest.mark.parametrize("scripts", [False, True])
def test_filing_twice_gives_one_reference(telephone, live, mail_box, scripts):
    person = live.newcomer()
    visit = telephone("fr", scripts)
    create_account(visit, person, mail_box)
    answer_all(visit)
    visit.give_photo_code(f"DOUBLE{scripts:d}{person['foreign_number'][-5:]}0000000000")
    visit.give_documents(STUDENT_RENEWAL, ANSWERS)
    visit.follow("Continuer vers le récapitulatif")
    visit.page.locator("#sworn").check()
    visit.page.get_by_role("button", name="Déposer ma demande").dblclick()
    visit.sees("Votre demande est déposée")
    reference = visit.page.locator(".ref.large").inner_text()
    visit.page.reload()
    visit.page.go_back()
    visit.open("/demande/etudiant/confirmation")
    assert visit.page.locator(".ref.large").inner_text() == reference
    visit.open("/suivi/")
    expect(visit.page.locator("main")).not_to_contain_text("Vos autres demandes")


def test_an_ended_session_gives_back_what_was_typed(somebody, later):
    visit, person = somebody
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    visit.fill(PERSONAL)
    visit.page.locator("#address").fill("3 rue Neuve, chez Mme Diallo")
    later(31)
    visit.press("Enregistrer et continuer")
    visit.sees("Votre session est terminée")
    visit.audit()
    visit.page.locator("#identifier").fill(person["foreign_number"])
    visit.page.locator("#password").fill("quatre saules au bord du canal")
    visit.page.locator("form#form").get_by_role("button", name="Se connecter").click()
    visit.sees("Rien n’est perdu")
    visit.audit()
    expect(visit.page.locator("#address")).to_have_value("3 rue Neuve, chez Mme Diallo")
    visit.press("Enregistrer et continuer")
    visit.sees("Motif de séjour")


@pytest.mark.parametrize("scripts", [True, False])
def test_changing_language_keeps_what_is_not_saved(somebody, telephone, scripts):
    _, person = somebody
    visit = telephone("fr", scripts)
    visit.sign_in(person["foreign_number"])
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    visit.page.locator("#address").fill("3 rue Neuve")
    visit.page.locator("details.lang summary").click()
    visit.page.get_by_role("button", name="English").click()
    expect(visit.page.get_by_role("heading", name="Personal information")).to_be_visible()
    expect(visit.page.locator("#address")).to_have_value("3 rue Neuve")


def test_signing_out_leaves_nothing_behind(somebody):
    visit, person = somebody
    visit.open("/suivi/")
    visit.reads(person["surname"])
    visit.press("Se déconnecter")
    visit.sees("Votre titre de séjour, du premier clic à la remise de la carte")
    visit.page.go_back()
    expect(visit.page.locator("body")).not_to_contain_text(person["surname"])


def test_a_correction_left_by_a_link_is_there_again(telephone):
    visit = telephone()
    visit.sign_in("9920000102", "demonstration du guichet")
    visit.follow("Corriger, ajouter un document ou retirer la demande")
    visit.page.locator(f'a[href*="/modifier/{PERSONAL.slug}"]').first.click()
    page, address = visit.page.url, visit.page.locator("#address")
    before = address.input_value()
    address.fill("2 rue Vieille")
    visit.page.get_by_role("link", name="Ne rien changer").click()
    visit.sees("Modifier ma demande")
    visit.page.goto(page)
    expect(address).to_have_value(before)
    address.fill("3 rue Neuve")
    visit.arrive(visit.page.locator("header a").first)
    kept = visit.page.get_by_role("heading", name="Rien n’est perdu")
    assert any(visit.page.goto(page) and kept.count() for _ in range(20)), (
        "what a closed page sends comes when it comes"
    )
    visit.audit()
    expect(address).to_have_value("3 rue Neuve")


def test_what_is_left_by_the_back_button_is_there_again(somebody, telephone):
    visit, person = somebody
    typed = "3 rue Neuve, chez Mme Diallo"
    visit.open("/demande/etudiant")
    visit.sees(PERSONAL.title)
    visit.page.locator("#address").fill(typed)
    visit.page.go_back()
    visit.page.go_forward()
    expect(visit.page.locator("#address")).to_have_value(typed)
    other = telephone("fr", scripts=False)  # where no browser remembers it
    other.sign_in(person["foreign_number"])
    other.open("/demande/etudiant")
    other.sees(PERSONAL.title)
    address = other.page.locator("#address")
    assert any(other.page.reload() and address.input_value() == typed for _ in range(20)), (
        "what a closed page sends comes when it comes"
    )


def test_the_way_back_to_a_form_that_was_refused_asks_for_nothing_to_be_sent_again(telephone, live):
    visit, person = telephone(), live.newcomer()
    visit.open("/compte/creer")
    visit.page.locator("#number").fill(person["foreign_number"])
    visit.fill_day("valid_from", person["valid_from"])
    visit.fill_day("valid_until", person["valid_until"])
    visit.press("Continuer")
    visit.page.locator("#email").fill("nom@exemple")
    visit.press("Recevoir le code")
    expect(visit.page.locator("#email-error")).to_be_visible()
    visit.page.locator("#email").fill(f"retour{person['foreign_number']}@exemple.fr")
    visit.press("Recevoir le code")
    visit.sees("Vérifier votre adresse")
    visit.page.go_back()
    expect(visit.page.locator("#email")).to_have_value(f"retour{person['foreign_number']}@exemple.fr")
