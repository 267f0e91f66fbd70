"""The application by keyboard alone, at 320 pixels, with the focus always in sight."""

import pyotp
from playwright.sync_api import Page, expect

from app.demonstration.people import PASSWORD as DEMO_PASSWORD
from app.demonstration.staff import TOTP_SECRET
from tests.answers import ANSWERS
from tests.e2e.pages import Visit
from tests.e2e.test_line import create_account
from tests.on_offer import STUDENT_RENEWAL

PERSONAL = STUDENT_RENEWAL.steps[0]
# Of the demonstration, in no other story.
UNTAKEN = "69-2026-000067-0"
DECIDED = "69-2026-000054-9"

_FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {id: one.id, name: one.getAttribute("name"), type: one.getAttribute("type"), tag: one.tagName,
          text: one.textContent.trim(), value: one.value || "",
          seen: box.width > 0 && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0};
}"""


def tab_to(page: Page, wanted) -> dict[str, object]:
    """Press Tab until the focus is where it is wanted; it is visible at each stop."""
    for _ in range(120):
        page.keyboard.press("Tab")
        now = page.evaluate(_FOCUSED)
        if now["tag"] not in ("BODY", "HTML"):
            assert now["seen"], f"focus not visible: {now}"
        if wanted(now):
            return now
    raise AssertionError("not reached by Tab")


def choose(page: Page, name: str, value: str) -> None:
    """Reach a group of radio buttons and move to one of them with the arrows."""
    at = tab_to(page, lambda one: one["name"] == name)
    page.keyboard.press("Space")
    for _ in range(8):
        if at["value"] == value:
            return
        page.keyboard.press("ArrowDown")
        at = page.evaluate(_FOCUSED)
    raise AssertionError(f"{value} not reached")


def test_the_first_step_by_keyboard_alone(telephone, live, mail_box):
    person = live.newcomer()
    create_account(telephone(), person, mail_box)
    visit: Visit = telephone("fr", width=320)
    page = visit.page
    page.goto("/fr/compte/connexion")
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUSED)["text"] == "Aller au contenu"
    tab_to(page, lambda one: one["id"] == "identifier")
    page.keyboard.type(person["foreign_number"])
    page.keyboard.press("Tab")
    page.keyboard.type("quatre saules au bord du canal")
    page.keyboard.press("Enter")
    visit.page.wait_for_url("**/suivi/")
    tab_to(page, lambda one: one["text"] == "Commencer mon renouvellement")
    page.keyboard.press("Enter")
    visit.sees("Informations personnelles")
    choose(page, "identity_right", "yes")
    choose(page, "family", "single")
    choose(page, "children", "no")
    choose(page, "passport_held", "yes")
    for key in ("passport_number", "passport_from", "passport_until", "entered_on"):
        fill(page, key, str(ANSWERS[key]))
    choose(page, "housing", "residence")
    for key in ("address", "postcode"):
        fill(page, key, str(ANSWERS[key]))
    tab_to(page, lambda one: one["id"] == "commune")
    expect(page.locator("select#commune")).to_be_visible()
    page.locator("select#commune").focus()
    page.keyboard.type("Lyon")
    fill(page, "phone", "0612345678")
    tab_to(page, lambda one: one["text"] == "Enregistrer et continuer")
    page.keyboard.press("Enter")
    visit.sees("Motif de séjour")
    visit.audit()


def fill(page: Page, key: str, value: str) -> None:
    """Type an answer, a date in its three boxes."""
    if key in ("passport_from", "passport_until", "entered_on"):
        for part, text in zip(("day", "month", "year"), reversed(value.split("-")), strict=True):
            tab_to(page, lambda one, part=part: one["id"] == f"{key}-{part}")
            page.keyboard.type(text)
    else:
        tab_to(page, lambda one: one["id"] == key)
        page.keyboard.type(value)


def test_public_pages_hold_at_320_pixels(telephone):
    for language in ("fr", "en"):
        visit: Visit = telephone(language, width=320)
        for path in (
            "/",
            "/titre/etudiant",
            "/compte/creer",
            "/compte/connexion",
            "/verifier",
            "/aide/contact",
        ):
            visit.open(path)
            visit.page.emulate_media(color_scheme="dark")
            visit.audit()
            visit.page.emulate_media(color_scheme="light")


def enter(page: Page, live) -> None:
    """An agent signs in."""
    page.goto("/fr/agents/connexion")
    tab_to(page, lambda one: one["id"] == "email")
    page.keyboard.type("agent.lyon@exemple.fr")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/agents/code*")
    tab_to(page, lambda one: one["id"] == "code")
    page.keyboard.type(pyotp.TOTP(TOTP_SECRET).at(live.tick()))
    page.keyboard.press("Enter")
    page.wait_for_url("**/agents/")


def press(page: Page, name: str) -> None:
    """Reach what begins with these words, and press Enter."""
    tab_to(page, lambda one: one["text"].startswith(name))
    page.keyboard.press("Enter")


def take(visit: Visit, reference: str) -> None:
    """Search a dossier, open and take it, and go to its document."""
    page = visit.page
    tab_to(page, lambda one: one["id"] == "q")
    page.keyboard.type(reference)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**q={reference}*")
    expect(page.locator(".queue .who a")).to_have_count(1)
    name = page.locator(".queue .who a").text_content()
    press(page, name)
    visit.sees(name)
    press(page, "Prendre le dossier")
    visit.reads("Vous avez pris le dossier")
    page.keyboard.press("Tab")
    press(page, "Aller au document")


def test_a_dossier_is_examined_by_keyboard_alone(telephone, live):
    """Sign in, search, take, read and judge a document, ask for one, and find it said."""
    visit: Visit = telephone("fr", width=1280)
    page = visit.page

    enter(page, live)
    take(visit, UNTAKEN)
    title = page.locator("#piece-titre")
    first = title.text_content()
    tab_to(page, lambda one: one["name"] == "mark")
    page.keyboard.press("Enter")
    expect(title).not_to_have_text(first)
    expect(title).to_be_focused()
    press(page, "Redemander…")
    visit.sees("Quels documents demander ?")
    tab_to(page, lambda one: str(one["name"]).endswith("_reason"))
    page.keyboard.press("ArrowDown")
    press(page, "Demander des documents")
    visit.reads("La demande est partie")
    visit.audit()


def test_a_dossier_is_decided_by_keyboard_alone(telephone, live):
    """Every document judged by its key, the letter looked at before, the permit granted, the next dossier offered."""
    visit: Visit = telephone("fr", width=1280)
    page = visit.page

    enter(page, live)
    take(visit, DECIDED)
    tab_to(page, lambda one: one["name"] == "mark")
    title, checked = page.locator("#piece-titre"), page.locator("#checked")
    number = int(checked.text_content().split()[-1])
    assert number > 3
    for done in range(1, number + 1):
        before = title.text_content()
        page.keyboard.press("1")
        expect(checked).to_contain_text(f"{done} sur {number}")
        if done < number:
            expect(title).not_to_have_text(before)
            expect(title).to_be_focused()
    press(page, "Décision favorable…")
    visit.sees("Décision favorable ?")
    press(page, "Aperçu de la lettre")
    visit.sees("Aperçu : rien n’est décidé ni envoyé")
    tab_to(page, lambda one: one["text"] == "Décision favorable" and one["tag"] == "BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/agents/dossiers/{DECIDED}?*")
    expect(page.locator(".notice[role=status]").first).to_be_visible()
    expect(page.locator(".bar").get_by_text("Décision favorable")).to_have_count(0)
    visit.audit()
