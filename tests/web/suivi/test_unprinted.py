"""A paper that cannot be printed: the pages stop promising it and say what to do, the operator sees it, and it heals."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from app import jobs
from app.storage import outbox_admin
from app.storage.applications import attestations as store
from app.storage.models import Conversation, DecisionLetter, Dossier, Outbox
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, act
from tests.web.procedures import words
from tests.web.public.test_blocked import BLOCKED
from tests.web.public.test_messages import write

LANGS = pytest.mark.parametrize("lang", ["fr", "en"])
PROMISES = ("se prépare", "being prepared", "est prête", "is ready")
SAID = {"fr": "n’a pas pu être imprimé", "en": "could not be printed"}


@pytest.fixture
def applicant(visitor: Visitor, dossier: Dossier) -> PageClient:
    return visitor().sign_in(dossier.account)


@pytest.fixture
def no_fonts(app: Flask, tmp_path: Path) -> None:
    """A deployment whose fonts were not installed."""
    app.extensions["settings"] = replace(app.extensions["settings"], fonts_dir=str(tmp_path))


def fail(app: Flask, kind: str, times: int = 3) -> None:
    """Let the worker try to print as often as it does in a minute."""
    at = NOON + timedelta(hours=1)
    for _ in range(times):
        jobs.run_once(app, at)
        at += timedelta(minutes=2)
    row = Outbox.get(Outbox.kind == kind)
    assert (row.done_at, row.error, row.tries) == (None, "TTFError", times)


def heal(app: Flask, at: Any) -> None:
    """Install the fonts, and let the worker begin again."""
    app.extensions["settings"] = replace(app.extensions["settings"], fonts_dir="node_modules")
    outbox_admin.retry(at)
    jobs.run_once(app, at)


@LANGS
@pytest.mark.usefixtures("no_fonts")
def test_a_certificate_is_not_promised_for_ever(
    app: Flask, dossier: Dossier, applicant: PageClient, lang: str
) -> None:
    (issued,) = store.of_dossier(dossier.id)
    address = f"/{lang}/attestations/{issued.code}"
    fail(app, "print_attestation", times=2)
    assert "hx-get" in applicant.get(address).text, "two failures are a bad minute"
    fail_once_more = NOON + timedelta(hours=2)
    jobs.run_once(app, fail_once_more)
    for page in (applicant.get(address), applicant.get(address, headers={"HX-Request": "true"})):
        assert SAID[lang] in words(page.text)
        assert not any(promise in words(page.text) for promise in PROMISES)
        assert "hx-get" not in page.text, "nothing asks again every 2 seconds"
    assert "print_attestation" in "\n".join(map(str, outbox_admin.backlog()))
    heal(app, fail_once_more)
    assert f"{address}.pdf" in applicant.get(address).text


@LANGS
@pytest.mark.usefixtures("no_fonts")
def test_the_whole_application_says_that_it_is_not_printed(
    app: Flask, dossier: Dossier, applicant: PageClient, lang: str
) -> None:
    address = f"/{lang}/suivi/{dossier.reference}/demande.pdf"
    early = applicant.get(address, follow_redirects=True)
    assert early.status_code == 200
    assert SAID[lang] not in words(early.text)
    fail(app, "print_application")
    page = words(applicant.get(address, follow_redirects=True).text)
    assert SAID[lang] in page
    assert not any(promise in page for promise in PROMISES)
    heal(app, NOON + timedelta(hours=2))
    assert applicant.get(address).mimetype == "application/pdf"


@LANGS
@pytest.mark.usefixtures("no_fonts")
def test_a_letter_tells_the_person_and_the_agent(
    app: Flask, desk: PageClient, applicant: PageClient, taken: Dossier, lang: str
) -> None:
    act(desk, taken, "refuse", reason="Les études ne sont pas prouvées.")
    letter = DecisionLetter.get()
    theirs = f"/{lang}/suivi/{taken.reference}/lettres/{letter.id}"
    beside = f"/{lang}/agents/dossiers/{taken.reference}/lettres/{letter.id}"
    fail(app, "print_letter")
    for client, address in ((applicant, theirs), (desk, beside)):
        page = words(client.get(address).text)
        assert SAID[lang] in page
        assert not any(promise in page for promise in PROMISES)
    assert "Les études ne sont pas prouvées." in applicant.get(theirs).text


@LANGS
@pytest.mark.usefixtures("no_fonts")
def test_a_certificate_of_being_blocked_says_what_to_show(app: Flask, visitor: Visitor, lang: str) -> None:
    factories.service()
    holder, stranger = visitor().sign_in(factories.account()), visitor()
    write(holder, f"/{lang}/aide/bloque", **BLOCKED, postcode="69003")
    write(stranger, f"/{lang}/aide/bloque", **BLOCKED, email="anh@exemple.fr", postcode="69003")
    mine, other = Conversation.select().order_by(Conversation.id)
    fail(app, "print_certificate")
    for client, address, number in (
        (holder, f"/{lang}/suivi/questions/{mine.number}", mine.number),
        (stranger, f"/{lang}/aide/ecrire/recu", other.number),
    ):
        page = words(client.get(address).text)
        assert SAID[lang] in page
        assert number in page.split(SAID[lang], 1)[1], "what to note down"


def test_what_a_person_wrote_is_printed_in_its_letters(
    app: Flask, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    """The certificate and the application of a person whose register and whose words are in no Latin letter."""
    record = factories.identity(surname="الدين", given_names="ضياء", latin_name="DIYA AL-DIN")
    account = factories.account(record)
    answers = dossier.sealed | {"address_more": "chez 王小明 → porte 3 🏠 ⵎⵓⵃⵎⴷ"}
    other = factories.filed(account, answers=answers)
    jobs.run_once(app, NOON)
    assert not outbox_admin.backlog()
    client = visitor().sign_in(account)
    (issued,) = store.of_dossier(other.id)
    papers = (f"/fr/attestations/{issued.code}.pdf", f"/fr/suivi/{other.reference}/demande.pdf")
    certificate, application = (PdfReader(BytesIO(client.get(one).data)) for one in papers)
    text = " ".join(page.extract_text() for page in certificate.pages)
    assert "ضياء الدين" in text
    assert "DIYA AL-DIN" in text
    text = " ".join(" ".join(page.extract_text() for page in application.pages).split())
    assert "DIYA AL-DIN" in text
    assert "chez 王小明 → porte 3 🏠 [transcription : muhmd]" in text
