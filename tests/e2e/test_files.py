"""Wrong files: each says why and how to mend it, and costs the others nothing."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfWriter

from app.domain.rules.uploads import CURES, REASONS, Refusal
from tests.e2e.pages import on_disk, paper, photo
from tests.e2e.test_interrupted import answer_all
from tests.e2e.test_line import create_account


def locked() -> bytes:
    """A PDF with a password."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    writer.write(out)
    return out.getvalue()


WRONG = {
    "photo.jpg": (b"MZ" + b"\0" * 300, Refusal.UNKNOWN_FORMAT),
    "carte.jpg": (photo().read_bytes()[:4000], Refusal.UNREADABLE),
    "facture.pdf": (locked(), Refusal.ENCRYPTED),
    "vide.pdf": (b"", Refusal.EMPTY),
    "lourde.jpg": (b"\xff\xd8\xff" + b"\0" * 10_000_000, Refusal.TOO_LARGE),
    "IMG_2.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 100, Refusal.UNREADABLE),
}


@pytest.mark.parametrize(("language", "scripts"), [("fr", True), ("en", False)])
def test_wrong_files(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    create_account(visit, live.newcomer(), mail_box)
    answer_all(visit)
    visit.attach("permit", photo())
    slot = visit.page.locator("#passport")
    for name, (content, reason) in WRONG.items():
        visit.await_upload(slot)
        slot.locator('input[type="file"]').first.set_input_files(on_disk(name, content))
        if not scripts:
            slot.get_by_role("button", name=visit.say("Envoyer")).first.click()
        expect(slot).to_contain_text(visit.say(REASONS[reason], name=name, max=10))
        expect(slot).to_contain_text(visit.say(CURES[reason]))
        expect(visit.page.locator("#permit.received")).to_be_visible()
    visit.audit()
    visit.attach("passport", paper())
    slot.locator("details.help summary").first.click()
    slot.get_by_role("button", name=visit.say("Retirer")).click()
    expect(visit.page.locator("#passport.received")).to_have_count(0)
    expect(visit.page.locator("#permit.received")).to_be_visible()
    slot.locator("details.help summary").first.click()
    slot.locator("textarea").fill("Il est au consulat.")
    slot.get_by_role("button", name=visit.say("Enregistrer l’explication")).click()
    expect(visit.page.locator("#passport")).to_contain_text("Il est au consulat.")
    visit.audit()


def test_a_field_without_file_leaves_the_word_to_its_button(telephone):
    """What the browser says of it would be in the browser's language."""
    visit = telephone()
    visit.open("/embauche/carte")
    field = visit.page.locator("#files")
    expect(field).to_have_css("opacity", "0")
    field.set_input_files(photo())
    expect(field).to_have_css("opacity", "1")
