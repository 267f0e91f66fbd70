"""The holder's certificate page and PDF, and the public page where anybody checks one."""

import hashlib
from base64 import b32decode
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import jobs
from app.domain.dossiers.attestations import spell_code
from app.domain.dossiers.states import State
from app.keys import KeyPurpose
from app.services.certificates import attestations, endings, seals
from app.storage.applications import attestations as store
from app.storage.models import Attestation, Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, RING, Clock

Visitor = Callable[[], PageClient]
LANGUAGES = ("fr", "en")


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    return factories.filed()


@pytest.fixture
def issued(dossier: Dossier) -> Attestation:
    """The confirmation of the filing."""
    (one,) = store.of_dossier(dossier.id)
    return one


@pytest.fixture
def extension(dossier: Dossier) -> Attestation:
    """An extension certificate, valid from tomorrow for three months."""
    Dossier.update(state=str(State.IN_REVIEW), in_time=True, rights_end=date(2026, 11, 23)).where(
        Dossier.id == dossier.id
    ).execute()
    made = attestations.issue_extension_if_due(Dossier.get_by_id(dossier.id), NOON)
    assert made
    return made


@pytest.fixture
def holder(visitor: Visitor, dossier: Dossier) -> PageClient:
    return visitor().sign_in(dossier.account)


def check(client: PageClient, code: str, language: str = "fr") -> "tuple[int, str]":
    """Type a code on the public page."""
    client.get(f"/{language}/verifier")
    answer = client.post(f"/{language}/verifier", {"code": code})
    return answer.status_code, answer.get_data(as_text=True)


def scan(client: PageClient, issued: Attestation, language: str = "fr") -> str:
    """What the page's script is told of a QR code whose signature it has verified."""
    text = seals.sealed(issued, RING.of(KeyPurpose.PAPERS), NOON.date())
    signature = b32decode(text + "=" * (-len(text) % 8))[-64:].hex()
    fields = {"code": issued.code, "signature": signature}
    answer = client.post(f"/{language}/verifier", fields, headers={"HX-Request": "true"})
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    return answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_paper_says(
    app: Flask, holder: PageClient, extension: Attestation, language: str
) -> None:
    page = holder.get(f"/{language}/attestations/{extension.code}")
    text = page.get_data(as_text=True).replace("\u00a0", " ").replace("&#39;", "'")
    assert page.status_code == 200
    for words in (
        "Thị Ánh Nguyễn",
        extension.dossier.reference,
        "Valable du 24 novembre 2026 au 23 février 2027",
        "Valid from 24 November 2026 to 23 February 2027",
        "Permet de voyager et d'entrer dans l'espace Schengen quel que soit le point d'entrée",
        "Valid only together with the previous residence permit or visa, even expired.",
        "Valable seulement avec le titre de séjour ou le visa précédent, même expiré.",
        spell_code(extension.code),
        "localhost/fr/verifier",
        'src="data:image/svg+xml',
    ):
        assert words in text, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_waiting_for_the_paper(app: Flask, holder: PageClient, issued: Attestation, language: str) -> None:
    """Before the worker has printed it: said, asked for again by a script, reachable without one."""
    address = f"/{language}/attestations/{issued.code}"
    page = holder.get(address).get_data(as_text=True)
    assert 'hx-trigger="every 2s"' in page
    assert holder.get(address, headers={"HX-Request": "true"}).status_code == 204, "no news"
    early = holder.get(f"{address}.pdf")
    assert (early.status_code, early.headers["Location"]) == (303, address)
    jobs.run_once(app, NOON)
    fragment = holder.get(address, headers={"HX-Request": "true"})
    assert "<html" not in fragment.get_data(as_text=True)
    assert "hx-get" not in fragment.get_data(as_text=True), "asking ends"
    assert f"{address}.pdf" in fragment.get_data(as_text=True)
    assert "/static/htmx" not in holder.get(address).get_data(as_text=True), "no script where nothing waits"


def test_the_same_bytes_for_ever(app: Flask, holder: PageClient, issued: Attestation) -> None:
    jobs.run_once(app, NOON)
    row = Attestation.get_by_id(issued.id)
    first = holder.get(f"/fr/attestations/{issued.code}.pdf")
    app.extensions["clock"].advance(minutes=5)
    second = holder.get(f"/en/attestations/{issued.code}.pdf")
    assert first.data == second.data
    assert hashlib.sha256(first.data).hexdigest() == row.sha256
    assert first.mimetype == "application/pdf"
    assert first.headers["Content-Disposition"] == f'attachment; filename="attestation-{issued.code}.pdf"'
    assert first.headers["Cache-Control"] == "no-store"


def test_changed_bytes_are_given_to_nobody(
    app: Flask, holder: PageClient, issued: Attestation, tmp_path: Path
) -> None:
    jobs.run_once(app, NOON)
    row = Attestation.get_by_id(issued.id)
    (stored,) = [one for one in (tmp_path / "uploads").rglob("*") if str(one).endswith(row.file_key)]
    stored.chmod(0o600)
    stored.write_bytes(b"%PDF another")
    assert holder.get(f"/fr/attestations/{issued.code}.pdf").status_code == 503


def test_nobody_else_reads_it(app: Flask, visitor: Visitor, issued: Attestation) -> None:
    jobs.run_once(app, NOON)
    stranger = visitor().sign_in(factories.account())
    for address in (f"/fr/attestations/{issued.code}", f"/fr/attestations/{issued.code}.pdf"):
        assert stranger.get(address).status_code == 404
        assert visitor().get(address).status_code in (302, 303), "sign in first"


