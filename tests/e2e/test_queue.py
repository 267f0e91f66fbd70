"""The queue in a browser: by keyboard from line to line, and many dossiers given at once, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_line import agent_enters

_FOCUSED = "() => document.activeElement.closest('tr') ? document.activeElement.textContent : document.activeElement.id"


def test_keys_go_from_line_to_line_in_the_list_only(telephone, live):
    visit = telephone("fr", True, 1280)
    agent_enters(visit, live)
    page = visit.page
    names = page.locator(".queue .who a").all_text_contents()

    def after(*keys: str) -> str:
        for key in keys:
            page.keyboard.press(key)
        return str(page.evaluate(_FOCUSED))

    assert after("j") == "", "outside the list a letter does nothing"
    page.locator("#q").focus()
    assert after("j", "/", "?") == "q"
    assert page.locator("#q").input_value() == "j/?"
    # What is typed is searched for a moment later, and the answer replaces the lines: each is waited for.
    page.wait_for_url("**q=j*")
    page.locator("#q").fill("")
    page.wait_for_url(lambda address: "q=j" not in address)
    expect(page.locator(".queue .who a")).to_have_count(len(names))
    page.locator(".queue thead a").first.focus()
    assert after("j") == names[0]
    assert after("j", "ArrowDown") == names[2]
    assert after("k", "ArrowUp", "k") == names[0]
    assert after("Control+j") == names[0]
    expect(page.locator("#touches dl")).to_be_hidden()
    after("?")
    expect(page.locator("#touches dl")).to_be_visible()
    visit.audit()
    page.locator(".queue .who a").first.focus()
    assert after("/") == "q"
    page.locator(".queue .who a").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/agents/dossiers/*")
    visit.sees(names[1])


@pytest.mark.parametrize(("language", "scripts"), [("fr", True), ("en", False)])
def test_a_supervisor_gives_what_is_ticked(telephone, live, language, scripts):
    visit = telephone(language, scripts, 320 if scripts else 1280)
    agent_enters(visit, live, "responsable.lyon@exemple.fr")
    page = visit.page
    page.locator(".queue [type=checkbox]").nth(0).check()
    page.locator(".queue [type=checkbox]").nth(1).check()
    page.locator(".bar button[value=assign]").click()
    assert page.locator("main [type=checkbox]:checked").count() == 2
    page.locator("main form .button").last.click()
    expect(page.locator("#erreurs")).to_be_focused()
    visit.audit()
    page.locator("#to").select_option(label="S. Marchand (démo)")
    page.locator("main form .button").last.click()
    expect(page.locator("[role=status]").first).to_contain_text("2")
    visit.audit()
    page.get_by_role("link", name=visit.say("Retour à la liste")).click()
    page.locator(".filters > .help > summary").click()
    page.locator("input[name=hors-delai]").check()
    if not scripts:
        visit.press("Filtrer")
    expect(page.get_by_role("link", name=visit.say("Déposé hors délai"))).to_be_visible()
    visit.audit()


_SIGHT = """() => {
    const top = (selector) => document.querySelector(selector).getBoundingClientRect();
    const end = Math.min(top(".bar").y, top(".read").bottom);
    return [end - top("#piece .sheet, #piece .button.quiet").y, top(".marking button").y];
}"""


@pytest.mark.parametrize("height", [720, 768])
def test_the_document_is_in_sight_and_its_verdicts_stay_where_they_are(telephone, live, height):
    visit = telephone("fr", True, 1280)
    agent_enters(visit, live)
    page = visit.page
    page.set_viewport_size({"width": 1280 if height == 720 else 1366, "height": height})
    visit.open("/agents/?vue=complements")
    page.locator(".queue .who a").first.click()
    expect(page.locator("#piece .page")).to_be_visible()
    seen, verdicts = page.evaluate(_SIGHT)
    assert seen >= 300
    title = page.locator("#piece-titre").text_content()
    page.locator("#piece").focus()
    page.keyboard.press("n")
    expect(page.locator("#piece-titre")).not_to_have_text(title)
    assert page.evaluate(_SIGHT)[1] == verdicts
    title = page.locator("#piece-titre").text_content()
    page.locator("#piece").focus()
    page.keyboard.press("1")
    expect(page.locator("#piece-titre")).not_to_have_text(title)
    assert page.evaluate(_SIGHT)[1] == verdicts
    visit.audit()
    name = page.locator("h1").text_content()
    page.locator("#piece").focus()
    page.keyboard.press("Shift+N")
    expect(page.locator("h1")).not_to_have_text(name)
    expect(page.locator("#piece")).to_be_focused()
    assert page.evaluate("scrollY") == 0, "the head of the next dossier is in sight, and its keys work"


def test_the_list_begins_high_and_never_scrolls_sideways(telephone, live):
    visit = telephone("fr", True, 1280)
    agent_enters(visit, live)
    page = visit.page
    first = page.locator(".queue tbody td").first
    page.set_viewport_size({"width": 1280, "height": 720})
    assert first.bounding_box()["y"] <= 220
    page.set_viewport_size({"width": 360, "height": 740})
    line = page.locator(".queue tbody tr:has(td)").first.bounding_box()
    assert line["y"] + line["height"] <= 740, "the first dossier is on the first screen of a telephone"
    page.locator("nav .narrow > summary").click()
    expect(page.locator("nav .narrow").get_by_role("link", name="À prendre")).to_be_visible()
    for width in (320, 700, 768, 900, 1000, 1024, 1100):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_colleague_did_meanwhile_is_a_page_and_not_a_part_of_one(telephone, live):
    """A refusal that answers the script's request for a part takes the place of the whole page."""
    visit = telephone("fr", True, 1280)
    agent_enters(visit, live)
    page = visit.page
    visit.open("/agents/?vue=complements")
    page.locator(".queue .who a").first.click()
    late = page.locator(".bar a").first.get_attribute("href")

    def colleague_was_first(route):
        sent = f"{route.request.post_data}&seen=0"
        route.fulfill(response=route.fetch(url=f"{live.address}{late}", post_data=sent, max_redirects=0))

    page.route("**/avis*", colleague_was_first)
    page.locator(".marking button").first.click()
    expect(page.locator("h1")).to_have_text("Le dossier a changé entre-temps")
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("#piece")).to_have_count(0)
    visit.audit()
