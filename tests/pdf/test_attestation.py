"""One page, complete, escaped, confined, and the same bytes for the same facts."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import copyfile
from threading import Thread

import pytest
from reportlab.pdfbase.ttfonts import TTFError

from app.domain.journeys.details import Detail
from app.domain.rules.rights import RIGHTS, TITLES, AttestationKind, Situation
from app.pdf import FONTS_DIR, attestation_pdf, typed_address
from app.pdf.engine import page_count, print_html
from app.pdf.families import LATIN
from app.pdf.twin import BOTH, Twin
from tests.pdf.facts import CHECK_URL, LONGEST, OPERATOR, facts
from tests.pdf.reading import read, text_of

CASES = pytest.mark.parametrize(("kind", "situation"), list(RIGHTS))
BAND = "DÉMONSTRATION : spécimen sans valeur"
MADE = datetime(2027, 1, 28, tzinfo=UTC)


def made(kind: AttestationKind, situation: Situation, demonstration: bool = True, **changes: object) -> bytes:
    if kind is not AttestationKind.EXTENSION:
        changes = {"valid_until": None, **changes}
    if kind is AttestationKind.DEPOSIT:
        changes = {"legal_answer_on": date(2027, 1, 10), **changes}
    sample = facts(kind=kind, situation=situation, **changes)
    page = Twin("https://guichet.example/fr/attestations/K7QM42XD", BOTH)
    return attestation_pdf(sample, CHECK_URL, demonstration, OPERATOR, twin=page)


@CASES
def test_the_page_carries_every_mention_word_for_word_in_order(kind, situation):
    text = text_of(made(kind, situation))
    place = 0
    rights = facts(kind=kind, situation=situation).rights
    for mention in rights.mentions:
        place = text.index(" ".join(mention.split()), place)
    for line in (*rights.plain, *rights.english, TITLES[kind].french, TITLES[kind].english):
        assert " ".join(line.split()) in text


@CASES
def test_the_page_carries_the_facts_in_both_languages(kind, situation):
    text = text_of(made(kind, situation))
    for expected in (
        "Thị Ánh NGUYỄN",
        "14 mars 2002 · 14 March 2002",
        "vietnamienne · Vietnamese",
        "69-2026-000123-7",
        "K7QM-42XD",
        "guichet.example/fr/verifier",
        "Émis le 28 janvier 2027 à 10 h 04 (heure de Paris)",
        "Service du séjour de Lyon",
        OPERATOR,
    ):
        assert expected in text


def test_validity_is_said_as_the_law_has_it():
    extension, first = AttestationKind.EXTENSION, Situation.FIRST
    extended = text_of(made(extension, first))
    assert "Valable du 1er février 2027 au 30 avril 2027" in extended
    assert "Filed on 13 octobre 2026 · 13 October 2026" in extended, "half past midnight in Paris"
    assert "jusqu’à la remise du titre" in text_of(made(AttestationKind.FAVOURABLE, first))
    deposit = text_of(made(AttestationKind.DEPOSIT, first))
    assert "Demande déposée le 13 octobre 2026 à 0 h 30" in deposit
    assert "au plus tard le 10 janvier 2027 ; le silence vaut alors refus" in deposit
    assert "Valable" not in deposit


@CASES
@pytest.mark.parametrize("demonstration", [True, False])
def test_one_a4_page_even_with_the_longest_names(kind, situation, demonstration):
    for changes in ({}, LONGEST):
        pdf = made(kind, situation, demonstration, **changes)
        assert page_count(pdf) == len(read(pdf).pages) == 1
        assert [round(side) for side in read(pdf).pages[0].mediabox[2:]] == [595, 842]
        assert (BAND in text_of(pdf)) is demonstration


ARABIC = "عبد الرحمن محمد بن عبد الله بن أحمد الحسيني المغربي الأندلسي القرطبي الفاسي التلمساني الجزائري"


@CASES
def test_the_latin_letters_of_the_passport_stand_below_a_name_in_others(kind, situation):
    text = text_of(made(kind, situation, surname="الدين", given_names="ضياء", latin_name="DIYA AL-DIN"))
    assert "ضياء الدين DIYA AL-DIN (passeport · passport)" in text
    latin = f"{LONGEST['given_names']} {LONGEST['surname']}"
    longest = LONGEST | {"surname": ARABIC, "given_names": ARABIC, "latin_name": latin}
    assert page_count(made(kind, situation, True, **longest)) == 1


def test_what_a_person_typed_is_printed_in_its_letters():
    typed = "29 rue du Lac, chez 王小明 → porte 3 🏠, مريم, ⵎⵓⵃⵎⴷ, 69003 Lyon"
    details = (Detail("Nouvelle adresse", "New address", typed),)
    text = text_of(made(AttestationKind.ADDRESS, Situation.RENEWAL, details=details))
    for part in ("chez 王小明 → porte 3 🏠", "مريم", "[transcription : muhmd], 69003 Lyon"):
        assert part in text


def test_what_does_not_apply_is_not_printed():
    bare = {"permit_fr": "", "permit_en": "", "permit_until": None}
    text = text_of(made(AttestationKind.EXTENSION, Situation.FIRST, **bare))
    assert "Titre détenu" not in text


def test_a_number_not_given_yet_is_told_in_both_languages():
    text = text_of(made(AttestationKind.DEPOSIT, Situation.FIRST, foreign_number=""))
    assert "en cours d’attribution · not given yet" in text


@pytest.mark.parametrize(
    "name",
    ['<font color="red">x</font>', "A & B &amp; C", "{{ 7*7 }}", "{% raw %}", "<img src=x>", 'O\'Neil "B"'],
)
def test_a_name_is_text_and_nothing_else(name):
    pdf = made(AttestationKind.EXTENSION, Situation.RENEWAL, surname=name)
    assert f"Thị Ánh {name}" in text_of(pdf)


def test_the_document_says_what_it_is():
    reader = read(made(AttestationKind.EXTENSION, Situation.RENEWAL))
    about = reader.metadata
    assert about is not None
    assert about.title == "Attestation de prolongation d’instruction (ADP, aussi appelée API), K7QM-42XD"
    assert about.author == OPERATOR
    assert about.subject == "Extension certificate, K7QM-42XD"
    assert about.creation_date == datetime(2027, 1, 28, 9, 4, tzinfo=UTC)
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    first, *links = [note.get_object()["/A"]["/URI"] for note in reader.pages[0]["/Annots"]]
    assert first.endswith("/attestations/K7QM42XD")
    assert set(links) == {CHECK_URL}


def test_the_same_facts_give_the_same_bytes():
    extension, renewal = AttestationKind.EXTENSION, Situation.RENEWAL
    assert made(extension, renewal) == made(extension, renewal)
    assert made(extension, renewal) != made(extension, renewal, surname="NGUYEN")


def test_another_process_gives_the_same_bytes():
    script = (
        "import sys; from tests.pdf.test_attestation import *;"
        "sys.stdout.buffer.write(made(AttestationKind.FAVOURABLE, Situation.FIRST))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kathmandu"))
    }
    assert outputs == {made(AttestationKind.FAVOURABLE, Situation.FIRST)}


def test_the_fonts_may_live_elsewhere_and_must_be_there(tmp_path):
    for here, there in zip(LATIN.files(FONTS_DIR), LATIN.files(tmp_path), strict=True):
        there.parent.mkdir(parents=True)
        copyfile(here, there)
    elsewhere = attestation_pdf(facts(), CHECK_URL, False, OPERATOR, fonts_dir=tmp_path)
    assert elsewhere == attestation_pdf(facts(), CHECK_URL, False, OPERATOR)
    with pytest.raises(TTFError, match="NotoSans"):
        attestation_pdf(facts(), CHECK_URL, False, OPERATOR, fonts_dir=tmp_path / "absent")


def test_every_font_that_draws_is_embedded():
    fonts = read(made(AttestationKind.EXTENSION, Situation.RENEWAL)).pages[0]["/Resources"]["/Font"]
    drawing = [font.get_object() for key, font in fonts.items() if key != "/F1"]  # F1: the engine's idle one
    assert len(drawing) == 2
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in drawing)


@pytest.mark.parametrize(
    ("url", "typed"),
    [
        (CHECK_URL, "guichet.example/fr/verifier"),
        ("http://localhost:5000/verifier#ABC234", "localhost:5000/verifier"),
        ("https://guichet.example/", "guichet.example"),
    ],
)
def test_the_typed_address_leaves_the_statement_out(url, typed):
    assert typed_address(url) == typed


@pytest.fixture
def visits():
    """Paths asked of a server that the engine has no business asking."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_from_afar(visits):
    origin, seen = visits
    html = (
        f'<style>@import url("{origin}/a.css"); body {{ background-image: url({origin}/b.png) }}'
        f"@font-face {{ font-family: X; src: url({origin}/c.ttf) }}"
        f"@page {{ background-image: url({origin}/d.pdf) }}</style>"
        f'<link rel="stylesheet" href="{origin}/e.css">'
        f'<img src="{origin}/f.png"><p style="font-family: X">texte</p>'
    )
    assert "texte" in text_of(print_html(html, MADE))
    assert seen == []


def test_no_file_is_read(tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p { text-transform: uppercase }", encoding="utf-8")
    for address in (secret, secret.as_uri()):
        html = f'<link rel="stylesheet" href="{address}"><img src="/etc/passwd"><p>texte</p>'
        assert "texte" in text_of(print_html(html, MADE))
