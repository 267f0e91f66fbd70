"""A line that breaks, an old telephone, a link followed with words unsent: nothing is lost, and one tap goes on."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.pages import photo
from tests.e2e.test_interrupted import PERSONAL, answer_all, somebody  # noqa: F401 – a fixture
from tests.waiting import until

OLD = "delete HTMLFormElement.prototype.requestSubmit"  # Safari before 16


@pytest.mark.timeout(240)
def test_a_file_that_did_not_arrive_is_sent_again_with_one_tap(somebody):  # noqa: F811 – the fixture
    visit, _person = somebody
    answer_all(visit)
    slot = visit.page.locator("#passport")
    visit.await_upload(slot)
    cut: list[Route] = []

    def break_once(route: Route) -> None:
        if cut:
            route.continue_()
            return
        cut.append(route)
        route.abort("connectionreset")

    visit.page.route("**/pieces/passport", break_once)
    choose = slot.locator('input[type="file"]').first
    choose.set_input_files(photo())
    expect(slot.locator("[data-failed]")).to_be_visible()
    visit.audit()
    again = slot.get_by_role("button", name="Envoyer").first
    expect(again).to_be_visible()
    again.click()
    expect(visit.page.locator("#passport.received")).to_be_visible()


@pytest.mark.timeout(240)
def test_an_old_telephone_has_its_button(somebody):  # noqa: F811 – the fixture
    """The script hid it before it knew that its own way works: no file could be sent."""
    visit, _person = somebody
    visit.page.context.add_init_script(OLD)
    answer_all(visit)
    slot = visit.page.locator("#passport")
    slot.locator('input[type="file"]').first.set_input_files(photo())
    slot.get_by_role("button", name="Envoyer").first.click()
    expect(visit.page.locator("#passport.received")).to_be_visible()


def test_what_is_typed_is_saved_by_following_a_link(somebody):  # noqa: F811 – the fixture
    visit, _person = somebody
    visit.open(f"/demande/etudiant/{PERSONAL.slug}")
    visit.page.locator("#address").fill("3 rue Neuve")
    visit.page.locator("#phone").fill("abc")
    visit.follow("Mon espace")

    def saved() -> bool:
        visit.page.goto(f"/fr/demande/etudiant/{PERSONAL.slug}")
        shown = [visit.page.locator(place).input_value() for place in ("#address", "#phone")]
        return shown == ["3 rue Neuve", "abc"]

    until(
        saved
    )  # the browser sends it by itself, when it likes; what is wrong is kept a moment after what is right
    visit.sees("Rien n’est perdu")


@pytest.mark.timeout(240)
def test_words_typed_while_a_letter_is_on_its_way_stay(somebody):  # noqa: F811 – the fixture
    visit, _person = somebody
    answer_all(visit)
    slot = visit.page.locator("#passport")
    visit.await_upload(slot)
    slot.locator("details.help summary").first.click()
    why = slot.locator("textarea")
    why.fill("Il est au consulat.")

    def slow(route: Route) -> None:
        why.fill("Il est au consulat, jusqu’à lundi.")
        route.continue_()

    visit.page.route("**/pieces/passport/explication", slow)
    slot.get_by_role("button", name="Enregistrer l’explication").click()
    expect(visit.page.locator("#passport")).to_contain_text("« Il est au consulat. »")
    expect(visit.page.locator("#passport textarea")).to_have_value("Il est au consulat, jusqu’à lundi.")
