"""The pages of a PDF as pictures: turned by the person and by officers, drawn in a queue of their own, bounded."""

from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from app import intake
from app.domain.rules.uploads import Refusal, Refused
from app.intake.queue import Queue
from app.storage.models import Document
from tests import factories
from tests.intake.files import pdf
from tests.web.agent_pages import address, enter, member
from tests.web.forms import sent

pytestmark = pytest.mark.engines("sqlite")

DRAFT = "/fr/demande/etudiant"


@dataclass
class Full(Queue):
    """A queue without a free place, which notes who asked for one."""

    asked: list[str] = field(default_factory=list)

    def _join(self, source: str, cheap: bool) -> bool:
        self.asked.append(source)
        return False


@pytest.fixture
def client(app, visitor):
    """Somebody with a draft, whose passport is a PDF of three pages."""
    owner = factories.account()
    factories.draft(owner)
    browser = visitor().sign_in(owner)
    browser.get(f"{DRAFT}/justificatifs")
    assert browser.post(f"{DRAFT}/pieces/passport", {"files": sent(pdf(3), "p.pdf")}).status_code == 303
    return browser


def picture(answer) -> Image.Image:
    """The picture that an address answers with."""
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    return Image.open(BytesIO(answer.data)).convert("L")


def test_the_person_turns_the_pages(client, visitor):
    file = Document.get()
    here = f"/fr/suivi/pieces/{file.id}/pages"
    assert f'href="{here}"' in client.get(f"{DRAFT}/justificatifs").text
    first = client.get(here).text
    assert "Page 1 sur 3" in first
    assert f'href="{here}?page=2"' in first
    assert f'href="{DRAFT}/justificatifs"' in first
    assert f'href="{here}?page=3"' not in client.get(f"{here}?page=99").text
    pages = [picture(client.get(f"/fr/suivi/pieces/{file.id}?page={page}")) for page in (1, 2, 3)]
    assert all(ImageChops.difference(pages[0], page).getbbox() for page in pages[1:])
    assert 600 <= max(pages[0].size) <= 2000, "large enough to be read"
    for page in ("0", "4", "-1", "x", "9" * 5000):
        assert client.get(f"/fr/suivi/pieces/{file.id}?page={page}").status_code == 404
    stranger = visitor().sign_in(factories.account())
    assert stranger.get(f"/fr/suivi/pieces/{file.id}?page=1").status_code == 404
    assert stranger.get(here).status_code == 404


def test_no_page_of_a_file_that_was_not_scanned(client):
    Document.update(scan="waiting").execute()
    file = Document.get()
    assert file.preview_key
    for picture in ("page=1", "preview=1"):
        assert client.get(f"/fr/suivi/pieces/{file.id}?{picture}").status_code == 404
    page = client.get(f"/fr/suivi/pieces/{file.id}/pages").text
    assert "<img" not in page
    assert "virus" in page


def test_an_officer_turns_the_pages_with_zoom_and_comparison_kept(app, client, visitor, clock):
    dossier = factories.filed()
    file = Document.get(Document.media_type == "application/pdf")
    Document.update(dossier=dossier).where(Document.id == file.id).execute()
    desk = enter(visitor(), member(dossier.service), clock)
    page = desk.get(f"{address(dossier)}?piece=passport&fichier={file.id}&zoom=150&page=2").text
    assert "Page 2 sur 3" in page
    assert f"fichiers/{file.id}?page=2" in page
    before, after = (f"fichier={file.id}&amp;zoom=150{rest}" for rest in ("#piece", "&amp;page=3#piece"))
    assert before in page
    assert after in page
    second = picture(desk.get(f"{address(dossier)}/fichiers/{file.id}?page=2"))
    assert ImageChops.difference(
        second, picture(desk.get(f"{address(dossier)}/fichiers/{file.id}?page=3"))
    ).getbbox()
    other = enter(visitor(), member(factories.service("75", "Paris")), clock)
    assert other.get(f"{address(dossier)}/fichiers/{file.id}?page=2").status_code == 404


def test_readers_wait_in_their_own_queue_and_are_told_when_to_come_back(client, monkeypatch):
    file, full = Document.get(), Full()
    monkeypatch.setattr(intake.shared_sandbox, "drawings", full)
    answer = client.get(f"/fr/suivi/pieces/{file.id}?page=1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert full.asked == [f"account {file.dossier.account_id}"]
    client.post(f"{DRAFT}/pieces/passport", {"files": sent(pdf(1), "p.pdf")})
    assert Document.select().count() == 2, "who sends files has another queue"


def test_a_page_is_drawn_in_bounds_or_not_at_all():
    huge = pdf(1, lambda made: made.pages[0].obj.update({"/MediaBox": [0, 0, 14_000, 14_000]}))
    drawn = intake.draw_page(intake.examine(huge).content, 1)
    with Image.open(BytesIO(drawn)) as page:
        assert max(page.size) <= 2000
    assert intake.draw_page(pdf(1), 2) == Refused(Refusal.UNREADABLE)
    assert intake.draw_page(b"no PDF", 1) == Refused(Refusal.UNREADABLE)
