"""Documents asked for by name, outside the procedure's list: sent, checked and asked for again as any other."""

import pytest

from app.domain.dossiers.states import State
from app.storage.models import ComplementItem, Document, Dossier
from tests.clients import PageClient
from tests.web.agent_pages import Visitor, act, address
from tests.web.forms import picture, sent

MARRIAGE = "Acte de mariage, traduit"
WHY = "La copie intégrale, de moins de trois mois."


def ask(desk: PageClient, dossier: Dossier, *asked: str, **fields: str) -> None:
    """Ask for documents."""
    assert act(desk, dossier, "ask", ask=list(asked), **fields).status_code == 303


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_asked_by_name_it_becomes_a_piece_of_the_dossier(
    desk: PageClient, taken: Dossier, visitor: Visitor, lang: str
) -> None:
    ask(desk, taken, "passport", "new_1", passport_reason="illegible", new_1_title=MARRIAGE, new_1_words=WHY)
    theirs = visitor().sign_in(taken.account)
    place = f"/{lang}/suivi/{taken.reference}/complement"
    page = theirs.get(place).text
    assert MARRIAGE in page
    assert WHY in page
    assert MARRIAGE in theirs.get(f"/{lang}/suivi/{taken.reference}").text
    assert theirs.post(f"{place}/other_1", {"files": sent(picture())}).status_code == 303
    assert theirs.post(f"{place}/passport", {"choice": "letter", "why": "Je l’attends."}).status_code == 303
    assert theirs.post(f"{place}/envoyer").status_code == 303
    seen = desk.get(f"{address(taken, lang=lang)}?piece=other_1").text
    assert f'id="piece-titre">{MARRIAGE}' in seen.replace('<span lang="fr" dir="ltr">', "")
    assert f"/fichiers/{Document.get(Document.slot == 'other_1').id}" in seen
    marked = desk.post(f"{address(taken)}/pieces/other_1/avis", {"mark": "too_old", "version": version(seen)})
    assert marked.status_code == 303
    # Asked for again with the reason of its mark, as any document; a second one by name has a number of its own.
    form = desk.get(address(taken, "ask")).text
    assert 'value="other_1" checked' in form
    ask(
        desk,
        taken,
        "other_1",
        "new_1",
        other_1_reason="too_old",
        new_1_title="Livret de famille",
        new_1_words=WHY,
    )
    items = ComplementItem.select().order_by(ComplementItem.id)
    assert [(item.slot, item.title) for item in items][2:] == [
        ("other_1", None),
        ("other_2", "Livret de famille"),
    ]
    assert all(title in theirs.get(place).text for title in (MARRIAGE, "Livret de famille"))


def version(page: str) -> str:
    """The version of the document that a page shows."""
    return page.split('name="version" value="')[1].split('"', maxsplit=1)[0]


def test_without_a_name_or_a_reason_it_is_told_beside_the_field(desk: PageClient, taken: Dossier) -> None:
    answer = act(desk, taken, "ask", ask=["new_1", "new_2"], new_1_words=WHY, new_2_title="Livret de famille")
    assert answer.status_code == 422
    assert 'id="new_1_title-error"' in answer.text
    assert 'id="new_2_words-error"' in answer.text
    assert WHY in answer.text
    assert "Livret de famille" in answer.text
    assert Dossier.get_by_id(taken.id).state == State.IN_REVIEW


def test_the_name_is_text_and_nothing_else(desk: PageClient, taken: Dossier, visitor: Visitor) -> None:
    ask(desk, taken, "new_1", new_1_title="<b>100 %(x)s</b> {y}", new_1_words=WHY)
    theirs = visitor().sign_in(taken.account)
    assert "&lt;b&gt;100 %(x)s&lt;/b&gt; {y}" in theirs.get(f"/en/suivi/{taken.reference}/complement").text
    assert "&lt;b&gt;100 %(x)s" in desk.get(f"{address(taken, lang='en')}?piece=other_1").text
