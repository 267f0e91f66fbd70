"""Forms drawn by hand beside those of declared steps: their errors are in the summary too, with the focus on it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.storage.models import Dossier, PhotoCode
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.accounts import Visitor
from tests.web.agent_pages import act, enter, member
from tests.web.procedures import words

DRAFT = "/{lang}/demande/etudiant"
FILED = "/{lang}/suivi/{reference}"


def drafted(visitor: Visitor, clock: Clock) -> tuple[PageClient, str]:
    """The documents step of a draft."""
    person = factories.account()
    factories.draft(person)
    return visitor().sign_in(person), ""


def filed(visitor: Visitor, clock: Clock) -> tuple[PageClient, str]:
    """A filed application."""
    dossier = factories.filed()
    return visitor().sign_in(dossier.account), dossier.reference or ""


def without_photo(visitor: Visitor, clock: Clock) -> tuple[PageClient, str]:
    """A filed application whose photo has not arrived."""
    client, reference = filed(visitor, clock)
    PhotoCode.update(state="not_arrived").execute()
    return client, reference


def asked(visitor: Visitor, clock: Clock) -> tuple[PageClient, str]:
    """An application whose passport is asked for again."""
    dossier = factories.filed()
    desk = enter(visitor(), member(dossier.service), clock)
    act(desk, dossier, "take")
    act(desk, dossier, "ask", ask=["passport"], passport_reason="illegible", due_days="15")
    return visitor().sign_in(Dossier.get_by_id(dossier.id).account), dossier.reference or ""


def anybody(visitor: Visitor, clock: Clock) -> tuple[PageClient, str]:
    """Somebody without an account."""
    return visitor(), ""


SUMMARY = r"""<div class="notice bad" role="alert" tabindex="-1" id="erreurs" autofocus>.*?</div>"""
Scene = Callable[[Visitor, Clock], tuple[PageClient, str]]
CASES: dict[str, tuple[Scene, str, str, dict[str, Any], str]] = {
    "e-photo": (drafted, f"{DRAFT}/justificatifs", f"{DRAFT}/ephoto", {"code": "7K2"}, "code"),
    "e-photo after filing": (without_photo, f"{FILED}/photo", f"{FILED}/photo", {"code": "7K2"}, "code"),
    "file": (drafted, f"{DRAFT}/justificatifs", f"{DRAFT}/pieces/passport", {}, "passport-files"),
    "explanation": (
        drafted,
        f"{DRAFT}/justificatifs",
        f"{DRAFT}/pieces/passport/explication",
        {"why": " "},
        "passport-why",
    ),
    "withdraw": (filed, f"{FILED}/retirer", f"{FILED}/retirer", {}, "sure"),
    "file added": (filed, f"{FILED}/documents", f"{FILED}/documents/passport", {}, "passport-files"),
    "more time": (asked, f"{FILED}/complement", f"{FILED}/complement/delai", {"reason": ""}, "reason"),
    "file asked": (asked, f"{FILED}/complement", f"{FILED}/complement/passport", {}, "passport-files"),
    "check": (anybody, "/{lang}/verifier", "/{lang}/verifier", {"code": "\u200b"}, "code"),
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", CASES)
def test_the_summary_leads_to_the_field(
    name: str, lang: str, app: Flask, visitor: Visitor, clock: Clock
) -> None:
    scene, page, target, typed, field = CASES[name]
    client, reference = scene(visitor, clock)
    page, target = (text.format(lang=lang, reference=reference) for text in (page, target))
    assert client.get(page).status_code == 200
    answer = client.post(target, typed)
    assert answer.status_code == 422
    assert re.search(r"<title>(Erreur\u00a0:|Error:)", answer.text)
    summary = re.search(
        r'<div class="notice bad" role="alert" tabindex="-1" id="erreurs" autofocus>.*?</div>',
        answer.text,
        re.S,
    )
    assert summary, words(answer.text)[:400]
    assert f'href="#{field}"' in summary[0]
    control = re.search(rf'<(?:input|textarea)[^>]*\bid="{field}"[^>]*>', answer.text)
    assert control
    assert 'aria-invalid="true"' in control[0]
    described = re.search(r'aria-describedby="([^"]*)"', control[0])
    assert described
    assert all(f'id="{name}"' in answer.text for name in described[1].split())


def test_an_empty_explanation_is_said_aloud_and_has_the_focus_after_a_swap(
    visitor: Visitor, clock: Clock
) -> None:
    client, _reference = drafted(visitor, clock)
    client.get("/fr/demande/etudiant/justificatifs")
    answer = client.post(
        "/fr/demande/etudiant/pieces/passport/explication", {"why": ""}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert re.search(r'<p class="error" id="passport-why-error" role="alert">', answer.text)
    assert re.search(r'<textarea id="passport-why"[^>]* autofocus>', answer.text)
