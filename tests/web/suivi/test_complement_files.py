"""A request for documents counts only the files that answer it: the former ones cannot be removed there."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.rules.uploads import LIMITS
from app.storage.models import Document, Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import act, enter, member
from tests.web.forms import picture, sent

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def dossier(visitor: Any, clock: Clock) -> Dossier:
    """Filed with as many files for the passport as there may be; the passport is requested again."""
    filed = factories.filed()
    for _file in range(LIMITS.max_files_a_slot - 1):
        factories.document(filed, "passport", NOON - timedelta(hours=1))
    clock.advance(hours=1)
    client = enter(visitor(), member(filed.service), clock)
    act(client, filed, "take")
    act(client, filed, "ask", ask=["passport"], passport_reason="illegible")
    return filed


@pytest.mark.parametrize("answer", [{"choice": "replace"}, {"choice": "letter"}], ids=["file", "letter"])
def test_full_of_former_files_it_takes_new_ones(
    visitor: Any, dossier: Dossier, clock: Clock, answer: dict[str, str]
) -> None:
    client: PageClient = visitor().sign_in(dossier.account)
    page = f"/fr/suivi/{dossier.reference}/complement"
    client.get(page)
    files = {**answer, "files": sent(picture(), "nouveau.jpg")}
    assert client.post(f"{page}/passport", files, content_type="multipart/form-data").status_code == 303
    assert "1 sur 1" in client.get(page).text
    assert client.post(f"{page}/envoyer").status_code == 303
    new = Document.get(Document.name == "nouveau.jpg")
    assert (new.letter, new.removed_at) == (answer["choice"] == "letter", None)


def test_new_files_are_counted(visitor: Any, dossier: Dossier, clock: Clock) -> None:
    client: PageClient = visitor().sign_in(dossier.account)
    page = f"/fr/suivi/{dossier.reference}/complement"
    client.get(page)
    many = [sent(picture(), f"{number}.jpg") for number in range(LIMITS.max_files_a_slot + 1)]
    answer = client.post(f"{page}/passport", {"files": many}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert Document.select().where(Document.name.in_([f"{number}.jpg" for number in range(20)])).count() == 10


def test_only_who_has_not_filed_reads_of_filing_without_a_document(
    visitor: Any, dossier: Dossier, clock: Clock
) -> None:
    draft = factories.draft()
    pages = {
        f"/fr/suivi/{dossier.reference}/complement": (dossier, False),
        f"/fr/demande/{draft.journey}/justificatifs": (draft, True),
    }
    for page, (whose, told) in pages.items():
        text = visitor().sign_in(whose.account).get(page).text
        assert "Je n’ai pas ce document" in text
        assert ("Vous pouvez déposer sans lui" in text) is told
