"""Files sent together: each refused one stays beside the good ones, with why and what to do."""

from typing import Any

import pytest

from app.domain.rules.uploads import CURES, Refusal
from app.storage.models import Document
from tests import factories
from tests.intake.files import picture
from tests.web.forms import sent
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_each_refused_file_says_why_beside_the_good_ones(visitor: Any, headers: dict[str, str]) -> None:
    owner = factories.account()
    factories.draft(owner)
    client = visitor().sign_in(owner)
    client.get("/fr/demande/etudiant/justificatifs")
    files = [sent(picture(), "recto.jpg"), sent(b"", "vide.pdf"), sent(b"Bonjour", "note.txt")]
    answer = client.post("/fr/demande/etudiant/pieces/passport", {"files": files}, headers=headers)
    text = words(answer.text)
    assert answer.status_code == 422
    assert [document.name for document in Document.select()] == ["recto.jpg"]
    for told in (
        "recto.jpg",
        "« vide.pdf »",
        "« note.txt »",
        *map(CURES.get, (Refusal.EMPTY, Refusal.UNKNOWN_FORMAT)),
    ):
        assert str(told).replace("\u00a0", " ") in text.replace("\u00a0", " ")
