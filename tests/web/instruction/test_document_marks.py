"""The checklist, the viewer and the notes of an agent, as the pages tell them; what the applicant reads of it."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.domain.dossiers.complements import REASONS
from app.domain.dossiers.states import State
from app.services.review import document_marks, dossier_view, notes
from app.storage.models import (
    Agent,
    Complement,
    ComplementItem,
    Document,
    DocumentMark,
    Dossier,
    InternalNote,
)
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, act, address, enter, member
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")
HTMX = {"HX-Request": "true"}
COUNTED = {"fr": "Vérifiées : 1 sur 7", "en": "Checked: 1 of 7"}


def version(page: str) -> str:
    # Fails where it is not there.
    return re.search(r'name="version" value="([^"]*)"', page).group(1)  # type: ignore[union-attr]


def mark(desk: PageClient, dossier: Dossier, slot: str, word: str, lang: str = "fr", **options: Any) -> Any:
    """Look at a document and say what it is."""
    page = desk.get(f"{address(dossier, lang=lang)}?piece={slot}").text
    where = f"{address(dossier, lang=lang)}/pieces/{slot}/avis"
    return desk.post(where, {"mark": word, "version": version(page)}, **options)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_click_and_the_next_document_comes(desk: PageClient, dossier: Dossier, lang: str) -> None:
    answer = mark(desk, dossier, "permit", "conform", lang)
    assert answer.status_code == 303
    assert "piece=passport" in answer.location
    page = words(desk.get(answer.location.partition("#")[0]).text)
    assert COUNTED[lang] in page


def test_a_script_gets_the_next_document_the_list_and_the_count(desk: PageClient, dossier: Dossier) -> None:
    answer = mark(desk, dossier, "permit", "too_old", headers=HTMX)
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert "piece=passport" in answer.headers["HX-Push-Url"]
    page = words(answer.text)
    assert 'id="piece"' in page
    assert 'id="pieces" hx-swap-oob="true"' in page
    assert "Vérifiées : 1 sur 7" in page
    assert '<span class="tag bad">Trop ancien</span>' in page
    assert "autofocus" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_replaced_meanwhile_is_shown_again(
    desk: PageClient, dossier: Dossier, headers: dict[str, str]
) -> None:
    desk.get(f"{address(dossier)}?piece=passport")
    where = f"{address(dossier)}/pieces/passport/avis"
    answer = desk.post(where, {"mark": "conform", "version": "1-"}, headers=headers)
    assert answer.status_code == 409
    assert "vient de changer" in words(answer.text)
    assert "HX-Retarget" not in answer.headers, "a part for a part"
    assert DocumentMark.select().count() == 0


def test_a_whole_page_is_never_put_into_a_part(desk: PageClient, dossier: Dossier) -> None:
    """What somebody else did meanwhile is told by a page of its own, whatever the script meant to replace."""
    desk.get(address(dossier))
    for fields in ({"seen": "0"}, {}):
        answer = desk.post(address(dossier, "take"), fields, headers=HTMX)
        assert (answer.status_code, answer.text[:9]) == (409, "<!doctype")
        assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("body", "innerHTML")
    assert "HX-Retarget" not in desk.post(address(dossier, "take"), {"seen": "0"}).headers


@pytest.mark.parametrize("fields", [{}, {"mark": "\x00"}, {"mark": "conform" * 99}, {"mark": "not_given"}])
def test_strange_marks_are_no_page(desk: PageClient, dossier: Dossier, fields: dict[str, str]) -> None:
    desk.get(address(dossier))
    assert desk.post(f"{address(dossier)}/pieces/passport/avis", fields).status_code == 404
    assert desk.post(f"{address(dossier)}/pieces/%00/avis", fields).status_code == 404


# --- the request, from the marks


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_request_is_ready_from_the_marks(
    desk: PageClient, dossier: Dossier, visitor: Visitor, lang: str
) -> None:
    Document.delete().where((Document.dossier == dossier) & (Document.slot == "enrolment")).execute()
    act(desk, dossier, "take")
    mark(desk, dossier, "permit", "conform")
    mark(desk, dossier, "passport", "illegible")
    page = desk.get(address(dossier, "ask", lang)).text
    ticked = re.findall(r'<input[^>]*name="ask"[^>]*>', page)
    # Fails where it is not there.
    chosen = {re.search(r'value="(\w+)"', one).group(1) for one in ticked if "checked" in one}  # type: ignore[union-attr]
    assert chosen == {"passport", "enrolment"}
    for slot, reason in (("passport", "illegible"), ("enrolment", "not_given")):
        select = page[page.index(f'id="{slot}_reason"') :].split("</select>")[0]
        assert f'value="{reason}" selected' in select
    assert "L. 114-5" in words(page)
    done = act(
        desk,
        dossier,
        "ask",
        ask=["passport", "enrolment"],
        passport_reason="illegible",
        enrolment_reason="not_given",
    )
    assert done.status_code == 303
    own = visitor().sign_in(dossier.account)
    text = words(own.get(f"/{lang}/suivi/{dossier.reference}/complement").text)
    example = {"fr": words(REASONS[0].example), "en": "a photo in which all four corners show"}
    law = {"fr": "Ce délai peut s’arrêter", "en": "This time may stop while"}
    assert example[lang] in text
    assert law[lang] in text


def test_the_applicant_never_reads_marks_nor_notes(
    desk: PageClient, dossier: Dossier, agent: Agent, visitor: Visitor
) -> None:
    review = dossier_view.view_dossier(agent, dossier.reference, NOON)
    notes.write(review, agent, "Une note bien à nous.", NOON)
    requested = review.requested_document("passport")
    assert requested
    document_marks.mark(agent, dossier.reference, "passport", "mismatch", requested.version, NOON)
    own = visitor().sign_in(dossier.account)
    for page in ("", "/modifier", "/documents", "/consultations"):
        text = own.get(f"/fr/suivi/{dossier.reference}{page}").text
        assert "bien à nous" not in text
        assert "correspond pas" not in text


# --- the viewer


def test_zoom_and_turn_are_addresses(desk: PageClient, dossier: Dossier) -> None:
    here = f"{address(dossier)}?piece=passport"
    page = desk.get(here).text
    assert 'class="sheet zoom-100 turn-0"' in page
    assert "Réduire" not in page
    # Fails where it is not there.
    larger = re.search(r'<a href="([^"]+)">Agrandir', page).group(1).replace("&amp;", "&")  # type: ignore[union-attr]
    page = desk.get(larger.partition("#")[0]).text
    assert 'class="sheet zoom-150 turn-0"' in page
    assert "Réduire" in page
    # Fails where it is not there.
    turned = re.search(r'<a href="([^"]+)">Tourner', page).group(1).replace("&amp;", "&")  # type: ignore[union-attr]
    assert 'class="sheet zoom-150 turn-90"' in desk.get(turned.partition("#")[0]).text
    assert "Agrandir" not in desk.get(f"{here}&zoom=300").text
    for strange in ("zoom=150%", "zoom=" + "9" * 5000, "tourner=45", "tourner=%00", "fichier=-1", "avec=x"):
        assert 'class="sheet zoom-100 turn-0"' in desk.get(f"{here}&{strange}").text


@pytest.mark.parametrize(("lang", "close"), [("fr", "Fermer la comparaison"), ("en", "Close the comparison")])
def test_two_versions_side_by_side(desk: PageClient, dossier: Dossier, lang: str, close: str) -> None:
    old = Document.get((Document.dossier == dossier) & (Document.slot == "passport"))
    Document.update(removed_at=NOON + timedelta(hours=2)).where(Document.id == old.id).execute()
    new = factories.document(dossier, "passport", NOON + timedelta(hours=2), name="nouveau.jpg")
    page = desk.get(f"{address(dossier, lang=lang)}?piece=passport").text
    link = f"piece=passport&amp;fichier={new.id}&amp;avec={old.id}"
    assert link in page
    both = desk.get(f"{address(dossier, lang=lang)}?{link.replace('&amp;', '&')}").text
    assert both.count('class="page"') == 2
    assert close in both
    assert "hx-post" not in both, "the frame is another one: a whole page comes next"


# --- notes


@pytest.mark.parametrize(("lang", "struck"), [("fr", "rayée le"), ("en", "struck out on")])
def test_a_note_is_written_and_struck_out(desk: PageClient, dossier: Dossier, lang: str, struck: str) -> None:
    here = address(dossier, lang=lang)
    desk.get(here)
    assert desk.post(f"{here}/notes", {"note": "A appelé <b>hier</b>."}).status_code == 303
    assert "A appelé &lt;b&gt;hier" in desk.get(here).text
    number = InternalNote.get().id
    assert desk.post(f"{here}/notes/{number}/rayer").status_code == 303
    assert struck in words(desk.get(here).text)
    assert desk.post(f"{here}/notes/{number + 1}/rayer").status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_note_that_cannot_be_kept_is_told_beside_its_field(
    desk: PageClient, dossier: Dossier, text: str
) -> None:
    desk.get(address(dossier))
    answer = desk.post(f"{address(dossier)}/notes", {"note": text})
    assert answer.status_code == 422
    assert 'id="note-error"' in answer.text
    assert text.strip() in answer.text
    assert InternalNote.select().count() == 0


def test_a_colleague_cannot_strike_it_out(
    desk: PageClient, dossier: Dossier, visitor: Visitor, clock: Clock
) -> None:
    desk.get(address(dossier))
    desk.post(f"{address(dossier)}/notes", {"note": "À rappeler."})
    other = enter(visitor(), member(dossier.service), clock)
    page = other.get(address(dossier)).text
    assert "À rappeler." in page
    assert "Rayer cette note" not in page
    assert other.post(f"{address(dossier)}/notes/{InternalNote.get().id}/rayer").status_code == 404


# --- since the last visit, who opened it, days without an answer


@pytest.mark.parametrize(
    ("lang", "told", "times"),
    [
        ("fr", "1 changement depuis votre dernière visite", "fois"),
        ("en", "1 change since your last visit", "time"),
    ],
)
def test_what_is_new_since_the_last_visit(
    desk: PageClient, dossier: Dossier, agent: Agent, clock: Clock, lang: str, told: str, times: str
) -> None:
    desk.get(address(dossier, lang=lang))
    clock.advance(hours=3)
    factories.document(dossier, "passport", clock(), name="deuxieme.jpg")
    clock.advance(hours=3)
    enter(desk, agent, clock)
    page = words(desk.get(address(dossier, lang=lang)).text)
    assert told in page
    assert "deuxieme.jpg" in page
    assert re.search(rf"C\. Perrin, {dossier.service.name} · \d+ {times}", page)


@pytest.mark.parametrize(
    ("lang", "told"), [("fr", "Sans réponse depuis 3 jours."), ("en", "No answer for 3 days.")]
)
def test_days_without_an_answer_are_told_and_nothing_closes(
    desk: PageClient, dossier: Dossier, clock: Clock, lang: str, told: str
) -> None:
    act(desk, dossier, "take")
    act(desk, dossier, "ask", ask="passport", passport_reason="illegible")
    Complement.update(due_on=factories.today(clock()) - timedelta(days=3)).execute()
    assert told in words(desk.get(address(dossier, lang=lang)).text)
    assert Dossier.get_by_id(dossier.id).state == State.COMPLEMENT_REQUESTED


# --- the banner of the applicant


@pytest.mark.parametrize(
    ("lang", "left", "ready"),
    [
        ("fr", "Il reste 2 documents à préparer, puis à envoyer.", "il reste à envoyer votre réponse"),
        ("en", "2 documents are left to prepare, then to send.", "all that is left is to send your answer"),
    ],
)
def test_the_banner_stays_on_every_page_until_it_is_sent(
    desk: PageClient, dossier: Dossier, visitor: Visitor, lang: str, left: str, ready: str
) -> None:
    act(desk, dossier, "take")
    reasons = {"passport_reason": "illegible", "enrolment_reason": "illegible"}
    act(desk, dossier, "ask", ask=["passport", "enrolment"], **reasons)
    own = visitor().sign_in(dossier.account)
    here = f"/{lang}/suivi/{dossier.reference}"
    code = dossier.attestations.get().code
    pages = ["/modifier", "/retirer", "/consultations", "/modifier/personnelles"]
    addresses = [f"{here}{one}" for one in pages] + [f"/{lang}/attestations/{code}"]
    own.get(f"/{lang}/aide/ecrire?dossier={dossier.reference}")
    asked = {"topic": "dossier", "text": "Quelle page du passeport ?"}
    addresses.append(own.post(f"/{lang}/aide/ecrire?dossier={dossier.reference}", asked).location)
    addresses = [one for one in addresses if own.get(one).status_code == 200]
    assert len(addresses) >= 5
    assert all(left in words(own.get(one).text) for one in addresses)
    ComplementItem.update(decision="keep", decided_at=NOON).execute()
    assert all(ready in words(own.get(one).text) for one in addresses)
    own.get(f"{here}/complement")
    assert own.post(f"{here}/complement/envoyer").status_code == 303
    assert not any(ready in words(own.get(one).text) for one in addresses)
