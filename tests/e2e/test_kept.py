"""What is typed is kept on the device: without network, through a reload, beside another tab; secrets are not."""

import pytest
from playwright.sync_api import Page, expect

from tests.answers import ANSWERS
from tests.e2e.pages import Visit
from tests.e2e.test_interrupted import PERSONAL, STUDIES, answer_all, somebody  # noqa: F401 – a fixture
from tests.factories import PASSWORD

ADDRESS = "3 rue Neuve, chez une amie"


def kept(page: Page, store: str = "sessionStorage") -> str:
    """All that the device holds."""
    return page.evaluate(f"JSON.stringify(Object.entries({store}))")


def lose_what_is_left(page: Page) -> None:
    """Cut what the page sends while it is left: only the device has it then."""
    page.add_init_script("navigator.sendBeacon = () => true")


def type_address(visit: Visit) -> Page:
    """Words in a step, with a line that loses what is left."""
    page = visit.page
    lose_what_is_left(page)
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    page.locator("#address").fill(ADDRESS)
    return page


def test_without_network_it_stays_and_one_tap_sends_it(somebody):  # noqa: F811 – the fixture imported above
    visit, _person = somebody
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    visit.fill(PERSONAL)
    page = visit.page
    page.context.set_offline(True)
    visit.press("Enregistrer et continuer")
    notice = page.locator(".notice.kept")
    expect(notice).to_contain_text("Le réseau manque")
    assert int(notice.locator("b").inner_text()) > 5
    visit.audit()
    page.context.set_offline(False)
    notice.get_by_role("button", name="Réessayer").click()
    visit.sees(STUDIES.title)
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    expect(page.locator(".notice.kept")).to_have_count(0)
    assert "Neuve" not in kept(page)


def test_a_reload_gives_it_back_and_it_can_be_cleared(somebody):  # noqa: F811 – the fixture imported above
    visit, _person = somebody
    page = type_address(visit)
    page.reload()
    expect(page.locator("#address")).to_have_value(ADDRESS)
    visit.sees("Rien n’est perdu")
    visit.audit()
    visit.press("Effacer")
    expect(page.locator("#address")).to_have_value("")
    page.reload()
    expect(page.locator("#address")).to_have_value("")


def test_the_way_back_from_a_refusal_gives_choices_back(somebody):  # noqa: F811 – the fixture imported above
    """Chrome puts the choices that the form had when it was left, after the page's scripts have put the kept ones."""
    visit, _person = somebody
    page = visit.page
    lose_what_is_left(page)
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    visit.press("Enregistrer et continuer")
    expect(page.locator("#erreurs")).to_be_visible()
    visit.fill(PERSONAL)
    page.go_back()
    visit.sees("Rien n’est perdu")
    page.wait_for_load_state()
    for key in ("family", "housing"):
        expect(page.locator(f'input[name="{key}"][value="{ANSWERS[key]}"]')).to_be_checked()
    expect(page.locator("input#commune")).to_have_value("Lyon 3e")
    visit.press("Enregistrer et continuer")
    visit.sees(STUDIES.title)


def test_what_another_device_saved_is_not_overwritten(telephone, somebody):  # noqa: F811 – the fixture imported above
    visit, person = somebody
    page = type_address(visit)
    page.context.set_offline(True)
    visit.reads("Le réseau manque")
    page.goto("about:blank")
    other: Visit = telephone()
    other.sign_in(person["foreign_number"])
    other.open(f"/demande/etudiant/{PERSONAL.slug}")
    other.fill(PERSONAL)
    other.press("Enregistrer et continuer")
    other.sees(STUDIES.title)
    page.context.set_offline(False)
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    expect(page.locator("#address")).not_to_have_value(ADDRESS)
    visit.audit()
    visit.press("Remettre ce que j’avais écrit")
    expect(page.locator("#address")).to_have_value(ADDRESS)
    visit.press("Enregistrer et continuer")
    visit.sees("Cette étape a été enregistrée ailleurs")


def test_what_arrived_is_not_given_back(somebody):  # noqa: F811 – the fixture imported above
    """A letter has no version: the page that follows says that it arrived."""
    visit, _person = somebody
    page = visit.page
    lose_what_is_left(page)
    visit.open("/aide/ecrire")
    page.locator("textarea").fill("Où en est ma carte ?")
    page.reload()
    expect(page.locator("textarea")).to_have_value("Où en est ma carte ?")
    page.locator("input[name=topic][value=form]").check()
    page.locator("#postcode").fill("69003")
    visit.press("Envoyer ma question")
    page.wait_for_url("**/suivi/questions/**")
    visit.open("/aide/ecrire")
    expect(page.locator("textarea")).to_have_value("")


def test_secrets_are_not_kept_and_signing_out_takes_all(somebody):  # noqa: F811 – the fixture imported above
    visit, _person = somebody
    answer_all(visit)
    page = type_address(visit)
    visit.open("/demande/etudiant/justificatifs")
    page.locator("#code").fill("SECRET0000000000000000")
    assert ADDRESS in kept(page)
    assert "SECRET" not in kept(page)
    visit.open("/suivi/mot-de-passe")
    page.locator("#current").fill(PASSWORD)
    page.evaluate("() => { navigator.sendBeacon = (address) => sessionStorage.setItem('beacon', address) }")
    visit.open("/suivi/")
    assert page.evaluate("sessionStorage.getItem('beacon')") is None, "a password leaves by its button only"
    visit.press("Se déconnecter")
    page.wait_for_url("**/fr/")
    assert "kept:" not in kept(page)


@pytest.mark.parametrize("device", ["own", "shared"])
def test_the_person_says_whose_device_it_is(telephone, somebody, device):  # noqa: F811 – the fixture imported above
    _visit, person = somebody
    visit: Visit = telephone()
    visit.open("/compte/connexion")
    visit.page.locator("#identifier").fill(person["foreign_number"])
    visit.page.locator("#password").fill(PASSWORD)
    visit.page.locator(f"input[name=device][value={device}]").check()
    visit.audit()
    visit.page.locator("form#form button.button").click()
    visit.page.wait_for_url("**/suivi/")
    page = type_address(visit)
    if device == "own":
        again = Visit(page.context.new_page(), "fr", scripts=True)
        page.close()
        again.open(f"/demande/etudiant/{PERSONAL.slug}")
        expect(again.page.locator("#address")).to_have_value(ADDRESS)
        return
    visit.page.get_by_text("Appareil partagé :").wait_for()
    assert "kept:" not in kept(page) + kept(page, "localStorage")
