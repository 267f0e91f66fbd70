"""The letter of a decision: every name, the same bytes, nothing read as markup, as many pages as it takes."""

from datetime import date

import pytest

from app.domain.dossiers.decision_letters import DEFAULTS, SPECIMEN, Head, fill
from app.domain.dossiers.decisions import Granted, Outcome
from app.domain.rules.rights import AttestationKind
from app.pdf import attestation_pdf
from app.pdf.letters import letter_pdf
from tests.fixtures import NOON
from tests.pdf.facts import CHECK_URL, LONGEST, NAMES, OPERATOR, facts
from tests.pdf.reading import read, text_of

HOSTILE = "<b>gras</b> & <pdf:nextpage> {{ 7*7 }} <img src='file:///etc/passwd'> ]]> &amp; 我"


def drawn(kind: Outcome = Outcome.UNFAVOURABLE, name: str = SPECIMEN["nom"], **values: str) -> bytes:
    """A letter with some values changed."""
    paragraphs = fill(DEFAULTS[kind], {**SPECIMEN, "nom": name, **values})
    return letter_pdf(
        Head("Préfecture", "Lyon", name, "69-1"), paragraphs, OPERATOR, NOON, demonstration=False
    )


@pytest.mark.parametrize("name", NAMES[::12])
def test_names_come_out_as_they_went_in(name):
    assert name in text_of(drawn(name=name))


@pytest.mark.parametrize("kind", Outcome)
def test_the_same_letter_is_the_same_bytes(kind):
    assert drawn(kind) == drawn(kind)
    assert len(read(drawn(kind)).pages) == 1


def test_what_somebody_wrote_is_never_markup():
    page = drawn(motif=HOSTILE)
    assert (
        text_of(page).count(
            "<b>gras</b> & <pdf:nextpage> {{ 7*7 }} <img src='file:///etc/passwd'> ]]> &amp; 我"
        )
        == 1
    )
    assert len(read(page).pages) == 1


def test_a_long_reason_goes_on_a_second_page():
    page = drawn(motif="Une explication qui continue. " * 130, voies_de_recours="Devant le tribunal.")
    assert len(read(page).pages) == 2
    assert "Devant le tribunal." in read(page).pages[1].extract_text()


def test_a_specimen_says_so_on_the_paper():
    paragraphs = fill(DEFAULTS[Outcome.CLOSED], SPECIMEN)
    head = Head("Préfecture", "Lyon", SPECIMEN["nom"], SPECIMEN["reference"])
    page = letter_pdf(head, paragraphs, OPERATOR, NOON, demonstration=False, specimen=True)
    assert "SPÉCIMEN" in text_of(page)
    assert "SPÉCIMEN" not in text_of(drawn())


def test_the_longest_certificate_still_fits_with_the_permit_granted():
    granted = Granted("CSP", "talent-medical", date(2027, 2, 11), date(2031, 2, 10))
    given = facts(kind=AttestationKind.FAVOURABLE, valid_until=None, details=granted.details, **LONGEST)
    page = attestation_pdf(given, CHECK_URL, True, OPERATOR)
    assert len(read(page).pages) == 1
    assert " ".join(granted.title.split()) in text_of(page)
