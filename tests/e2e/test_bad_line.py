"""A line that breaks, an old telephone, a link followed with words unsent: nothing is lost, and one tap goes on."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.pages import Visit, dark_photo, on_disk, paper, photo
from tests.e2e.test_interrupted import PERSONAL, answer_all, somebody  # noqa: F401 – a fixture
from tests.e2e.test_line import create_account
from tests.servers.bad_line import bad_line
from tests.waiting import until


def give(visit: Visit, *files: Path) -> Locator:
    """Choose files for the passport; return its part of the page."""
    slot = visit.page.locator("#passport")
    visit.await_upload(slot)
    slot.locator('input[type="file"]').first.set_input_files(list(files))
    return slot


def test_a_file_goes_on_where_the_line_was_cut(telephone, live, mail_box):
    visit = telephone()
    create_account(visit, live.newcomer(), mail_box)
    answer_all(visit)
    port = int(live.address.rpartition(":")[2])
    with bad_line(port, 100_000) as line:
        visit.page.goto(visit.page.url.replace(f":{port}", f":{line.port}"))
        visit.await_upload(visit.page.locator("#passport"))
        before = line.carried
        slot = give(visit, paper(400_000))
        until(lambda: line.carried > before + 150_000)
        line.cut()
        expect(slot).to_contain_text("Le réseau est coupé")
        visit.audit()
        line.mend()
        expect(visit.page.locator("#passport.received")).to_be_visible(timeout=60_000)
        assert line.carried - before < 1.5 * 400_000, "what was there was not sent again"


def test_a_file_goes_on_in_another_window_after_the_first_was_closed(somebody, live):  # noqa: F811 – the fixture
    visit, _person = somebody
    answer_all(visit)
    port = int(live.address.rpartition(":")[2])
    with bad_line(port, 100_000) as line:
        address = visit.page.url.replace(f":{port}", f":{line.port}")
        visit.page.goto(address)
        visit.await_upload(visit.page.locator("#passport"))
        before = line.carried
        give(visit, paper(400_000))
        until(lambda: line.carried > before + 200_000)
        visit.page.close()
        visit.page = visit.page.context.new_page()
        visit.page.goto(address)
        visit.reads("« releve.pdf » n’est pas encore arrivé")
        visit.audit()
        give(visit, paper(400_000))
        expect(visit.page.locator("#passport.received")).to_be_visible(timeout=60_000)
        assert line.carried - before < 1.6 * 400_000, "what was there was not sent again"


def test_a_file_that_was_stopped_goes_on_with_one_tap(somebody):  # noqa: F811 – the fixture
    visit, _person = somebody
    answer_all(visit)
    visit.page.route("**/envois/*", lambda route: None)  # no answer
    slot = give(visit, photo())
    slot.get_by_role("button", name="Arrêter").click()
    expect(slot).to_contain_text("Envoi arrêté")
    visit.audit()
    visit.page.unroute("**/envois/*")
    slot.get_by_role("button", name="Réessayer").click()
    expect(visit.page.locator("#passport.received")).to_be_visible()
    expect(slot.locator(".sending")).to_have_count(0)


OLD = {
    "Safari before 16": "delete HTMLFormElement.prototype.requestSubmit; delete window.createImageBitmap",
    "no canvas that tells the truth": "CanvasRenderingContext2D.prototype.getImageData = () => { throw Error() }",
    "no way to send in pieces": "delete window.AbortController",
}


@pytest.mark.parametrize("lacking", OLD)
def test_an_old_telephone_sends_too(somebody, lacking):  # noqa: F811 – the fixture
    """The script hid the button before it knew that its own way works: no file could be sent."""
    visit, _person = somebody
    visit.page.context.add_init_script(OLD[lacking])
    answer_all(visit)
    slot = visit.page.locator("#passport")
    send = slot.get_by_role("button", name="Envoyer").first
    if lacking != "no way to send in pieces":
        visit.await_upload(slot)
    slot.locator('input[type="file"]').first.set_input_files(photo())
    if lacking == "no way to send in pieces":
        send.click()
    expect(visit.page.locator("#passport.received")).to_be_visible()


def test_a_doubtful_photo_is_a_question_that_holds_up_no_other(somebody):  # noqa: F811 – the fixture
    visit, _person = somebody
    answer_all(visit)
    slot = give(visit, dark_photo(), photo())
    expect(slot).to_contain_text("Cette photo semble sombre")
    expect(visit.page.locator("#passport.received")).to_be_visible()
    expect(slot.locator(".file")).to_have_count(1)
    visit.audit()
    slot.get_by_role("button", name="Envoyer quand même").click()
    expect(slot.locator(".file")).to_have_count(2)
    expect(slot.locator(".sending")).to_have_count(0)


def test_a_refused_file_stays_beside_the_good_ones(somebody):  # noqa: F811 – the fixture
    visit, _person = somebody
    answer_all(visit)
    heavy = on_disk("lourd.pdf", b"%PDF-" + b"0" * 10_000_000)
    broken = on_disk("abime.pdf", b"%PDF-1.4 rien")
    slot = give(visit, heavy, broken, photo())
    expect(slot.locator(".file")).to_have_count(1)
    expect(slot).to_contain_text("« lourd.pdf » est trop lourd")
    expect(slot).to_contain_text("« abime.pdf »")
    visit.audit()


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