def test_no_such_certificate(app: Flask, holder: PageClient) -> None:
    for code in ("K7QM42XD", "x", "é" * 40):
        assert holder.get(f"/fr/attestations/{code}").status_code == 404
        assert holder.get(f"/fr/attestations/{code}.pdf").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Cette attestation est authentique"), ("en", "This certificate is genuine")],
)
def test_genuine(app: Flask, visitor: Visitor, extension: Attestation, language: str, words: str) -> None:
    status, typed = check(visitor(), f"{extension.code[:4]}-{extension.code[4:]}".lower(), language)
    assert status == 200
    scanned = scan(visitor(), extension, language)
    for text in (typed, scanned):
        assert words in text
        assert "Thị Ánh Nguyễn" in text


def test_the_check_shows_no_more_than_it_must(app: Flask, visitor: Visitor, extension: Attestation) -> None:
    text = scan(visitor(), extension)
    dossier = extension.dossier
    for secret in (dossier.reference, dossier.identity["foreign_number"], "Rochaix", dossier.account.email):
        assert secret not in text


def test_a_code_never_travels_in_an_address(app: Flask, visitor: Visitor, issued: Attestation) -> None:
    client = visitor()
    page = client.get(f"/fr/verifier?code={issued.code}").get_data(as_text=True)
    assert "authentique" not in page, "an address answers nothing"
    assert 'method="post"' in page


def test_not_begun_yet(app: Flask, visitor: Visitor, extension: Attestation, clock: Clock) -> None:
    warning = "elle est valable seulement à partir du 24 novembre 2026"
    assert warning in scan(visitor(), extension)
    clock.advance(days=1)
    assert warning not in scan(visitor(), extension)


def test_over(app: Flask, visitor: Visitor, extension: Attestation, clock: Clock) -> None:
    clock.advance(days=120)
    text = scan(visitor(), extension)
    assert "Cette attestation n’est plus valable" in text
    assert "23 février 2027" in text
    assert "Thị Ánh Nguyễn" in text
    assert "Schengen" not in text
    assert "Autorisé" not in text, "no right that is over"


def test_revoked(app: Flask, visitor: Visitor, extension: Attestation, holder: PageClient) -> None:
    endings.revoke(extension, "Émise par erreur.", NOON)
    text = scan(visitor(), extension)
    assert "Cette attestation a été révoquée" in text
    assert "Nguyễn" not in text
    assert "Émise par erreur" not in text
    assert "révoquée" in holder.get(f"/fr/attestations/{extension.code}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Nous ne trouvons pas ce code"), ("en", "We cannot find this code")]
)
def test_unknown(app: Flask, visitor: Visitor, language: str, words: str) -> None:
    status, text = check(visitor(), "K7QM-4ZXD", language)
    assert status == 422
    assert words in text
    assert 'value="K7QM-4ZXD"' in text, "what was typed stays"


def test_nothing_typed(app: Flask, visitor: Visitor) -> None:
    status, text = check(visitor(), "  ")
    assert status == 422
    assert "Écrivez le code imprimé sur le document." in text


@pytest.mark.parametrize("typed", ["<script>", "\u0000", "é" * 5000, "%s%n", "' OR 1=1"])
def test_anything_typed(app: Flask, visitor: Visitor, typed: str) -> None:
    status, text = check(visitor(), typed)
    assert status == 422
    assert "<script>" not in text


def test_a_signature_of_another_paper_opens_nothing(
    app: Flask, visitor: Visitor, issued: Attestation, extension: Attestation
) -> None:
    client = visitor()
    scan(client, extension)
    for code, signature in ((issued.code, "0" * 128), (issued.code, "é"), ("x", "0"), (extension.code, "x")):
        answer = client.post("/fr/verifier", {"code": code, "signature": signature})
        assert answer.status_code == 422
        assert "n’est pas la nôtre" in answer.text
        assert f'value="{code}"' in answer.text, "the code is filled in, to be compared and checked"
        assert "Nguyễn" not in answer.text


def test_guessing_waits_and_genuine_papers_do_not(
    app: Flask, visitor: Visitor, issued: Attestation, clock: Clock
) -> None:
    guesser = visitor()
    statuses = [check(guesser, "K7QM42XD")[0] for _ in range(40)]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    status, text = check(guesser, "K7QM42XD", "en")
    assert (status, "Wait a moment" in text) == (429, True)
    assert "authentique" in scan(guesser, issued), "a scanned paper never waits"
    clock.advance(days=1)
    assert check(guesser, "K7QM42XD")[0] == 422


def test_the_end_of_a_favourable_decision(app: Flask, visitor: Visitor, dossier: Dossier) -> None:
    made = attestations.grant(dossier, NOON + timedelta(days=1))
    holder, own = visitor().sign_in(dossier.account), f"/fr/suivi/{dossier.reference}"
    assert "est authentique" in scan(visitor(), made)
    assert "n’est plus valable" not in holder.get(own).text
    Dossier.update(state=str(State.HANDED_OVER)).where(Dossier.id == dossier.id).execute()
    text = scan(visitor(), made)
    assert "n’est plus valable" in text
    assert "Demandez à voir la carte." in text
    assert holder.get(own).text.count("Cette attestation n’est plus valable") == 1, (
        "the holder reads the same"
    )
