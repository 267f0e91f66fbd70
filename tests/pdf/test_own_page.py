"""The page of a certificate in the language of its holder: after the certificate, which stays as it is."""

from dataclasses import replace

import pytest
from flask import Flask

from app.domain.dossiers.attestations import public_rows
from app.domain.rules.rights import AttestationKind, Situation
from app.jobs.prints import own_page
from app.pdf import FONTS_DIR, attestation_pdf
from app.pdf.engine import page_count
from tests.pdf.facts import CHECK_URL, LONGEST, OPERATOR, facts
from tests.pdf.reading import read
from tests.speaking import speaking

pytestmark = pytest.mark.engines("sqlite")
SAMPLE = facts(kind=AttestationKind.EXTENSION, situation=Situation.RENEWAL)


@pytest.mark.parametrize(
    ("code", "words", "changes"),
    [
        ("ar", "حقوقكم", LONGEST),
        ("uk", "Ваші права з цим документом", {}),
        ("zh", "凭此文件您享有的权利", {}),
    ],
)
def test_what_the_check_page_says_stands_on_a_second_page(
    app: Flask, code: str, words: str, changes: dict[str, str]
) -> None:
    shown = facts(kind=AttestationKind.EXTENSION, situation=Situation.RENEWAL, **changes)
    with speaking(app, code):
        own = own_page(shown)
    assert own is not None
    assert len(own.rows) == len(public_rows(shown))
    pdf = attestation_pdf(shown, CHECK_URL, True, OPERATOR, own=own)
    alone = attestation_pdf(shown, CHECK_URL, True, OPERATOR)
    assert (page_count(pdf), page_count(alone)) == (2, 1)
    first, second = read(pdf).pages
    assert words in " ".join(second.extract_text().split())
    assert words not in first.extract_text()


@pytest.mark.parametrize("code", ["fr", "falc", "en"])
def test_languages_of_the_paper_have_none(app: Flask, code: str) -> None:
    with speaking(app, code):
        assert own_page(SAMPLE) is None


def test_letters_that_no_font_has_make_no_page(app: Flask) -> None:
    with speaking(app, "uk"):
        own = own_page(SAMPLE)
    assert own is not None
    assert own.drawable(FONTS_DIR)
    assert not replace(own, title="ܐ").drawable(FONTS_DIR)
